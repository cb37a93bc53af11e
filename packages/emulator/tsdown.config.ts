import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: { index: 'src/index.ts', listen: 'src/listen.ts', bin: 'src/bin.ts' },
  format: 'esm',
  platform: 'neutral',
  deps: { neverBundle: [/^node:/] },
  dts: { oxc: true },
  sourcemap: false,
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
})
