/**
 * What an import costs in a browser: bundled by esbuild, minified and gzipped, with ofetch and valibot in it.
 * A change that makes a bundle smaller lowers its figure here; one that needs more says in its commit what for.
 */
const bundle = (name, file, names, limit) => ({
  name,
  path: `packages/${file}`,
  import: names,
  ...(limit && { limit: `${limit} kB` }),
  gzip: true,
})

export default [
  // A client, from which `list` and every other operation can be called.
  bundle('chatbotkit', 'chatbotkit/dist/index.js', '{ chatbotkit }', 74),
  bundle('cognipeer', 'cognipeer/dist/index.js', '{ cognipeer }', 70),
  bundle('channel-inbox', 'channel-inbox/dist/index.js', '{ channelInbox }', 71),
  bundle('contact-methods', 'contact-methods/dist/index.js', '{ contactMethods }', 73),
  bundle('memory', 'memory/dist/index.js', '{ memory }', 49),
  // The vendors' own clients.
  bundle('chatbotkit/api', 'chatbotkit/dist/api.js', '{ ContactClient }', 39.5),
  bundle('cognipeer/api', 'cognipeer/dist/api.js', '{ CognipeerClient }', 31.5),
  bundle('channel-inbox/api', 'channel-inbox/dist/api.js', '{ ImbraceClient }', 36),
  bundle('contact-methods/api', 'contact-methods/dist/api.js', '{ ComplianceSDK }', 36),
  // All that an entry exports.
  bundle('core', 'core/dist/index.js', '*', 12.5),
  bundle('formats', 'formats/dist/index.js', '*', 21),
  // Beside them, without a budget: what users would otherwise take.
  bundle('ofetch', 'bench/node_modules/ofetch/dist/index.mjs', '{ ofetch }'),
  bundle(
    '@chatbotkit/sdk/contact',
    'bench/node_modules/@chatbotkit/sdk/dist/esm/contact/index.js',
    '{ ContactClient }',
  ),
]
