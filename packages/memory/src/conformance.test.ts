import { testAdapter } from '@anycontact/conformance'
import { createContacts } from '@anycontact/core/adapter-kit'
import { test } from 'vitest'
import { memoryAdapter } from './memory.ts'

testAdapter({
  test,
  // There is no `fetch` that could be slow.
  transport: 'none',
  create(policy) {
    let time = Date.parse('2026-01-31T09:00:00Z')
    // Contacts and records of someone else's, which the suite must leave alone.
    const adapter = memoryAdapter({
      clock: { now: () => (time += 1000) },
      contacts: [
        { id: 'bystander', name: 'By Stander', email: 'by@example.com', tags: ['old'] },
        { id: 'deleted', name: 'Gone', deleted: true },
      ],
      conversations: [{ contactId: 'bystander' }],
    })
    const { seed } = adapter.api
    return {
      contacts: createContacts(adapter, policy),
      adapter,
      fixtures: {
        deletedContact: () => first(seed({ contacts: [{ name: 'Deleted Person', deleted: true }] }).contacts),
        conversation: (contactId) =>
          first(seed({ conversations: [{ contactId, name: 'Talk', channelType: 'web' }] }).conversations),
        comment: (contactId) => first(seed({ comments: [{ contactId, text: 'Called back' }] }).comments),
        file: (contactId) =>
          first(seed({ files: [{ contactId, url: 'https://example.com/a.pdf', sizeBytes: 7 }] }).files),
        activity: (conversationId) =>
          first(seed({ activities: [{ conversationId, type: 'opened' }] }).activities),
        notification: () => first(seed({ notifications: [{ title: 'Hello' }] }).notifications),
      },
      dispose: () => adapter.api.clear(),
    }
  },
})

function first([added]: readonly { readonly id: string }[]): string {
  if (!added) throw new TypeError('seed gives what it added')
  return added.id
}
