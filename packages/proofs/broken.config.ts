import { defineConfig, mergeConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

const {
  source,
  line,
  becomes,
}: { readonly source: string; readonly line: string; readonly becomes: string } = JSON.parse(
  process.env.BROKEN ?? '',
)

/** Runs tests against sources of which one has a line replaced, as `src/promises/break-lines.ts` says. */
export default mergeConfig(
  { ...shared, test: { ...shared.test, reporters: [], typecheck: { enabled: false } } },
  defineConfig({
    plugins: [
      {
        name: 'break-a-line',
        enforce: 'pre',
        transform: (code, id) => (id === source ? code.replace(line, () => becomes) : undefined),
      },
    ],
    test: {
      reporters: [['json', { outputFile: process.env.BROKEN_REPORT ?? '' }]],
      // One failure is enough, and a test that would wait for ever without the line is one.
      bail: 1,
      // Else the module that was broken would be served to later runs.
      fsModuleCache: false,
      testTimeout: 10_000,
    },
  }),
)
