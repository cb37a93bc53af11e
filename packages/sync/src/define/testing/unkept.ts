import type { ProviderName } from '../../project/testing/clients.ts'
import type { LostField, SyncKey } from '../definition.ts'

/** The key that contacts of one provider go by at another. */
export const KEYS = {
  memory: 'externalId',
  chatbotkit: 'externalId',
  cognipeer: 'externalId',
  'channel-inbox': 'email',
  'contact-methods': { source: 'externalId', target: 'id' },
} as const satisfies Record<ProviderName, SyncKey>

/** What each provider has that each other one does not keep: at run time and for the compiler. */
export const UNKEPT = {
  memory: {
    memory: [],
    chatbotkit: [
      'givenName',
      'familyName',
      'avatarUrl',
      'locale',
      'timezone',
      'status',
      'tags',
      'contactMethods',
    ],
    cognipeer: [
      'givenName',
      'familyName',
      'nickname',
      'avatarUrl',
      'note',
      'locale',
      'timezone',
      'verifiedAt',
      'contactMethods',
    ],
    'channel-inbox': [
      'externalId',
      'nickname',
      'status',
      'verifiedAt',
      'contactMethods',
      'timezone',
      'customFields',
    ],
    'contact-methods': [
      'name',
      'givenName',
      'familyName',
      'nickname',
      'avatarUrl',
      'note',
      'locale',
      'timezone',
      'status',
      'verifiedAt',
      'tags',
      'customFields',
    ],
  },
  chatbotkit: {
    memory: [],
    chatbotkit: [],
    cognipeer: ['nickname', 'note', 'verifiedAt'],
    'channel-inbox': ['externalId', 'nickname', 'verifiedAt', 'customFields'],
    'contact-methods': ['name', 'nickname', 'note', 'verifiedAt', 'customFields'],
  },
  cognipeer: {
    memory: [],
    chatbotkit: ['status', 'tags'],
    cognipeer: [],
    'channel-inbox': ['externalId', 'status', 'customFields'],
    'contact-methods': ['name', 'status', 'tags', 'customFields'],
  },
  'channel-inbox': {
    memory: [],
    chatbotkit: ['givenName', 'familyName', 'avatarUrl', 'locale', 'timezone', 'tags'],
    cognipeer: ['givenName', 'familyName', 'avatarUrl', 'note', 'locale', 'timezone'],
    'channel-inbox': ['timezone'],
    'contact-methods': ['name', 'givenName', 'familyName', 'avatarUrl', 'note', 'locale', 'timezone', 'tags'],
  },
  'contact-methods': {
    memory: [],
    chatbotkit: ['contactMethods'],
    cognipeer: ['contactMethods'],
    'channel-inbox': ['contactMethods'],
    'contact-methods': [],
  },
} as const satisfies Record<ProviderName, Record<ProviderName, readonly LostField[]>>
