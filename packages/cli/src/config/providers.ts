import type { ConsoleHooks, ContactsBase } from '@anycontact/core'
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
  if (typeof provider === 'function') return await provider()
  if (!isSettings(provider)) return provider
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

/** Puts the environment's values in the place of `{ env: 'NAME' }`. */
function fromEnvironment(options: AdapterOptions, name: string, { env }: Host): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([option, value]) => {
      const variable = variableOf(value)
      if (variable === undefined) return [option, value]
      const set = env[variable]
      if (!set)
        throw new UsageError(
          `The provider ${name} takes its ${option} from the variable ${variable}, which is not set.`,
        )
      return [option, set]
    }),
  )
}
