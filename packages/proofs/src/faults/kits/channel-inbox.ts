import { channelInbox } from '@anycontact/channel-inbox'
import { CHANNEL_INBOX_API_KEY, type ChannelInboxEmulator, createEmulator } from '@anycontact/emulator'
import { anyClient, everybody, type Kit, rowsOf, seededRandom } from '../kit.ts'
import { SEEDED_AT } from '../people.ts'

/** The channel inbox. */
export const channelInboxKit: Kit = {
  provider: 'channel-inbox',
  secret: CHANNEL_INBOX_API_KEY,
  idKey: 'id',
  ownerKey: 'id',
  texts: ['display_name', 'email', 'remark'],
  oddWord: { channel_type: 'a word of next year' },
  forgotten: ['name', 'display_name'],
  filters: [],
  otherRecord: ({ id, name, email, phone }) => ({ id, display_name: name, email, phone_number: phone }),
  input: ({ name, email, phone }) => ({ name, email, phone }),
  patch: ({ newName }) => ({ name: newName }),
  patched: ({ newName }) => newName,
  byHand: {
    read: ({ id }) => ({ path: `/channel-service/v1/contacts/${id}` }),
    create: ({ name, email, phone }) => ({
      path: '/channel-service/v1/contacts',
      json: { display_name: name, email, phone_number: phone },
    }),
    change: ({ id, newName }) => ({
      method: 'PUT',
      path: `/channel-service/v1/contacts/${id}`,
      json: { display_name: newName },
    }),
  },
  copyBy: 'email',
  idOf: (digits) => `con_${digits}`,
  isWrite: (method, path) => method !== 'GET' && !path.endsWith('/_search'),
  open({ clock, between, onWarning }) {
    const { now, sleep } = clock
    const vendor = createEmulator({ now, sleep, seed: 1 }).channelInbox
    const client = channelInbox({
      apiKey: CHANNEL_INBOX_API_KEY,
      fetch: between(vendor.fetch),
      clock,
      random: seededRandom(),
      onWarning,
    })
    vendor.seed(
      everybody(this).map(({ id, name, email, phone }, index) => ({
        id,
        display_name: name,
        email,
        phone_number: phone,
        created_at: new Date(SEEDED_AT + index).toISOString(),
      })),
    )
    return {
      kit: this,
      client: anyClient(client),
      requests: vendor.requests,
      faults: vendor.faults,
      audit: vendor.audit,
      rows: () =>
        new Map([
          ...rowsOf(vendor.contacts, 'id'),
          ...rowsOf(vendor.comments, '_id'),
          ...rowsOf(vendor.notifications, 'id'),
          ...rowsOf(vendor.uploads, 'url'),
        ]),
      fixtures: {
        below: (kind, ownerId) => seedBelow(vendor, kind, ownerId).map(({ _id }) => _id),
        notices: () =>
          vendor.seedNotifications([{ title: 'Hello' }, { title: 'Hello again' }]).map(({ id }) => id),
      },
    }
  },
}

function seedBelow(
  vendor: ChannelInboxEmulator,
  kind: string,
  id: string,
): readonly { readonly _id: string }[] {
  switch (kind) {
    case 'conversations':
      return vendor.seedConversations(id, [{ name: 'Talk' }, { name: 'More talk' }])
    case 'comments':
      return vendor.seedComments(id, [{ text: 'Called back' }, { text: 'Wrote back' }])
    case 'files':
      return vendor.seedFiles(id, [{}, {}])
    default:
      return vendor.seedActivities(id, [{}, {}])
  }
}
