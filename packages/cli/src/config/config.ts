import type { ContactsBase } from '@anycontact/core'
import type { SyncConfig } from './syncs.ts'

/** A value that is taken from the environment when a provider is used: `{ env: 'CHATBOTKIT_SECRET' }`. */
export interface FromEnvironment {
  readonly env: string
}

/** The adapters that the command line brings along. */
export type AdapterName = 'chatbotkit' | 'cognipeer' | 'channel-inbox' | 'contact-methods' | 'memory'

/**
 * A provider as plain data: an adapter and its options. Any text in it may be `{ env: 'NAME' }`. Credentials that are left out are
 * taken from the adapter's own variables, `CHATBOTKIT_SECRET` for one.
 */
export interface ProviderSettings {
  readonly adapter: AdapterName
  readonly [option: string]: unknown
}

/** A provider: a client, a function that makes one when it is needed, or an adapter and its options. */
export type ProviderConfig = ContactsBase | (() => ContactsBase | Promise<ContactsBase>) | ProviderSettings

/** Tells an adapter and its options from a client. */
export function isSettings(provider: ContactsBase | ProviderSettings): provider is ProviderSettings {
  return 'adapter' in provider
}

/** The variable that an option of a provider is taken from; nothing where it is a value. */
export function variableOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('env' in value)) return undefined
  return Object.keys(value).length === 1 && typeof value.env === 'string' ? value.env : undefined
}

/**
 * What `anycontact.config` says.
 *
 * @typeParam Name - the names of the providers
 */
export interface Config<Name extends string = string> {
  /** The providers, each under the name that commands know it by: `--provider crm`. */
  readonly providers: Readonly<Record<Name, ProviderConfig>>
  /** The provider of commands that name none. @default the only one, where there is one */
  readonly default?: NoInfer<Name> | undefined
  /** The syncs of `anycontact sync <name>`. */
  readonly syncs?: Readonly<Record<string, SyncConfig<NoInfer<Name>>>> | undefined
  /** The file in which syncs and imports keep what they know, relative to the configuration. @default '.anycontact/ledger.db' */
  readonly ledger?: string | undefined
}

/**
 * Gives a configuration its type: what is the default, and the sides of syncs, are providers that there are.
 *
 * @example
 * ```ts
 * import { defineConfig } from 'anycontact'
 *
 * export default defineConfig({
 *   providers: {
 *     crm: { adapter: 'cognipeer', token: { env: 'CRM_TOKEN' }, hookId: { env: 'CRM_HOOK_ID' } },
 *     bot: { adapter: 'chatbotkit' }, // its secret is CHATBOTKIT_SECRET
 *   },
 *   default: 'bot',
 * })
 * ```
 */
export function defineConfig<Name extends string>(config: Config<Name>): Config<Name> {
  return config
}
