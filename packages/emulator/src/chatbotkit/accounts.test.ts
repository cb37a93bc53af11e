import { expect, test } from 'vitest'
import { setUp, testClient } from '../test-client.ts'

const notAuthenticated = { status: 401, json: { message: 'Not authenticated', code: 'NOT_AUTHENTICATED' } }
const list = 'https://emulator.test/api/v1/contact/list'

test('without a token a GET is 401 and a POST is 403 with X-Failure-Code', async () => {
  const { emulator } = setUp()
  const get = await emulator.chatbotkit.fetch(list)
  const post = await emulator.chatbotkit.fetch('https://emulator.test/api/v1/contact/create', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })
  expect([get.status, await get.json()]).toEqual([
    401,
    { code: 'NOT_AUTHENTICATED', message: 'Not authenticated' },
  ])
  expect([post.status, await post.json()]).toEqual([
    403,
    { code: 'NOT_AUTHORIZED', message: 'Not authorized' },
  ])
  expect(post.headers.get('x-failure-code')).toBe('NOT_AUTHORIZED')
})

test('the token is the second word, whatever the scheme', async () => {
  const { client } = setUp()
  expect(await client.get('/contact/list', { authorization: 'Basic sk-emulator' })).toMatchObject({
    status: 200,
  })
  expect(await client.get('/contact/list', { authorization: 'sk-emulator' })).toMatchObject(notAuthenticated)
  expect(await client.post('/contact/create', {}, { authorization: 'sk-emulator' })).toMatchObject(
    notAuthenticated,
  )
  expect(await client.get('/contact/list', { authorization: 'Bearer sk-unknown' })).toMatchObject(
    notAuthenticated,
  )
})

test.each([{ kind: 'refresh' }, { expired: true }] as const)('a token with %o is refused', async (grant) => {
  const { client } = setUp({ chatbotkit: { secrets: { 'sk-other': { account: 'emulator', ...grant } } } })
  expect(await client.get('/contact/list', { authorization: 'Bearer sk-other' })).toMatchObject(
    notAuthenticated,
  )
})

test('accounts do not see each other: 403 on a record, nothing in a listing', async () => {
  const { emulator, client } = setUp({ chatbotkit: { secrets: { 'sk-other': 'other' } } })
  const other = testClient(emulator.chatbotkit.fetch, 'sk-other')
  const fingerprint = 'crm-user-000000000042'
  const id = await client.create({ fingerprint })
  for (const refused of [
    await other.get(`/contact/${id}/fetch`),
    await other.post(`/contact/${id}/update`, {}),
    await other.post(`/contact/${id}/delete`, {}),
  ]) {
    expect(refused).toMatchObject({
      status: 403,
      json: { message: 'Not authorized', code: 'NOT_AUTHORIZED' },
    })
    expect(refused.headers.get('x-failure-code')).toBe('NOT_AUTHORIZED')
  }
  const listing = await other.get(`/contact/${id}/task/list`)
  expect(listing).toMatchObject({ status: 403, json: { code: 'NOT_AUTHORIZED' } })
  expect(listing.headers.get('x-failure-code')).toBeNull()
  expect((await other.get('/contact/list')).json).toEqual({ items: [] })
  expect(await other.create({ fingerprint })).not.toBe(id)
  expect(emulator.chatbotkit.contactsOf('other')).toHaveLength(1)
})

const family = {
  secrets: {
    'sk-stranger': 'stranger',
    'a-jwt': { account: 'emulator', kind: 'jwt' },
    'an-oauth': { account: 'emulator', kind: 'oauth' },
  },
  accounts: { child: { parent: 'emulator', email: 'child@example.com' } },
} as const

test.each([
  { 'x-runas-user-id': 'child' },
  { 'x-runas-userid': 'child' },
  { 'x-runas-child-user-email': 'child@example.com' },
  { 'x-runas-user-id': 'child', 'x-runas-child-user-email': 'nobody@example.com' },
  { 'x-runas-user-id': 'child', authorization: 'Bearer an-oauth' },
])('%o acts as the child', async (headers) => {
  const { emulator, client } = setUp({ chatbotkit: family })
  expect(await client.post('/contact/create', { name: 'Kid' }, headers)).toMatchObject({ status: 200 })
  expect(emulator.chatbotkit.contactsOf('child')).toMatchObject([{ name: 'Kid' }])
  expect(emulator.chatbotkit.contacts).toEqual([])
})

test.each([
  { 'x-runas-user-id': 'nobody' },
  { 'x-runas-user-id': 'stranger' },
  { 'x-runas-child-user-email': 'nobody@example.com' },
  { 'x-runas-user-id': 'child', authorization: 'Bearer sk-stranger' },
])('%o is refused', async (headers) => {
  const { client } = setUp({ chatbotkit: family })
  expect(await client.get('/contact/list', headers)).toMatchObject(notAuthenticated)
})

test('a JWT session ignores the run-as headers', async () => {
  const { emulator, client } = setUp({ chatbotkit: family })
  await client.post('/contact/create', {}, { authorization: 'Bearer a-jwt', 'x-runas-user-id': 'child' })
  expect(emulator.chatbotkit.contacts).toHaveLength(1)
})
