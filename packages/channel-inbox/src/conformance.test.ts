import { testAdapter } from '@anycontact/conformance'
import { createTestClock } from '@anycontact/core/adapter-kit'
import {
  CHANNEL_INBOX_API_KEY,
  createEmulator,
  type ChannelInboxOptions as ServerOptions,
} from '@anycontact/emulator'
import { test } from 'vitest'
import { channelInbox, channelInboxAdapter } from './channel-inbox.ts'
import { first } from './testing/setup.ts'

/** What the vendor leaves open, answered one way and the other. */
const servers: Readonly<Record<string, ServerOptions>> = {
  '': { requests: 'sdk' },
  'other answers: ': {
    contactIds: '_id',
    conversations: 'array',
    comments: 'data',
    activities: 'data',
    files: 'declared',
    commentPaging: 'ignored',
    hasMore: 'omitted',
    markAllRead: 'ignored',
    unknownNotification: 'refused',
    notificationAnswer: 'empty',
    notFoundStatus: 400,
    deleteAnswer: 'record',
    maxLimit: 3,
  },
}

for (const [prefix, server] of Object.entries(servers)) {
  testAdapter({
    test,
    prefix: `conformance: ${prefix}`,
    create(policy, slow) {
      const clock = createTestClock({ waits: 'pass' })
      const vendor = createEmulator({ now: clock.now, seed: 1, channelInbox: server }).channelInbox
      const options = { apiKey: CHANNEL_INBOX_API_KEY, fetch: slow(vendor.fetch), clock, ...policy }
      // Others are there too: one without a name or an address, and one that was updated.
      vendor.seed([
        {},
        { display_name: 'Somebody Else', email: 'else@example.org', updated_at: '2026-01-01T00:00:00Z' },
      ])
      return {
        contacts: channelInbox(options),
        adapter: channelInboxAdapter(options),
        endpoint: {
          path: '/channel-service/v1/contacts',
          query: { limit: 3 },
          answers: (answer) => Array.isArray(Reflect.get(Object(answer), 'data')),
        },
        fixtures: {
          conversation: (contactId) => first(vendor.seedConversations(contactId, [{ name: 'Talk' }]))._id,
          file: (contactId) => first(vendor.seedFiles(contactId, [{}]))._id,
          activity: (conversationId) => first(vendor.seedActivities(conversationId, [{}]))._id,
          notification: () => first(vendor.seedNotifications([{ title: 'Hello' }])).id,
        },
      }
    },
  })
}
