import { describe, expect, it } from 'vitest'
import { apiSetup, failure, first } from '../testing/setup.ts'
import type { ChannelApi } from './channel.ts'
import type { Contact, PagedResponse } from './types.ts'

/** The operations as the vendor's specification has them: how each is called, and what is sent. */
const OPERATIONS: readonly [keyof ChannelApi, (channel: ChannelApi) => Promise<unknown>, string, unknown?][] =
  [
    [
      'listContacts',
      (api) => api.listContacts({ q: 'ana', limit: 2, offset: 4 }),
      'GET /contacts?q=ana&limit=2&offset=4',
    ],
    [
      'searchContacts',
      (api) => api.searchContacts({ body: { query: 'ana', limit: 2, offset: 4 } }),
      'POST /contacts/_search',
      { query: 'ana', limit: 2, offset: 4 },
    ],
    ['getContact', (api) => api.getContact({ id: 'a/b' }), 'GET /contacts/a%2Fb'],
    [
      'getContactByBoardItem',
      (api) => api.getContactByBoardItem({ boardItemId: 'item_1' }),
      'GET /contacts/by-board-item/item_1',
    ],
    [
      'createContact',
      (api) =>
        api.createContact({ body: { display_name: 'Ana', labels: ['vip'], time_zone: 'Europe/Lisbon' } }),
      'POST /contacts',
      { display_name: 'Ana', labels: ['vip'], time_zone: 'Europe/Lisbon' },
    ],
    [
      'updateContact',
      (api) => api.updateContact({ id: 'con_1', body: { phone_number: '+351912345678' } }),
      'PUT /contacts/con_1',
      { phone_number: '+351912345678' },
    ],
    ['deleteContact', (api) => api.deleteContact({ id: 'con_1' }), 'DELETE /contacts/con_1'],
    [
      'listContactConversations',
      (api) => api.listContactConversations({ id: 'con_1' }),
      'GET /contacts/con_1/conversations',
    ],
    ['listContactFiles', (api) => api.listContactFiles({ id: 'con_1' }), 'GET /contacts/con_1/files'],
    [
      'listConversationActivities',
      (api) => api.listConversationActivities({ conversationId: 'conv_1' }),
      'GET /conversations_activities/conv_1',
    ],
    [
      'listContactComments',
      (api) => api.listContactComments({ id: 'con_1' }),
      'GET /contacts/con_1/comments',
    ],
    [
      'listContactMessageComments',
      (api) => api.listContactMessageComments({ id: 'con_1' }),
      'GET /contacts/con_1/message_comments',
    ],
    [
      'createContactComment',
      (api) => api.createContactComment({ id: 'con_1', body: { content: 'Called back' } }),
      'POST /contacts/con_1/comments',
      { content: 'Called back' },
    ],
    [
      'getContactComment',
      (api) => api.getContactComment({ id: 'con_1', commentId: 'com_1' }),
      'GET /contacts/con_1/comment/com_1',
    ],
    [
      'deleteContactComment',
      (api) => api.deleteContactComment({ id: 'con_1', commentId: 'com_1' }),
      'DELETE /contacts/con_1/comment/com_1',
    ],
    [
      'listNotifications',
      (api) => api.listNotifications({ type: '1', limit: 0, skip: 0 }),
      'GET /notifications?type=1&limit=0&skip=0',
    ],
    [
      'markNotificationsRead',
      (api) => api.markNotificationsRead({ body: { ids: ['not_1'] } }),
      'PUT /notifications/read',
      { ids: ['not_1'] },
    ],
    [
      'dismissNotifications',
      (api) => api.dismissNotifications({ body: { ids: ['not_1'] } }),
      'POST /notifications/dismiss',
      { ids: ['not_1'] },
    ],
    ['dismissAllNotifications', (api) => api.dismissAllNotifications(), 'POST /notifications/dismiss/all'],
  ]

describe('the generated operations', () => {
  it('are these', () => {
    const { client } = apiSetup()
    expect(Object.keys(client.api.channel).toSorted()).toEqual(OPERATIONS.map(([name]) => name).toSorted())
  })

  it.each(OPERATIONS)(
    '%s sends what the specification says, whatever the dialect',
    async (name, run, sent, json) => {
      for (const dialect of ['sdk', 'web', 'spec'] as const) {
        const { client, vendor, requests } = apiSetup({ dialect })
        vendor.faults.add({ status: 200, body: { answered: true } })
        expect(await run(client.api.channel)).toEqual({ answered: true })
        expect(vendor.requests[0]?.json).toEqual(json)
        expect(requests()).toEqual([sent])
        vendor.faults.add({ status: 400, body: { message: 'No' } })
        expect(await failure(run(client.api.channel))).toMatchObject({ operation: name, status: 400 })
      }
    },
  )

  it.each(OPERATIONS)('%s is sent again after a 502, unless it could be applied twice', async (name, run) => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ times: 9, status: 502 })
    await failure(run(client.api.channel))
    const once = /^(create|dismissAll)/.test(name)
    expect(vendor.requests).toHaveLength(once ? 1 : 4)
  })

  it.each(['markNotificationsRead', 'dismissNotifications'] as const)(
    '%s without ids is about all, and is sent once',
    async (name) => {
      const { client, vendor } = apiSetup()
      vendor.faults.add({ times: 9, status: 502 })
      await failure(client.api.channel[name]({ body: {} }))
      expect(vendor.requests.map(({ json }) => json)).toEqual([{}])
    },
  )

  it('take what every other call takes, and its name for the operation', async () => {
    const { client, vendor } = apiSetup()
    const { channel } = client.api
    const reason = new Error('left')
    expect(await failure(channel.listContacts({}, { signal: AbortSignal.abort(reason) }))).toBe(reason)
    await channel.listContacts(undefined, { headers: { 'x-trace': '1' } })
    expect(vendor.requests[0]?.headers).toMatchObject({ 'x-trace': '1' })
    vendor.faults.add({ status: 400 })
    expect(await failure(channel.listContacts({}, { operation: 'mine' }))).toMatchObject({
      operation: 'mine',
    })
  })
})

describe('a program', () => {
  it('makes, finds, changes and deletes a contact and a comment', async () => {
    const { client, vendor } = apiSetup()
    const { channel } = client.api
    const made = await channel.createContact<Contact>({
      body: { first_name: 'Ana', last_name: 'Souza', email: 'ana@example.com', labels: ['vip'] },
    })
    expect(made).toMatchObject({ email: 'ana@example.com', labels: ['vip'] })
    const found = await channel.listContacts<PagedResponse<Contact>>({ q: 'ana', limit: 5, offset: 0 })
    expect(found.data.map(({ id }) => id)).toEqual([made.id])
    expect(await channel.getContact<Contact>({ id: made.id })).toEqual(made)
    await channel.updateContact({ id: made.id, body: { labels: ['vip', 'pt'] } })
    vendor.seedBoardItems(made.id, ['item_1'])
    expect(await channel.getContactByBoardItem({ boardItemId: 'item_1' })).toMatchObject({
      labels: ['vip', 'pt'],
    })

    await channel.createContactComment({ id: made.id, body: { content: 'Called back' } })
    const comments = await channel.listContactComments<{ _id: string }[]>({ id: made.id })
    const commentId = first(comments)._id
    expect(await channel.getContactComment({ id: made.id, commentId })).toMatchObject({
      data: [{ _id: commentId }],
    })
    await channel.deleteContactComment({ id: made.id, commentId })
    expect(await channel.listContactComments({ id: made.id })).toEqual([])

    await channel.deleteContact({ id: made.id })
    expect(await failure(channel.getContact({ id: made.id }))).toMatchObject({
      code: 'not_found',
      status: 404,
    })
  })

  it.each([
    ['empty', undefined],
    ['object', {}],
    ['record', { object_name: 'contact' }],
  ] as const)('deletes, answered with %s', async (deleteAnswer, answer) => {
    const { client, vendor } = apiSetup({}, { deleteAnswer })
    const { id } = first(vendor.seed([{}]))
    const given = await client.api.channel.deleteContact({ id })
    if (answer === undefined) expect(given).toBeUndefined()
    else expect(given).toMatchObject(answer)
    expect(vendor.contacts).toEqual([])
  })

  it('takes any words of success, where nothing is read', async () => {
    const { client, vendor } = apiSetup()
    const { channel } = client.api
    const calls = [
      () => channel.deleteContact({ id: 'con_1' }),
      () => channel.deleteContactComment({ id: 'con_1', commentId: 'com_1' }),
      () => channel.markNotificationsRead({ body: {} }),
      () => channel.dismissNotifications({ body: {} }),
      () => channel.dismissAllNotifications(),
    ]
    for (const call of calls) {
      vendor.faults.add({ status: 200, body: 'OK' })
      expect(await call()).toBeUndefined()
      vendor.faults.add({ status: 200, body: { success: false } })
      expect(await failure(call())).toMatchObject({ name: 'ImbraceError', code: 'bad_response' })
    }
  })
})

describe('what cannot be sent', () => {
  const free = ['listContacts', 'listNotifications', 'dismissAllNotifications']
  const musts = OPERATIONS.map(([name]) => name).filter((name) => !free.includes(name))

  it.each(musts)('%s wants an object', async (name) => {
    const { client, vendor } = apiSetup()
    const run: (params: unknown) => Promise<unknown> = client.api.channel[name] as never
    for (const params of [null, undefined, 5, 'x', [], true, {}]) {
      const error = await failure(run(params))
      expect(error).toMatchObject({ code: 'invalid_input', operation: name, provider: 'channel-inbox' })
    }
    expect(vendor.requests).toEqual([])
  })

  it.each([
    ['a blank id', { id: ' ', body: {} }],
    ['empty text for an id', { id: '', body: {} }],
    ['a number for an id', { id: 5, body: {} }],
    ['text for a body', { id: 'con_1', body: 'x' }],
    ['null for a body', { id: 'con_1', body: null }],
    ['an array for a body', { id: 'con_1', body: [] }],
  ])('%s', async (_, params) => {
    const { client, vendor } = apiSetup()
    const run: (params: unknown) => Promise<unknown> = client.api.channel.updateContact as never
    expect(await failure(run(params))).toMatchObject({ code: 'invalid_input', operation: 'updateContact' })
    expect(vendor.requests).toEqual([])
  })

  it.each(free)('%s wants an object or nothing', async (name) => {
    const { client, vendor } = apiSetup()
    const run: (params?: unknown) => Promise<unknown> = Reflect.get(client.api.channel, name)
    for (const params of [5, 'x', [], true]) {
      expect(await failure(run(params))).toMatchObject({ code: 'invalid_input', operation: name })
    }
    expect(vendor.requests).toEqual([])
    for (const params of [null, undefined, {}]) await run(params)
    expect(vendor.requests.map(({ query }) => query)).toEqual([{}, {}, {}])
  })
})
