import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: 'esm',
  platform: 'neutral',
  dts: true,
  // The names of shared parts stay as they are from build to build, so that none is left over from an earlier one.
  hash: false,
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
})
