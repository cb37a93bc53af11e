import { testAdapter } from '@anycontact/conformance'
import { test } from 'vitest'
import { chatbotkit, chatbotkitAdapter } from './chatbotkit.ts'
import { emulated } from './testing/setup.ts'

testAdapter({
  test,
  create(policy) {
    const { vendor, options } = emulated()
    // Others are there too: some unverified, some without a name or an address.
    vendor.seed([
      { name: 'Somebody Else', email: 'else@example.org', meta: { plan: 'other' } },
      { fingerprint: 'unverified-000000000001' },
      { nick: 'nobody', verifiedAt: Date.UTC(2025, 0, 1) },
    ])
    return {
      contacts: chatbotkit({ ...options, ...policy }),
      adapter: chatbotkitAdapter({ ...options, ...policy }),
      fixtures: {
        conversation(contactId) {
          const [conversation] = vendor.seedConversations(contactId, [{ name: 'A conversation' }])
          return conversation?.id ?? ''
        },
      },
    }
  },
  // Every contact has a fingerprint, given or not, and it can be replaced but not removed.
  generated: ['externalId'],
  permanent: ['externalId'],
  sample: { phone: (n) => `+1415555${String(2000 + (n % 8000)).padStart(4, '0')}` },
})
