import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: { index: 'src/index.ts', 'adapter-kit': 'src/adapter-kit/index.ts' },
  format: 'esm',
  platform: 'neutral',
  dts: true,
  // A bundler leaves out a file of which nothing is used. Of one that is used it keeps what is made while it is loaded, tables and
  // schemas, used or not. So what only clients need has a file of its own, and so has what reads options: programs that have a vendor's
  // client alone, or files of contacts, go without.
  inputOptions: { preserveEntrySignatures: 'allow-extension' },
  outputOptions: {
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        { name: 'options', test: /\/src\/client\/(calls|option-kinds|signatures)\.ts$/ },
        {
          name: 'client',
          test: /\/src\/(client\/(?!create-contacts|policy)|paging\/|pager|where\/(?!path|target)|model\/(written|input|contact-method-input|comment-input)).*(?<!\.d)\.ts$/,
        },
      ],
    },
  },
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
})
