import { expect, test } from 'vitest'
import { setUp } from './testing.ts'

const DOCUMENTED = {
  display_name: 'Ana S.',
  first_name: 'Ana',
  last_name: 'Souza',
  email: 'ana@example.com',
  phone_number: '+5511961234567',
  channel_id: 'ch_1',
  channel_type: 'whatsapp',
  labels: ['vip'],
  time_zone: 'America/Sao_Paulo',
}

test('a create keeps what is documented and answers the record', async () => {
  const { call, inbox, clock } = setUp()
  clock.now += 1000
  const { status, json } = await call('POST', '/contacts', { ...DOCUMENTED, remark: 'not documented' })
  expect([status, json]).toEqual([
    200,
    expect.objectContaining({
      ...DOCUMENTED,
      object_name: 'contact',
      id: expect.stringMatching(/^con_[0-9a-f-]{36}$/),
      remark: '',
      created_at: '2026-01-01T00:00:01.000Z',
      updated_at: null,
    }),
  ])
  expect((await call('GET', `/contacts/${json.id}`)).json).toEqual(json)
  expect((await call('GET', '/contacts')).json.data).toEqual([json])
  expect(inbox.contacts).toHaveLength(1)
})

test('nothing is required, missing text is empty, and labels are there when there are some', async () => {
  const { call } = setUp()
  const { status, json } = await call('POST', '/contacts', {})
  expect(status).toBe(200)
  for (const name of Object.keys(DOCUMENTED).filter((key) => key !== 'labels')) expect(json[name]).toBe('')
  expect(json).not.toHaveProperty('labels')
  const parts = await call('POST', '/contacts', { first_name: 'Ana', last_name: 'Souza' })
  expect(parts.json.display_name).toBe('Ana Souza')
})

test('a create looks for nobody, and its equals are two', async () => {
  const { call, inbox } = setUp()
  const first = await call('POST', '/contacts', DOCUMENTED)
  const second = await call('POST', '/contacts', DOCUMENTED)
  expect(second.json.id).not.toBe(first.json.id)
  expect(inbox.contacts).toHaveLength(2)
})

test.each([
  ['no JSON', '{'],
  ['nothing', undefined],
  ['an array', []],
  ['a number for text', { email: 5 }],
  ['null for text', { email: null }],
  ['text for labels', { labels: 'vip' }],
])('a create with %s is a bad request', async (_, body) => {
  const { call, inbox } = setUp()
  const { status, json } = await call('POST', '/contacts', body)
  expect([status, json.code]).toEqual([400, 40_000])
  expect(inbox.contacts).toEqual([])
})

test('a create is in the raw form where contacts are, and in its own organization', async () => {
  const { call, inbox } = setUp({ contactIds: '_id', apiKeys: { api_other: 'org_other' } })
  const { json } = await call('POST', '/contacts', {}, { 'x-api-key': 'api_other' })
  expect(json).toMatchObject({ _id: expect.stringMatching(/^con_/), doc_name: 'contacts' })
  expect([inbox.contacts.length, inbox.contactsOf('org_other').length]).toEqual([0, 1])
})

test.each([
  ['empty', () => ''],
  ['object', () => '{}'],
  ['record', (record: object) => JSON.stringify(record)],
] as const)('a delete that answers %s', async (deleteAnswer, expected) => {
  const { call, inbox } = setUp({ deleteAnswer })
  const { json } = await call('POST', '/contacts', DOCUMENTED)
  await call('POST', '/contacts', {})
  expect(await call('DELETE', `/contacts/${json.id}`)).toMatchObject({ status: 200, text: expected(json) })
  expect(inbox.contacts).toHaveLength(1)
})

test('a deleted contact answers as an unknown one does, whatever hung on it', async () => {
  const { call, inbox } = setUp()
  const id = inbox.seed([{}])[0]?.id ?? ''
  inbox.seedComments(id, [{}])
  inbox.seedBoardItems(id, ['bi_1'])
  await call('DELETE', `/contacts/${id}`)
  for (const [method, path] of [
    ['GET', `/contacts/${id}`],
    ['PUT', `/contacts/${id}`],
    ['DELETE', `/contacts/${id}`],
    ['GET', `/contacts/${id}/comments`],
    ['GET', '/contacts/by-board-item/bi_1'],
  ] as const) {
    const { status, json } = await call(method, path, method === 'PUT' ? {} : undefined)
    expect([status, json]).toEqual([404, { message: 'Contact not found' }])
  }
  inbox.seed([{ id }])
  expect((await call('GET', `/contacts/${id}/comments`)).json).toEqual([])
})

test('a contact is found by an item of a board', async () => {
  const { call, inbox } = setUp()
  const [ana, bo] = inbox.seed([{ display_name: 'Ana' }, { display_name: 'Bo' }])
  inbox.seedBoardItems(ana?.id ?? '', ['bi_1', 'bi/2'])
  inbox.seedBoardItems(bo?.id ?? '', ['comments'])
  expect((await call('GET', '/contacts/by-board-item/bi%2F2')).json).toMatchObject({ id: ana?.id })
  expect((await call('GET', '/contacts/by-board-item/comments')).json).toMatchObject({ id: bo?.id })
})

test('an audit finds a contact and a comment that were created twice, and no delete', async () => {
  const { call, inbox } = setUp()
  const [one, two] = inbox.seed([{}, {}])
  const again = async (...request: Parameters<typeof call>) => {
    inbox.faults.add({ cut: 'answer' })
    await call(...request).catch(() => {})
    await call(...request)
  }
  await again('POST', '/contacts', { email: 'ana@example.com' })
  expect(inbox.audit().doubled).toMatchObject([{ vendor: 'channel-inbox', requests: [{}, {}] }])
  await again('POST', `/contacts/${one?.id}/comments`, { content: 'x' })
  expect(inbox.audit().doubled).toHaveLength(2)
  // The same words about somebody else are another comment.
  await call('POST', `/contacts/${two?.id}/comments`, { content: 'x' })
  await call('POST', '/contacts', { email: 'bo@example.com' })
  inbox.faults.add({ status: 502, applied: true })
  await call('DELETE', `/contacts/${one?.id}`)
  await call('DELETE', `/contacts/${one?.id}`)
  expect(inbox.audit()).toMatchObject({
    writes: 7,
    doubled: [{}, { requests: [{ path: `/channel-service/v1/contacts/${one?.id}/comments` }, {}] }],
    equal: [],
  })
})

test('to an audit a create is what something is made of', async () => {
  const { call, inbox } = setUp()
  const [one] = inbox.seed([{}])
  const again = async (path: string, body: object) => {
    inbox.faults.add({ cut: 'answer' })
    await call('POST', path, { ...body, attempt: 1 }).catch(() => {})
    await call('POST', path, { ...body, attempt: 2 })
  }
  await again('/contacts', { email: 'ana@example.com', labels: ['vip'] })
  await again(`/contacts/${one?.id}/comments`, { content: 'x' })
  expect(inbox.audit().doubled).toHaveLength(2)
  await call('POST', '/contacts', { email: 'ana@example.com', labels: ['other'] })
  expect(inbox.audit()).toMatchObject({
    doubled: [{ requests: [{}, {}] }, { requests: [{}, {}] }],
    equal: [],
  })
})
