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
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
})
