import { expect, test } from 'vitest'
import type { ChannelInboxOptions } from '../index.ts'
import { setUp } from './testing.ts'

async function withContact(options: ChannelInboxOptions = {}) {
  const made = setUp(options)
  const [contact] = made.inbox.seed([{}])
  return { ...made, id: contact?.id ?? '' }
}

test('conversations come in an object with data, each inside a team’s record', async () => {
  const { call, inbox, id } = await withContact()
  inbox.seedConversations(id, [{ name: 'Plans', channel_type: 'whatsapp' }])
  const { json } = await call('GET', `/contacts/${id}/conversations`)
  expect(json).toEqual({
    data: [
      expect.objectContaining({
        _id: expect.stringMatching(/^conv_/),
        public_id: expect.stringMatching(/^tcu_/),
        conversation: expect.objectContaining({
          channel_type: 'whatsapp',
          contact_id: id,
          name: 'Plans',
          status: 'open',
        }),
      }),
    ],
  })
})

test('rows come as an array or in data', async () => {
  const { call, inbox, id } = await withContact({
    conversations: 'array',
    comments: 'data',
    activities: 'data',
  })
  const [conversation] = inbox.seedConversations(id, [{}])
  inbox.seedComments(id, [{ text: 'Hm' }])
  inbox.seedActivities(conversation?._id ?? '', [{ message: 'joined' }])
  expect(JSON.parse((await call('GET', `/contacts/${id}/conversations`)).text)).toHaveLength(1)
  expect((await call('GET', `/contacts/${id}/comments`)).json.data).toMatchObject([
    { text: 'Hm', contact_id: id },
  ])
  const activities = await call('GET', `/conversations_activities/${conversation?._id}`)
  expect(activities.json.data).toMatchObject([{ message: 'joined', conversation_id: conversation?._id }])
})

test.each<[ChannelInboxOptions['requests'], string, number]>([
  ['any', '?channel_types=whatsapp%2Cweb', 2],
  ['any', '?channel_types=whatsapp&channel_types=web', 2],
  ['sdk', '?channel_types=whatsapp%2Cweb', 2],
  ['sdk', '?channel_types=whatsapp&channel_types=web', 1],
  ['web', '?channel_types=whatsapp%2Cweb', 0],
  ['web', '?channel_types=whatsapp&channel_types=web', 2],
  ['spec', '?channel_types=whatsapp', 3],
  ['any', '', 3],
])('channel types, understood as %s: %s', async (requests, query, rows) => {
  const { call, inbox, id } = await withContact({ requests: requests ?? 'any' })
  inbox.seedConversations(
    id,
    ['whatsapp', 'web', 'line'].map((channel_type) => ({ channel_type })),
  )
  const { json } = await call('GET', `/contacts/${id}/conversations${query}`)
  expect(json.data).toHaveLength(rows)
})

test.each([
  ['works', ['b', 'c']],
  ['ignored', ['a', 'b', 'c', 'd']],
] as const)('paging of comments %s', async (commentPaging, expected) => {
  const { call, inbox, id } = await withContact({ commentPaging })
  inbox.seedComments(
    id,
    ['a', 'b', 'c', 'd'].map((text) => ({ text })),
  )
  const rows = JSON.parse((await call('GET', `/contacts/${id}/comments?skip=1&limit=2`)).text)
  expect(rows.map(({ text }: { text: string }) => text)).toEqual(expected)
})

test('files are messages, or what the vendor’s SDK declares', async () => {
  for (const [files, expected] of [
    [
      'messages',
      { type: 'file', content: { url: expect.stringContaining('https://'), caption: '', extension: 'pdf' } },
    ],
    ['declared', { name: 'offer.pdf', size: 7, url: expect.stringContaining('https://') }],
  ] as const) {
    const { call, inbox, id } = await withContact({ files })
    inbox.seedFiles(id, [{ name: 'offer.pdf', size: 7 }])
    expect(JSON.parse((await call('GET', `/contact/${id}/files`)).text)).toEqual([
      expect.objectContaining(expected),
    ])
  }
})

test.each([
  ['', ['a', 'b', 'c']],
  ['?start_date=2026-01-02T00:00:00Z', ['b', 'c']],
  ['?end_date=2026-01-02', ['a', 'b']],
  ['?start_date=2026-01-02&end_date=2026-01-02T01:00:00%2B01:00', ['b']],
  ['?start_date=soon&end_date=', ['a', 'b', 'c']],
])('activities%s are between two moments, both included', async (query, expected) => {
  const { call, inbox } = setUp()
  inbox.seedActivities(
    'conv_1',
    ['a', 'b', 'c'].map((message, at) => ({ message, created_at: `2026-01-0${at + 1}T00:00:00.000Z` })),
  )
  const { text } = await call('GET', `/conversations_activities/conv_1${query}`)
  expect(JSON.parse(text).map(({ message }: { message: string }) => message)).toEqual(expected)
})

const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id)

test('notices come newest first, with both counts and the unread ones', async () => {
  const { call, inbox } = setUp()
  const seeded = inbox.seedNotifications([
    { title: 'a', is_read: true },
    { title: 'b' },
    { title: 'c', type: 7 },
  ])
  const { json } = await call('GET', '/notifications?limit=2')
  expect(json).toMatchObject({ has_more: true, count: 3, total: 2, unread_count: 2 })
  expect(json).not.toHaveProperty('object_name')
  expect(json.data).toEqual([seeded[2], seeded[1]])
})

const forms = {
  read: { sdk: { notification_id: ['ID'] }, web: ['ID'], spec: { ids: ['ID'] } },
  dismiss: { sdk: { notification_id: 'ID' }, web: ['ID'], spec: { ids: ['ID'] } },
} as const

test.each([
  ['sdk', 'DELETE'],
  ['web', 'DELETE'],
  ['spec', 'POST'],
] as const)('notices are named as the %s does, and the others’ bodies refused', async (requests, method) => {
  const { call, inbox } = setUp({ requests })
  const [first, second] = inbox.seedNotifications([{}, {}])
  const named = (body: unknown) => JSON.parse(JSON.stringify(body).replaceAll('ID', first?.id ?? ''))
  for (const other of (['sdk', 'web', 'spec'] as const).filter((form) => form !== requests)) {
    expect((await call('PUT', '/notifications/read', named(forms.read[other]))).status).toBe(400)
    expect((await call(method, '/notifications/dismiss', named(forms.dismiss[other]))).status).toBe(400)
  }
  expect(await call('PUT', '/notifications/read', named(forms.read[requests]))).toMatchObject({
    status: 200,
    json: { success: true },
  })
  expect(inbox.notifications.map(({ is_read }) => is_read)).toEqual([false, true])
  await call(method, '/notifications/dismiss', named(forms.dismiss[requests]))
  expect(ids(inbox.notifications)).toEqual([second?.id])
  await call(method, '/notifications/dismiss/all')
  expect(inbox.notifications).toEqual([])
})

test('those of one type are dismissed, as the older documentation has it', async () => {
  for (const [requests, left] of [
    ['any', [2]],
    ['web', [2]],
    ['sdk', []],
  ] as const) {
    const { call, inbox } = setUp({ requests })
    inbox.seedNotifications([{ type: 1 }, { type: 2 }])
    await call('DELETE', '/notifications/dismiss/all?type=1')
    expect(inbox.notifications.map(({ type }) => type)).toEqual(left)
  }
})

test('every form is understood unless told otherwise', async () => {
  const { call, inbox } = setUp()
  for (const form of ['sdk', 'web', 'spec'] as const) {
    const [one] = inbox.seedNotifications([{}])
    const body = JSON.parse(JSON.stringify(forms.dismiss[form]).replaceAll('ID', one?.id ?? ''))
    expect((await call(form === 'spec' ? 'POST' : 'DELETE', '/notifications/dismiss', body)).status).toBe(200)
  }
  expect(inbox.notifications).toEqual([])
})

test.each([
  ['works', 200, true],
  ['refused', 400, false],
  ['ignored', 200, false],
] as const)('marking without ids: %s', async (markAllRead, status, is_read) => {
  for (const body of [undefined, {}]) {
    const { call, inbox } = setUp({ markAllRead })
    inbox.seedNotifications([{}])
    expect((await call('PUT', '/notifications/read', body)).status).toBe(status)
    expect(inbox.notifications[0]?.is_read).toBe(is_read)
  }
})

test('no ids are none where they are named, and an empty object only where ids may be left out', async () => {
  const { call, inbox } = setUp()
  inbox.seedNotifications([{}])
  expect((await call('PUT', '/notifications/read', { ids: [] })).status).toBe(200)
  expect((await call('PUT', '/notifications/read', { notification_id: 'not_1' })).status).toBe(400)
  expect(inbox.notifications[0]?.is_read).toBe(false)
  expect((await setUp({ requests: 'sdk' }).call('PUT', '/notifications/read', {})).status).toBe(400)
})

test('notices are narrowed by their type, a number, and the unread ones of all are counted', async () => {
  const { call, inbox } = setUp()
  const [, second] = inbox.seedNotifications([{ type: 1 }, { type: 7 }, { type: 17 }])
  const { json } = await call('GET', '/notifications?type=7')
  expect(json).toMatchObject({ data: [second], has_more: false, count: 1, total: 1, unread_count: 3 })
  expect((await call('GET', '/notifications?type=conversations')).json.data).toEqual([])
})

test('an unknown notice is passed over, or refused', async () => {
  const body = { notification_id: 'not_none' }
  expect((await setUp().call('DELETE', '/notifications/dismiss', body)).status).toBe(200)
  const { call } = setUp({ unknownNotification: 'refused' })
  expect(await call('DELETE', '/notifications/dismiss', body)).toMatchObject({
    status: 404,
    json: { message: 'Not Found' },
  })
})

test('a write on notices can answer nothing', async () => {
  const { call } = setUp({ notificationAnswer: 'empty' })
  expect(await call('DELETE', '/notifications/dismiss/all')).toMatchObject({ status: 200, text: '' })
})
