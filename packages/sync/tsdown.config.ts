import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'ledger-kit': 'src/ledger-kit.ts',
    'check-certificate': 'src/check-certificate/bin.ts',
  },
  format: 'esm',
  platform: 'node',
  dts: true,
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
})
