import {
  CHANNEL_INBOX_JWT as JWT,
  CHANNEL_INBOX_API_KEY as KEY,
  CHANNEL_INBOX_ORGANIZATION as ORGANIZATION,
  CHANNEL_INBOX_ACCESS_TOKEN as TOKEN,
} from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import { channelInbox } from '../channel-inbox.ts'
import { apiSetup, failure } from '../testing/setup.ts'
import { isJwt } from './credentials.ts'
import type { ImbraceClientOptions } from './options.ts'

const none = { apiKey: undefined } as const
const NAMES = ['x-api-key', 'x-access-token', 'authorization', 'x-organization-id'] as const

async function sentWith(config: ImbraceClientOptions): Promise<object> {
  const { client, vendor } = apiSetup(config)
  await client.contacts.list()
  const headers = vendor.requests[0]?.headers ?? {}
  return Object.fromEntries(NAMES.filter((name) => name in headers).map((name) => [name, headers[name]]))
}

describe('credentials', () => {
  it.each<[string, ImbraceClientOptions, object]>([
    ['an API key', {}, { 'x-api-key': KEY }],
    [
      'an API key with an organization',
      { organizationId: ORGANIZATION },
      { 'x-api-key': KEY, 'x-organization-id': ORGANIZATION },
    ],
    ['a token', { ...none, accessToken: TOKEN }, { 'x-access-token': TOKEN }],
    [
      'a token with an organization',
      { ...none, accessToken: TOKEN, organizationId: ORGANIZATION },
      { 'x-access-token': TOKEN, 'x-organization-id': ORGANIZATION },
    ],
    [
      'a JWT with an organization',
      { ...none, accessToken: JWT, organizationId: ORGANIZATION },
      { authorization: `Bearer ${JWT}`, 'x-organization-id': ORGANIZATION },
    ],
    ['an API key and a token', { accessToken: TOKEN }, { 'x-api-key': KEY, 'x-access-token': TOKEN }],
    [
      'functions',
      { apiKey: async () => KEY, organizationId: () => ORGANIZATION },
      { 'x-api-key': KEY, 'x-organization-id': ORGANIZATION },
    ],
  ])('sends %s as the vendor does', async (_, config, headers) => {
    expect(await sentWith(config)).toEqual(headers)
  })

  it('sends a JWT without an organization as any other token', async () => {
    const { client, vendor } = apiSetup({ ...none, accessToken: JWT })
    await client.contacts.list()
    expect(vendor.requests[0]?.headers).toMatchObject({ 'x-access-token': JWT })
  })

  it.each([
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', true],
    [JWT, true],
    ['acc_1234', false],
    ['login_acc_1.2.3', false],
    ['a.b.c', false],
    ['bnVsbA.b.c', false],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0', false],
    ['eyJhbGciOiJIUzI1NiJ9..c2ln', false],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln.more', false],
  ])('%s: a JWT %o', (token, expected) => {
    expect(isJwt(token)).toBe(expected)
  })

  it('asks a function before each attempt', async () => {
    let asked = 0
    const apiKey = (): string => (++asked === 1 ? 'api_old' : KEY)
    const { client, vendor } = apiSetup({ apiKey })
    vendor.faults.add({ status: 503 })
    await client.contacts.list()
    expect(asked).toBe(2)
  })

  it.each<[string, ImbraceClientOptions]>([
    ['apiKey', { apiKey: ' ' }],
    ['accessToken', { ...none, accessToken: ' ' }],
    ['organizationId', { organizationId: '\t' }],
  ])('refuses a blank %s when the client is made', (name, config) => {
    expect(() => apiSetup(config)).toThrow(
      expect.objectContaining({ code: 'config', message: expect.stringContaining(name) }),
    )
  })

  it('takes empty text for none, as the vendor’s client does', async () => {
    const config = { apiKey: '', accessToken: TOKEN, organizationId: '' }
    expect(await sentWith(config)).toEqual({ 'x-access-token': TOKEN })
  })

  it.each(['apiKey', 'accessToken', 'organizationId'])(
    'is strict about %s in a normalized client',
    (name) => {
      const options = { apiKey: KEY, accessToken: TOKEN, organizationId: ORGANIZATION, [name]: '' }
      expect(() => channelInbox(options)).toThrow(
        expect.objectContaining({ code: 'config', message: expect.stringContaining(name) }),
      )
    },
  )

  it('refuses a request without a credential, before it is sent', async () => {
    const { client, vendor } = apiSetup({ ...none, organizationId: ORGANIZATION })
    expect(await failure(client.contacts.list())).toMatchObject({ code: 'config' })
    expect(vendor.requests).toEqual([])
    expect(() => channelInbox({})).toThrow(expect.objectContaining({ code: 'config' }))
  })

  it('takes a token later, in place of the API key, and forgets it', async () => {
    const { client, vendor } = apiSetup({ organizationId: ORGANIZATION })
    client.setAccessToken(TOKEN)
    await client.contacts.list()
    expect(vendor.requests[0]?.headers).toMatchObject({
      'x-access-token': TOKEN,
      'x-organization-id': ORGANIZATION,
    })
    expect(vendor.requests[0]?.headers).not.toHaveProperty('x-api-key')
    client.clearAccessToken()
    expect(await failure(client.contacts.list())).toMatchObject({ code: 'config' })
    client.setAccessToken('')
    expect(await failure(client.contacts.list())).toMatchObject({ code: 'config', name: 'AuthError' })
    expect(() => client.setAccessToken(' ')).toThrow(expect.objectContaining({ code: 'config' }))
  })
})
