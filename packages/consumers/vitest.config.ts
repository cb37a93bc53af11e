import type { ViteUserConfig } from 'vitest/config'
import shared from '../../vitest.shared.ts'

/** These tests are about the packages as they are published: no alias leads to the sources, and Node itself loads what is run. */
const config: ViteUserConfig = {
  ...shared,
  resolve: {},
  test: { ...shared.test, server: { deps: { external: [/anycontact-consumer-/] } } },
}

export default config
