/** What the memory provider can hold and Cognipeer cannot. */
export const LOST_AT_COGNIPEER = [
  'givenName',
  'familyName',
  'nickname',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'verifiedAt',
  'contactMethods',
] as const

/** What the memory provider can hold and ChatBotKit cannot. */
export const LOST_AT_CHATBOTKIT = [
  'givenName',
  'familyName',
  'avatarUrl',
  'locale',
  'timezone',
  'tags',
  'status',
  'contactMethods',
] as const
