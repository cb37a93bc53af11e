import { testAdapter } from '@anycontact/conformance'
import { test } from 'vitest'
import { chatbotkit, chatbotkitAdapter } from './chatbotkit.ts'
import { emulated } from './testing/setup.ts'

testAdapter({
  test,
  create(policy, slow) {
    const { vendor, options: connection } = emulated()
    const options = { ...connection, fetch: slow(vendor.fetch), ...policy }
    // Others are there too: some unverified, some without a name or an address.
    vendor.seed([
      { name: 'Somebody Else', email: 'else@example.org', meta: { plan: 'other' } },
      { fingerprint: 'unverified-000000000001' },
      { nick: 'nobody', verifiedAt: Date.UTC(2025, 0, 1) },
    ])
    return {
      contacts: chatbotkit(options),
      adapter: chatbotkitAdapter(options),
      endpoint: {
        path: '/v1/contact/list',
        query: { take: 1 },
        answers: (answer) => Array.isArray(Reflect.get(Object(answer), 'items')),
      },
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
