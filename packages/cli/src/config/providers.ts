import type { ConsoleHooks, ContactsBase } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { ADAPTER_NAMES, ADAPTERS, type AdapterOptions, isAdapterName } from './adapters.ts'
import { isSettings, type ProviderConfig, variableOf } from './config.ts'
import { CREDENTIALS } from './credentials.ts'

/**
 * Makes the client of a provider.
 *
 * @param name - what the configuration calls it, for errors
 * @param hooks - for clients that are made here
 * @throws UsageError for an adapter that there is not, or a variable that is not set
 */
export async function openProvider(
  name: string,
  provider: ProviderConfig,
  host: Host,
  hooks: Partial<ConsoleHooks> = {},
): Promise<ContactsBase> {
  if (typeof provider === 'function') return requireClient(await provider(), name)
  if (!isSettings(provider)) return requireClient(provider, name)
  const { adapter, ...given } = provider
  if (!isAdapterName(adapter)) {
    throw new UsageError(
      `The provider ${name} has the adapter ${String(adapter)}; there are ${ADAPTER_NAMES.join(', ')}.`,
    )
  }
  const { fetch, clock } = host
  const { onWarning } = hooks
  const around = adapter === 'memory' ? { ...(onWarning && { onWarning }) } : { ...hooks, fetch, clock }
  const filled: Record<string, unknown> = { ...around, ...fromEnvironment(given, name, host) }
  for (const { option, variable, isNeeded } of CREDENTIALS[adapter]) {
    if (filled[option] !== undefined) continue
    const value = host.env[variable]
    if (value) filled[option] = value
    else if (isNeeded) {
      throw new UsageError(
        `The provider ${name} has no ${option}: set the variable ${variable}, or put it into the configuration.`,
      )
    }
  }
  return ADAPTERS[adapter](filled)
}

/** What a configuration gives as a client, as programs without types may. @throws UsageError for what is none */
function requireClient(given: unknown, name: string): ContactsBase {
  const supports: unknown = typeof given === 'object' && given !== null && Reflect.get(given, 'supports')
  if (typeof supports === 'function') return given as ContactsBase // what it is besides, clients are alike in
  throw new UsageError(
    `The provider ${name} is no client: give what chatbotkit({ … }) of an adapter gives, or a function that gives it.`,
  )
}

/** Puts the environment's values in the place of `{ env: 'NAME' }`, at any depth. */
function fromEnvironment(options: AdapterOptions, name: string, host: Host): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([option, value]) => [option, filledIn(value, { option, name, host })]),
  )
}

/** @param option - the option that the value is of, for the error */
function filledIn(
  value: unknown,
  where: { readonly option: string; readonly name: string; readonly host: Host },
): unknown {
  const variable = variableOf(value)
  if (variable !== undefined) {
    const { option, name, host } = where
    const set = host.env[variable]
    if (set) return set
    throw new UsageError(
      `The provider ${name} takes its ${option} from the variable ${variable}, which is not set.`,
    )
  }
  if (Array.isArray(value)) return value.map((one) => filledIn(one, where))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledIn(one, where)]))
}
