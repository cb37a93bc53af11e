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
  // The packages as they are built: by the paths of tsconfig.json esbuild would take each other's sources.
  modifyEsbuildConfig: (config) => ({ ...config, tsconfigRaw: '{}' }),
})

export default [
  // A client, from which `list` and every other operation can be called.
  bundle('chatbotkit', 'chatbotkit/dist/index.js', '{ chatbotkit }', 74.8),
  bundle('cognipeer', 'cognipeer/dist/index.js', '{ cognipeer }', 70.3),
  bundle('channel-inbox', 'channel-inbox/dist/index.js', '{ channelInbox }', 71.3),
  bundle('contact-methods', 'contact-methods/dist/index.js', '{ contactMethods }', 73.9),
  bundle('memory', 'memory/dist/index.js', '{ memory }', 49.2),
  // The vendors' own clients.
  bundle('chatbotkit/api', 'chatbotkit/dist/api.js', '{ ContactClient }', 40.1),
  bundle('cognipeer/api', 'cognipeer/dist/api.js', '{ CognipeerClient }', 31.9),
  bundle('channel-inbox/api', 'channel-inbox/dist/api.js', '{ ImbraceClient }', 36.7),
  bundle('contact-methods/api', 'contact-methods/dist/api.js', '{ ComplianceSDK }', 37.2),
  // All that an entry exports.
  bundle('core', 'core/dist/index.js', '*', 10.3),
  bundle('formats', 'formats/dist/index.js', '*', 38.9),
  // What one format costs who needs no other.
  bundle('formats: readCsv', 'formats/dist/index.js', '{ readCsv }', 24.4),
  bundle('formats: readNdjson', 'formats/dist/index.js', '{ readNdjson }', 17.9),
  bundle('formats: readVCards', 'formats/dist/index.js', '{ readVCards }', 24.9),
  bundle('formats: writeVCards', 'formats/dist/index.js', '{ writeVCards }', 21.9),
  // Beside them, without a budget: what users would otherwise take.
  bundle('ofetch', 'bench/node_modules/ofetch/dist/index.mjs', '{ ofetch }'),
  bundle(
    '@chatbotkit/sdk/contact',
    'bench/node_modules/@chatbotkit/sdk/dist/esm/contact/index.js',
    '{ ContactClient }',
  ),
]
