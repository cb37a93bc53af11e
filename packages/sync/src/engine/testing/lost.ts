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
