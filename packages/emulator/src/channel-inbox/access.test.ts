import { expect, test } from 'vitest'
import { createEmulator } from '../index.ts'
import { DEFAULT_ACCESS_TOKEN, DEFAULT_API_KEY, DEFAULT_JWT, DEFAULT_ORGANIZATION } from './options.ts'
import { setUp } from './testing.ts'

const options = {
  apiKeys: {
    api_scoped: { organization: 'org_emulator', scoped: true },
    api_old: { organization: 'org_emulator', expired: true },
    api_other: 'org_other',
  },
  tokens: { acc_old: { organization: 'org_emulator', expired: true }, acc_other: 'org_other' },
}
const organization = { 'x-organization-id': DEFAULT_ORGANIZATION }

test.each([
  ['an API key', { 'x-api-key': DEFAULT_API_KEY }],
  ['an API key and its organization', { 'x-api-key': DEFAULT_API_KEY, ...organization }],
  ['an API key before a bad token', { 'x-api-key': DEFAULT_API_KEY, 'x-access-token': 'bad' }],
  ['a token', { 'x-access-token': DEFAULT_ACCESS_TOKEN }],
  ['a JWT and its organization', { authorization: `Bearer ${DEFAULT_JWT}`, ...organization }],
])('%s opens the contacts', async (_, headers) => {
  const { call } = setUp(options)
  const { status, json } = await call('GET', '/contacts', undefined, headers)
  expect([status, json.object_name]).toEqual([200, 'list'])
})

test.each([
  ['an unknown key', { 'x-api-key': 'api_none' }, 401, 'Unauthorized'],
  ['an expired key', { 'x-api-key': 'api_old' }, 401, 'Unauthorized'],
  ['a scoped key', { 'x-api-key': 'api_scoped' }, 403, 'Forbidden'],
])('%s is refused as the gateway does with keys', async (_, headers, status, error) => {
  const { call } = setUp(options)
  const answer = await call('GET', '/contacts', undefined, headers)
  const request_id = answer.headers.get('x-request-id')
  expect(request_id).toMatch(/^req_/)
  expect([answer.status, answer.json]).toEqual([status, { error, message: expect.any(String), request_id }])
})

test.each([
  ['nothing', {}],
  ['an unknown token', { 'x-access-token': 'acc_none' }],
  ['an expired token', { 'x-access-token': 'acc_old' }],
  ['a JWT without an organization', { authorization: `Bearer ${DEFAULT_JWT}` }],
])('%s is refused with a message alone', async (_, headers) => {
  const { call } = setUp(options)
  const { status, json } = await call('GET', '/contacts', undefined, { ...headers })
  expect([status, json]).toEqual([401, { message: expect.any(String) }])
})

test('another organization than the credential’s is refused with details', async () => {
  const { call } = setUp(options)
  const headers = { 'x-access-token': 'acc_other', ...organization }
  const { status, json } = await call('GET', '/contacts', undefined, headers)
  const details = { expected: 'org_other', received: DEFAULT_ORGANIZATION }
  expect([status, json]).toEqual([403, { message: 'Organization mismatch', details }])
})

test('organizations do not see each other’s contacts', async () => {
  const { call, inbox } = setUp(options)
  const [mine] = inbox.seed([{ display_name: 'Mine' }])
  const [other] = inbox.seed([{ display_name: 'Other' }], 'org_other')
  const headers = { 'x-api-key': 'api_other' }
  expect((await call('GET', '/contacts', undefined, headers)).json.count).toBe(1)
  expect((await call('GET', `/contacts/${mine?.id}`, undefined, headers)).status).toBe(404)
  expect((await call('GET', `/contacts/${other?.id}`, undefined, headers)).json.display_name).toBe('Other')
  expect(inbox.contacts).toEqual([mine])
  expect(inbox.contactsOf('org_other')).toEqual([other])
})

test('the limiter answers plain text, without Retry-After, until its window has passed', async () => {
  const { call, clock } = setUp({ rateLimit: 2 })
  await call('GET', '/contacts')
  await call('GET', '/contacts')
  const refused = await call('GET', '/contacts')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null])
  expect(refused.text).toBe('Too many requests, please try again later.')
  clock.now += 30 * 60_000
  expect((await call('GET', '/contacts')).status).toBe(200)
})

test('the gateway says at its root that it is there, to whoever asks', async () => {
  const emulator = createEmulator()
  for (const { fetch } of [emulator, emulator.channelInbox]) {
    const response = await fetch('https://inbox.test/')
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { status: 'ok', name: expect.any(String), version: expect.any(String) },
    ])
  }
  expect((await emulator.channelInbox.fetch('https://inbox.test/', { method: 'POST' })).status).toBe(404)
})
