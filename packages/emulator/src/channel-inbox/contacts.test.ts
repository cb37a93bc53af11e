import { expect, test } from 'vitest'
import type { ChannelInboxOptions } from '../index.ts'
import { setUp } from './testing.ts'

const dated = (day: number, fields: object = {}) => ({
  created_at: `2025-01-${String(day).padStart(2, '0')}T00:00:00.000Z`,
  ...fields,
})

function named(rows: unknown): string[] {
  return Array.isArray(rows) ? rows.map((row) => row.display_name) : []
}

test.each(['/channel-service/v1', '/v1/channel-service/v1', '/v1/backend', '/backend/v1'])(
  'contacts are at %s',
  async (base) => {
    const { call, inbox } = setUp()
    const [contact] = inbox.seed([{ first_name: 'Ana', last_name: 'Souza' }])
    expect((await call('GET', `${base}/contacts/${contact?.id}`)).json.display_name).toBe('Ana Souza')
  },
)

test('a contact has empty text where nothing is set, and null for updated_at', async () => {
  const { call, inbox } = setUp()
  const [contact] = inbox.seed([{ email: 'ana@example.com' }])
  const { json } = await call('GET', `/contacts/${contact?.id}`)
  expect(json).toMatchObject({
    object_name: 'contact',
    id: expect.stringMatching(/^con_[0-9a-f-]{36}$/),
    organization_id: 'org_emulator',
    display_name: '',
    email: 'ana@example.com',
    phone_number: '',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: null,
  })
})

test('contacts can come in the raw form', async () => {
  const { call, inbox } = setUp({ contactIds: '_id' })
  const [contact] = inbox.seed([{}])
  const { json } = await call('GET', `/contacts/${contact?.id}`)
  expect(json).toMatchObject({ _id: contact?.id, doc_name: 'contacts', public_id: contact?.id })
  expect(json).not.toHaveProperty('id')
})

test('a page says how many there are as count, and how many are on it as total', async () => {
  const { call, inbox } = setUp()
  inbox.seed([1, 2, 3].map((day) => dated(day, { display_name: `c${day}` })))
  const { json } = await call('GET', '/contacts?limit=2')
  expect(json).toMatchObject({ object_name: 'list', nested: {}, has_more: true, count: 3, total: 2 })
  expect(named(json.data)).toEqual(['c3', 'c2'])
  const last = await call('GET', '/contacts?limit=2&skip=2')
  expect(last.json).toMatchObject({ has_more: false, count: 3, total: 1 })
  const beyond = await call('GET', '/contacts?limit=2&skip=9')
  expect(beyond.json).toMatchObject({ data: [], has_more: false, count: 3, total: 0 })
})

test.each([
  ['-created_at', ['c3', 'c2', 'c1']],
  ['created_at', ['c1', 'c2', 'c3']],
  ['-email', ['c1', 'c3', 'c2']],
])('sort=%s', async (sort, expected) => {
  const { call, inbox } = setUp()
  inbox.seed([
    dated(2, { display_name: 'c2', email: 'a@x' }),
    dated(1, { display_name: 'c1', email: 'c@x' }),
    dated(3, { display_name: 'c3', email: 'b@x' }),
  ])
  expect(named((await call('GET', `/contacts?sort=${sort}`)).json.data)).toEqual(expected)
})

test('has_more and the counts can be missing', async () => {
  const { call, inbox } = setUp({ hasMore: 'omitted', counts: 'omitted' })
  inbox.seed([{}, {}])
  const { json } = await call('GET', '/contacts?limit=1')
  expect(Object.keys(json).sort()).toEqual(['data', 'nested', 'object_name'])
})

test.each<[ChannelInboxOptions, string, number]>([
  [{}, '', 10],
  [{ defaultLimit: 3 }, '', 3],
  [{}, '?limit=25', 12],
  [{}, '?limit=x', 10],
  [{ maxLimit: 5 }, '?limit=25', 5],
])('with %o a listing%s gives %i', async (options, query, rows) => {
  const { call, inbox } = setUp(options)
  inbox.seed(Array.from({ length: 12 }, () => ({})))
  expect((await call('GET', `/contacts${query}`)).json.total).toBe(rows)
})

test('a limit that is too large can be refused', async () => {
  const { call } = setUp({ maxLimit: 5, overLimit: 'refuse' })
  expect(await call('GET', '/contacts?limit=6')).toMatchObject({ status: 400, json: { code: 40_000 } })
})

test.each<[ChannelInboxOptions, number, string]>([
  [{}, 404, 'Contact not found'],
  [{ notFoundStatus: 400 }, 400, 'Not Found'],
])('with %o an unknown contact is %i “%s”', async (options, expected, message) => {
  const { call } = setUp(options)
  for (const [method, path] of [
    ['GET', '/contacts/con_none'],
    ['PUT', '/contacts/con_none'],
    ['GET', '/contacts/con_none/conversations'],
    ['GET', '/contact/con_none/files'],
    ['DELETE', '/contacts/con_none'],
    ['POST', '/contacts/con_none/comments'],
    ['GET', '/contacts/by-board-item/none'],
  ] as const) {
    const { status, json } = await call(method, path, method.startsWith('P') ? { content: 'x' } : undefined)
    expect([status, json]).toEqual([expected, { message }])
  }
})

test('search finds every word, wherever it is', async () => {
  const { call, inbox } = setUp()
  inbox.seed([
    { first_name: 'Ana', last_name: 'Souza', email: 'ana@example.com' },
    { display_name: 'Zoë Müller', phone_number: '+4930123456' },
  ])
  const find = async (q: string) =>
    named((await call('GET', `/contacts/_search?q=${encodeURIComponent(q)}`)).json.data)
  expect(await find('souza ANA')).toEqual(['Ana Souza'])
  expect(await find('ana@example.com')).toEqual(['Ana Souza'])
  expect(await find('30123')).toEqual(['Zoë Müller'])
  expect(await find('ana müller')).toEqual([])
  const { json } = await call('GET', '/contacts/_search?q=nobody')
  expect(json).toMatchObject({ data: [], has_more: false, count: 0, total: 0 })
  expect((await call('GET', '/contacts/_search')).status).toBe(400)
})

test('search is a POST in the exported specification', async () => {
  const { call, inbox } = setUp({ requests: 'spec' })
  inbox.seed([1, 2, 3].map((day) => dated(day, { display_name: `Ana ${day}` })))
  const { json } = await call('POST', '/contacts/_search', { query: 'ana', limit: 1, offset: 1 })
  expect(named(json.data)).toEqual(['Ana 2'])
  expect((await call('GET', '/contacts/_search?q=ana')).status).toBe(404)
})

test.each<[ChannelInboxOptions['requests'], object, object]>([
  [
    'any',
    { name: 'A', phone: '1', first_name: 'F' },
    { display_name: 'A', phone_number: '1', first_name: 'F' },
  ],
  ['sdk', { name: 'A', phone: '1', phone_number: '2' }, { display_name: 'A', phone_number: '1' }],
  ['web', { name: 'A', phone: '1', phone_number: '2' }, { display_name: 'Old Name', phone_number: '2' }],
  ['web', { first_name: 'New' }, { display_name: 'New Name', first_name: 'New' }],
  [
    'web',
    { remark: 'r', language: 'de', gender: 'f', area_code: '49' },
    { remark: 'r', language: 'de', gender: 'f' },
  ],
  [
    'spec',
    { display_name: 'B', first_name: 'x', labels: ['vip'] },
    { display_name: 'B', first_name: 'Old', labels: ['vip'] },
  ],
  ['any', { labels: ['vip', 'new'] }, { labels: ['vip', 'new'] }],
  ['sdk', { display_name: 'B', labels: ['vip'] }, { display_name: 'B', labels: ['vip'] }],
  ['any', { nonsense: 'x' }, { display_name: 'Old Name' }],
])('an update understood as %s takes %o', async (requests, body, expected) => {
  const { call, inbox } = setUp({ requests: requests ?? 'any' })
  const [contact] = inbox.seed([{ first_name: 'Old', last_name: 'Name', phone_number: '0' }])
  const { status, json } = await call('PUT', `/contacts/${contact?.id}`, body)
  expect(status).toBe(200)
  expect(json).toMatchObject({
    ...expected,
    action: 'bu.contact_updated',
    updated_at: '2026-01-01T00:00:00.000Z',
  })
  expect(json).not.toHaveProperty('nonsense')
  expect(inbox.contacts[0]).toMatchObject(expected)
})

test.each([
  ['clears', 200, ''],
  ['ignored', 200, 'ana@example.com'],
  ['refused', 400, 'ana@example.com'],
] as const)('empty text %s', async (emptyText, status, email) => {
  const { call, inbox } = setUp({ emptyText })
  const [contact] = inbox.seed([{ email: 'ana@example.com' }])
  expect((await call('PUT', `/contacts/${contact?.id}`, { email: '' })).status).toBe(status)
  expect(inbox.contacts[0]?.email).toBe(email)
})

test.each([
  ['no JSON', '{'],
  ['an array', []],
  ['a number for text', { email: 5 }],
  ['text for labels', { labels: 'x' }],
])('an update with %s is a bad request', async (_, body) => {
  const { call, inbox } = setUp()
  const [contact] = inbox.seed([{}])
  const { status, json } = await call('PUT', `/contacts/${contact?.id}`, body)
  expect([status, json.code]).toEqual([400, 40_000])
})

test('an export has a byte order mark and quotes where they are needed', async () => {
  const { call, inbox } = setUp()
  inbox.seed([
    { id: 'con_1', display_name: 'Doe, "JD"', email: 'jd@example.com', created_at: '2025-01-01T00:00:00Z' },
  ])
  const { headers } = await call('GET', '/contacts/_export_csv?sort=created_at')
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const response = await inbox.fetch('https://inbox.test/channel-service/v1/contacts/_export_csv', {
    headers: { 'x-api-key': 'api_emulator' },
  })
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(new TextDecoder().decode(bytes)).toBe(
    'id,display_name,email,phone_number,created_at\r\ncon_1,"Doe, ""JD""",jd@example.com,,2025-01-01T00:00:00Z\r\n',
  )
})

test('an export can be given', async () => {
  const { call, inbox } = setUp()
  inbox.seedCsv(new TextEncoder().encode('a;b\n'))
  expect((await call('GET', '/contacts/_export_csv')).text).toBe('a;b\n')
})

test('an upload keeps name, type and bytes, and answers a URL', async () => {
  const { call, inbox } = setUp()
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array([0, 255, 10])], { type: 'image/png' }), 'ana & zoë.png')
  const { status, json } = await call('POST', '/contacts/_fileupload', form)
  expect([status, json]).toEqual([
    200,
    { url: expect.stringMatching(/^https:\/\/files\.imbrace\.invalid\/\S+\.png$/) },
  ])
  expect(inbox.uploads).toEqual([
    { url: json.url, name: 'ana & zoë.png', type: 'image/png', bytes: new Uint8Array([0, 255, 10]) },
  ])
})

test('an upload without a form or a file is a bad request', async () => {
  const { call } = setUp()
  expect((await call('POST', '/contacts/_fileupload', { file: 'x' })).status).toBe(400)
  const form = new FormData()
  form.append('picture', new Blob(['x']))
  expect((await call('POST', '/contacts/_fileupload', form)).status).toBe(400)
})

test('the switch of requests closes the paths of the others', async () => {
  const expected = {
    sdk: [200, 404, 200, 404],
    web: [404, 200, 200, 404],
    spec: [200, 200, 404, 200],
  } as const
  for (const requests of ['sdk', 'web', 'spec'] as const) {
    const { call, inbox } = setUp({ requests })
    const id = inbox.seed([{}])[0]?.id
    const paths = [
      `contacts/${id}/comments`,
      `contacts/${id}/message_comments`,
      `contact/${id}/files`,
      `contacts/${id}/files`,
    ]
    const answers = await Promise.all(paths.map((path) => call('GET', `/${path}`)))
    expect(answers.map(({ status }) => status)).toEqual(expected[requests])
  }
})

test('a malformed record, a request id and the reset', async () => {
  const { call, inbox, requests } = setUp()
  inbox.seed([dated(1), dated(2)])
  inbox.faults.add({ path: '/contacts', malformed: { index: 1, record: ({ id: _, ...rest }) => rest } })
  const { json, headers } = await call('GET', '/contacts')
  expect(Array.isArray(json.data) && json.data.map((row) => 'id' in row)).toEqual([true, false])
  expect(headers.get('x-request-id')).toMatch(/^req_/)
  expect(requests).toHaveLength(1)
  inbox.reset()
  expect([inbox.contacts, [...inbox.requests], inbox.faults.pending]).toEqual([[], [], 0])
})

test('a taken id cannot be seeded', () => {
  const { inbox } = setUp()
  inbox.seed([{ id: 'con_1' }])
  expect(() => inbox.seed([{ id: 'con_1' }])).toThrow('con_1')
})
