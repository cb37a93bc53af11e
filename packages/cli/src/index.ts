/**
 * What `anycontact.config.ts` is written with.
 *
 * @packageDocumentation
 */
export {
  type AdapterName,
  type Config,
  defineConfig,
  type FromEnvironment,
  type ProviderConfig,
  type ProviderSettings,
} from './config/config.ts'
export type { SyncConfig, SyncSettings } from './config/syncs.ts'
