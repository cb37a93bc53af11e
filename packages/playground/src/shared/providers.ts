/** The providers to choose from. */
export type ProviderName = 'chatbotkit' | 'cognipeer' | 'channelInbox' | 'contactMethods' | 'memory'

/** A provider, as the page and the examples name it. */
export interface Provider {
  readonly label: string
  readonly package: string
  /** The factory that the package exports. */
  readonly factory: string
  /** What the factory is called with in the examples. */
  readonly options: string
}

/** The providers, in the order of the menu. */
export const PROVIDERS: Readonly<Record<ProviderName, Provider>> = {
  chatbotkit: {
    label: 'ChatBotKit',
    package: '@anycontact/chatbotkit',
    factory: 'chatbotkit',
    options: '{ secret: process.env.CHATBOTKIT_SECRET }',
  },
  cognipeer: {
    label: 'Cognipeer',
    package: '@anycontact/cognipeer',
    factory: 'cognipeer',
    options: `{
  token: process.env.COGNIPEER_TOKEN,
  hookId: process.env.COGNIPEER_HOOK_ID,
}`,
  },
  channelInbox: {
    label: 'Channel inbox (iMBrace)',
    package: '@anycontact/channel-inbox',
    factory: 'channelInbox',
    options: '{ apiKey: process.env.IMBRACE_API_KEY }',
  },
  contactMethods: {
    label: 'Contact methods (Artu)',
    package: '@anycontact/contact-methods',
    factory: 'contactMethods',
    options: `{
  apiKey: process.env.ARTU_API_KEY,
  environment: 'test',
}`,
  },
  memory: {
    label: 'Memory (in process)',
    package: '@anycontact/memory',
    factory: 'memory',
    options: `{
  contacts: [
    { externalId: 'crm-1', name: 'Ana Souza', email: 'ana@example.com', customFields: { plan: 'pro' } },
    { externalId: 'crm-2', name: 'Zoë Müller', email: 'zoe@example.de', customFields: { plan: 'free' } },
    { externalId: 'crm-3', name: 'Priya Nair', email: 'priya@example.in', customFields: { plan: 'pro' } },
  ],
}`,
  },
}

/** The names of the providers, in the order of the menu. */
export const PROVIDER_NAMES: readonly ProviderName[] = [
  'chatbotkit',
  'cognipeer',
  'channelInbox',
  'contactMethods',
  'memory',
]

/** Tells whether a word names a provider. */
export function isProviderName(word: string): word is ProviderName {
  return Object.hasOwn(PROVIDERS, word)
}
