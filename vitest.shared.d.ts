import { type ViteUserConfig } from 'vitest/config'

/** Tests run against the packages' sources, so that no build stands between a change and its test. */
declare const config: ViteUserConfig
export default config
