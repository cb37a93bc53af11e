import type { ViteUserConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

/** These tests are about the program as it is published: no alias leads to the sources. */
const config: ViteUserConfig = {
  ...shared,
  resolve: {},
  // A program starts in half a second, and an import of thousands takes some: on a machine with other things to do, many times that.
  // Two files at once on two cores: the one with the kills waits most of its time.
  test: {
    ...shared.test,
    testTimeout: 200_000,
    hookTimeout: 300_000,
    globalSetup: './src/setup.ts',
    maxWorkers: 2,
  },
}

export default config
