import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  entry: { index: 'src/index.ts', listen: 'src/listen.ts', command: 'src/command.ts', bin: 'src/bin.ts' },
  format: 'esm',
  platform: 'neutral',
  deps: { neverBundle: [/^node:/] },
  dts: { oxc: true },
  sourcemap: false,
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
})

export default config
