import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    api: 'src/api/index.ts',
    // Modules of the vendor's whose default export is another.
    'api/conversation': 'src/api/conversation.ts',
    'api/secret': 'src/api/secret.ts',
    'api/space': 'src/api/space.ts',
    'api/task': 'src/api/task.ts',
  },
  format: 'esm',
  platform: 'neutral',
  dts: true,
  // The names of shared parts stay as they are from build to build, so that none is left over from an earlier one.
  hash: false,
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
})
