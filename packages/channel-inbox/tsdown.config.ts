import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: { index: 'src/index.ts', api: 'src/api/index.ts' },
  format: 'esm',
  platform: 'neutral',
  dts: true,
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
})
