import { type AdapterName, isSettings, type ProviderConfig, variableOf } from './config.ts'

/** Where an option of an adapter is taken from, where nothing else is said. */
export interface OptionVariable {
  readonly option: string
  readonly variable: string
  /** Whether the provider cannot be used without it. */
  readonly isNeeded: boolean
  /** Whether it must not be shown. */
  readonly isSecret: boolean
}

const needed = (option: string, variable: string): OptionVariable => ({
  option,
  variable,
  isNeeded: true,
  isSecret: true,
})

const setting = (option: string, variable: string): OptionVariable => ({
  option,
  variable,
  isNeeded: false,
  isSecret: false,
})

/** The variables of each adapter, by the names under which the vendors' own documents have them. */
export const CREDENTIALS: Readonly<Record<AdapterName, readonly OptionVariable[]>> = {
  chatbotkit: [needed('secret', 'CHATBOTKIT_SECRET'), setting('baseUrl', 'CHATBOTKIT_BASE_URL')],
  cognipeer: [
    needed('token', 'COGNIPEER_TOKEN'),
    needed('hookId', 'COGNIPEER_HOOK_ID'),
    setting('baseUrl', 'COGNIPEER_BASE_URL'),
  ],
  'channel-inbox': [
    // One of the two is needed; the adapter says so.
    { option: 'apiKey', variable: 'IMBRACE_API_KEY', isNeeded: false, isSecret: true },
    { option: 'accessToken', variable: 'IMBRACE_ACCESS_TOKEN', isNeeded: false, isSecret: true },
    setting('organizationId', 'IMBRACE_ORGANIZATION_ID'),
    setting('baseUrl', 'IMBRACE_BASE_URL'),
  ],
  'contact-methods': [
    needed('apiKey', 'ARTU_API_KEY'),
    { ...needed('environment', 'ARTU_ENVIRONMENT'), isSecret: false },
    setting('baseUrl', 'ARTU_BASE_URL'),
  ],
  memory: [],
}

/** Whether the environment has what an adapter cannot do without. */
export function hasCredentials(
  adapter: AdapterName,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const options = CREDENTIALS[adapter]
  const isSet = ({ variable }: OptionVariable): boolean => Boolean(env[variable])
  return (
    options.some((option) => option.isSecret && isSet(option)) &&
    options.every((option) => !option.isNeeded || isSet(option))
  )
}

/** Where a credential of a provider is from; never what it is. */
export interface CredentialSource {
  readonly option: string
  /** `the variable NAME` or `the configuration`; absent where it is missing. */
  readonly from?: string
  /** The variable that would give it, where it is missing and one does. */
  readonly variable?: string
}

/**
 * Where the credentials of a provider are from.
 *
 * @returns nothing for a client that the configuration makes itself
 */
export function credentialSources(
  provider: ProviderConfig,
  env: Readonly<Record<string, string | undefined>>,
): readonly CredentialSource[] | undefined {
  if (typeof provider === 'function' || !isSettings(provider)) return undefined
  const options = Object.hasOwn(CREDENTIALS, provider.adapter) ? CREDENTIALS[provider.adapter] : []
  const sources = options.flatMap(({ option, variable, isNeeded, isSecret }): readonly CredentialSource[] => {
    if (!isNeeded && !isSecret) return []
    const given = provider[option]
    const named = given === undefined ? variable : variableOf(given)
    if (named === undefined) return [{ option, from: 'the configuration' }]
    if (env[named]) return [{ option, from: `the variable ${named}` }]
    return isNeeded || given !== undefined ? [{ option, variable: named }] : []
  })
  // Of several that one is needed of, there is none.
  const secrets = options.filter(({ isSecret }) => isSecret).map(({ option }) => option)
  return sources.length > 0 || secrets.length === 0 ? sources : [{ option: secrets.join(' or ') }]
}
