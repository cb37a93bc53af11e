import { describe, expect, test } from 'vitest'
import { DEFAULT_API_TOKEN } from './options.ts'
import { setUpCognipeer } from './testing.ts'

const LIST = '/v1/sdk/contact/list'

describe('who may ask', () => {
  test('either kind of token, with a hook', async () => {
    const { client } = setUpCognipeer()
    expect(await client.list()).toMatchObject({ status: 200, json: { success: true } })
    const headers = { authorization: `Bearer ${DEFAULT_API_TOKEN}` }
    expect((await client.call('POST', LIST, { body: '{}', headers })).status).toBe(200)
  })

  test('no Authorization header is a 401 that names it', async () => {
    const { client } = setUpCognipeer()
    const answer = await client.call('POST', LIST, { body: '{}', headers: { authorization: '' } })
    expect([answer.status, answer.json.statusCode]).toEqual([401, 401])
    expect(answer.json.message).toContain('Authorization')
  })

  test.each([401, 403] as const)('a wrong or revoked token is a %i', async (badTokenStatus) => {
    const { client } = setUpCognipeer({
      badTokenStatus,
      tokens: { old: { workspace: 'emulator', revoked: true } },
    })
    for (const token of ['nope', 'old']) {
      const headers = { authorization: `Bearer ${token}` }
      const answer = await client.call('POST', LIST, { body: '{}', headers })
      expect(answer.status).toBe(badTokenStatus)
      expect(answer.json.message).toContain('Authorization')
    }
  })

  test.each([400, 401] as const)(
    'a missing hook is a %i, wherever else one is',
    async (missingHookStatus) => {
      const { client } = setUpCognipeer({ missingHookStatus })
      const init = { body: '{"hookId":"emulatorhook"}', headers: { 'x-hook-id': '' } }
      expect((await client.call('POST', `${LIST}?hookId=emulatorhook`, init)).status).toBe(missingHookStatus)
    },
  )

  test.each([400, 401, 403, 404] as const)(
    'an unknown, switched-off or foreign hook is a %i',
    async (badHookStatus) => {
      const hooks = { off: { workspace: 'emulator', active: false }, other: 'other' }
      const { client } = setUpCognipeer({ badHookStatus, hooks })
      for (const hook of ['nope', 'off', 'other']) {
        const answer = await client.call('POST', LIST, { body: '{}', headers: { 'x-hook-id': hook } })
        expect(answer.status).toBe(badHookStatus)
        expect(answer.json.message.includes('not found')).toBe(badHookStatus === 404)
      }
    },
  )

  test('workspaces do not see each other', async () => {
    const { client, vendor } = setUpCognipeer({
      tokens: { pat_other: 'other' },
      hooks: { hookother: 'other' },
    })
    vendor.seed([{ email: 'ana@ex.org' }])
    vendor.seed([{ email: 'bo@ex.org' }], 'other')
    const headers = { authorization: 'Bearer pat_other', 'x-hook-id': 'hookother' }
    const { json } = await client.call('POST', LIST, { body: '{}', headers })
    expect(json.data).toMatchObject([{ email: 'bo@ex.org', workspaceId: 'other' }])
    expect(vendor.contactsOf('other')).toHaveLength(1)
    expect((await client.list()).json.total).toBe(1)
  })

  test('a hook may see the contacts of its peer alone', async () => {
    const { client, vendor } = setUpCognipeer({
      visibility: 'peer',
      setsPeer: true,
      hooks: { second: { workspace: 'emulator', peer: 'peer-2' } },
    })
    await client.create({ email: 'ana@ex.org' })
    const body = JSON.stringify({ email: 'bo@ex.org' })
    await client.call('POST', '/v1/sdk/contact', { body, headers: { 'x-hook-id': 'second' } })
    expect(vendor.contacts.map(({ peerId }) => peerId)).toEqual(['peer-emulator', 'peer-2'])
    expect((await client.list()).json.data).toMatchObject([{ email: 'ana@ex.org' }])
    expect((await client.get({ email: 'bo@ex.org' })).status).toBe(404)
  })
})

describe('the limit', () => {
  const rateLimit = { requests: 2, perMs: 60_000 }

  test('answers 429 with the vendor’s headers until the window resets', async () => {
    const { client, clock } = setUpCognipeer({ rateLimit })
    const first = await client.list()
    expect(first.headers.get('x-ratelimit-limit')).toBe('2')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1')
    await client.list()
    const refused = await client.list()
    expect([refused.status, refused.json]).toEqual([429, { message: 'Too many requests', statusCode: 429 }])
    expect(refused.headers.get('x-ratelimit-reset')).toBe(String((clock.now + 60_000) / 1000))
    expect(refused.headers.get('retry-after')).toBeNull()
    clock.now += 60_000
    expect((await client.list()).status).toBe(200)
  })

  test('may have Retry-After beside them', async () => {
    const { client } = setUpCognipeer({ rateLimit, retryAfter: true })
    await client.list()
    await client.list()
    expect((await client.list()).headers.get('retry-after')).toBe('60')
  })
})

test('paths begin as the option says; others are not there', async () => {
  const { client } = setUpCognipeer({ prefix: '/api/v2' })
  expect((await client.call('POST', '/api/v2/sdk/contact/list', { body: '{}' })).status).toBe(200)
  for (const [method, path] of [
    ['POST', LIST],
    ['DELETE', '/api/v2/sdk/contact'],
    ['GET', '/api/v2/sdk/contact/c1'],
  ] as const) {
    expect((await client.call(method, path)).status).toBe(404)
  }
})
