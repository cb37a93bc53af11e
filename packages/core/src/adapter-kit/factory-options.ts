import { inWords, readOptions } from '../client/calls.ts'
import type { OptionKind } from '../client/option-kinds.ts'
import type { ContactsPolicy } from '../client/policy.ts'
import { HTTP, POLICY } from '../client/signatures.ts'
import { ContactsError } from '../errors.ts'
import type { HttpOptions } from '../http/types.ts'

/**
 * The options that an adapter's factory has beside those of every client, and what must stand in each: `any` where the adapter checks
 * it itself, as `credential` does.
 */
export type OwnOptions<Options> = {
  readonly [Name in Exclude<keyof Options, keyof HttpOptions | keyof ContactsPolicy>]-?: OptionKind
}

/**
 * Reads the options of an adapter's factory once, so that nothing of the caller's runs after this, and refuses names that are no
 * options: a slip of the pen would otherwise be an option that is never obeyed.
 *
 * @param given - what the factory was given
 * @param provider - the adapter's `provider`
 * @param own - the options that other adapters do not have; the compiler holds them and the type equal. `clock` may be one that is
 * less than a clock
 * @param transport - `none` for a provider without HTTP. @default 'http'
 * @throws ContactsError `config` with every issue
 *
 * @example
 * ```ts
 * export function crmAdapter(options: CrmOptions): CrmAdapter {
 *   const given = readFactoryOptions(options, 'crm', { token: 'any', region: 'text' })
 *   const api = createApi(given)
 * ```
 */
export function readFactoryOptions<Options extends object>(
  given: Options,
  provider: string,
  own: NoInfer<OwnOptions<Options>> & { readonly clock?: OptionKind },
  transport: 'http' | 'none' = 'http',
): Options {
  const table = { ...POLICY, ...(transport === 'http' && HTTP), ...own }
  const { options, issues } = readOptions(given, table)
  // Each of its members has passed, as far as it is checked here.
  if (issues.length === 0) return options as Options
  throw new ContactsError({
    code: 'config',
    message: `${provider}: the client cannot be made: its options: ${inWords(issues)}.`,
    provider,
    issues,
  })
}
