import { expect, test } from 'vitest'
import { setUp } from './test-client.ts'

const email = { clientId: 'c', type: 'email', value: 'juan@example.com' }

test.each([
  [{ authorization: '' }, 'UNAUTHORIZED'],
  [{ authorization: 'Bearer wrong' }, 'UNAUTHORIZED'],
  [{ authorization: 'Basic artu-emulator' }, 'UNAUTHORIZED'],
  [{ 'x-environment': '' }, 'UNAUTHORIZED'],
  [{ 'x-environment': 'production' }, 'UNAUTHORIZED'],
])('%o is a 401', async (headers, code) => {
  const { status, json } = await setUp().send('POST', '/contact-methods/list', {}, headers)
  expect([status, json.code]).toEqual([401, code])
})

test('test and live are apart', async () => {
  const { send, vendor } = setUp()
  await send('POST', '/contact-methods', email)
  const live = await send('POST', '/contact-methods/list', {}, { 'x-environment': 'live' })
  expect(live.json.data).toEqual([])
  expect([vendor.contactMethods.length, vendor.contactMethodsOf('live').length]).toEqual([1, 0])
  vendor.seed([{ clientId: 'c', type: 'fax', value: '1' }], 'live')
  expect(vendor.contactMethodsOf('live')).toMatchObject([{ type: 'fax' }])
})

test('a key without the permission is a 403 that names it', async () => {
  const { send } = setUp({ apiKeys: { reader: { permissions: ['test:contact-methods:read'] } } })
  const headers = { authorization: 'Bearer reader' }
  expect((await send('POST', '/contact-methods/list', {}, headers)).status).toBe(200)
  const refused = await send('POST', '/contact-methods', email, headers)
  expect([refused.status, refused.json.code, refused.json.message]).toEqual([
    403,
    'FORBIDDEN',
    'API key lacks permission: test:contact-methods:create',
  ])
})

test.each([
  ['create', 'POST', '/contact-methods'],
  ['create', 'POST', '/contact-methods/batch'],
  ['read', 'POST', '/contact-methods/list'],
  ['read', 'GET', '/contact-methods/x'],
  ['read', 'GET', '/contact-methods/external/x'],
  ['read', 'GET', '/contact-methods/metadata/k/v'],
  ['read', 'GET', '/clients/c/contact-methods'],
  ['read', 'GET', '/clients/c/contact-methods/primary/email'],
  ['update', 'PATCH', '/contact-methods/x'],
  ['update', 'PATCH', '/contact-methods/batch'],
  ['update', 'PUT', '/contact-methods/external/x'],
  ['update', 'PUT', '/contact-methods/batch/external'],
  ['update', 'POST', '/clients/c/contact-methods/sync'],
  ['delete', 'DELETE', '/contact-methods/x'],
])('the permission to %s is what %s %s takes', async (operation, method, path) => {
  const all = ['create', 'read', 'update', 'delete'].map((name) => `test:contact-methods:${name}`)
  const needed = `test:contact-methods:${operation}`
  const { send } = setUp({
    apiKeys: {
      able: { permissions: [needed] },
      unable: { permissions: [...all.filter((one) => one !== needed), `live:contact-methods:${operation}`] },
    },
  })
  const status = async (key: string) =>
    (await send(method, path, method === 'GET' ? undefined : {}, { authorization: `Bearer ${key}` })).status
  expect(await status('able')).not.toBe(403)
  expect(await status('unable')).toBe(403)
})

test('another account sees nothing of the first', async () => {
  const { send, vendor } = setUp({ apiKeys: { other: { account: 'other' } } })
  vendor.seed([{ clientId: 'c', type: 'fax', value: '1' }])
  const { json } = await send('GET', '/clients/c/contact-methods', undefined, {
    authorization: 'Bearer other',
  })
  expect(json.data).toEqual([])
})

test.each([
  ['orpc-1', { defined: false, code: 'NOT_FOUND', status: 404, message: 'Contact method not found' }],
  ['orpc-2', { defined: false, code: 'NOT_FOUND', message: 'Contact method not found' }],
  ['message', { message: 'Contact method not found' }],
] as const)('error bodies with the switch %s', async (errorBody, expected) => {
  const { send, vendor } = setUp({ errorBody })
  expect((await send('GET', '/contact-methods/x')).json).toEqual(expected)
  vendor.faults.add({ retryAfter: 3 })
  const limited = await send('GET', '/contact-methods/x')
  expect([limited.status, limited.json.message]).toEqual([429, 'Too Many Requests'])
})

test('requests are recorded, and reset forgets everything', async () => {
  const { send, vendor } = setUp({ recordLimit: 2 })
  vendor.faults.add({ path: '/list', status: 503 })
  await send('POST', '/contact-methods', email)
  await send('POST', '/contact-methods/list', { limit: 1 })
  await send('GET', '/clients/c/contact-methods?limit=3')
  expect(vendor.requests).toMatchObject([
    { method: 'POST', path: '/contact-methods/list', json: { limit: 1 }, status: 503 },
    { method: 'GET', path: '/clients/c/contact-methods', query: { limit: '3' }, status: 200 },
  ])
  vendor.reset()
  expect([vendor.requests, vendor.contactMethods, vendor.faults.pending]).toEqual([[], [], 0])
})

test('seeding refuses an id or external id that is taken, and leaves nothing behind', () => {
  const { vendor } = setUp()
  const method = { clientId: 'c', type: 'fax', value: '1' } as const
  vendor.seed([{ ...method, id: 'a', externalId: 'x' }])
  expect(() => vendor.seed([method, { ...method, id: 'a' }])).toThrow('id is taken')
  expect(() => vendor.seed([method, { ...method, externalId: 'x' }])).toThrow('external ID')
  expect(vendor.contactMethods).toHaveLength(1)
})
