import { channelInbox } from '@anycontact/channel-inbox'
import { ImbraceClient } from '@anycontact/channel-inbox/api'
import { chatbotkit } from '@anycontact/chatbotkit'
import { ContactClient } from '@anycontact/chatbotkit/api'
import { cognipeer } from '@anycontact/cognipeer'
import { CognipeerClient } from '@anycontact/cognipeer/api'
import { contactMethods } from '@anycontact/contact-methods'
import { ComplianceSDK } from '@anycontact/contact-methods/api'
import { describe, expect, test } from 'vitest'
import { CLIENT_ID } from './vendor-servers.ts'

type Fetch = typeof fetch

/** Makes a client and has it ask for something; gives the promise of that. */
type Ask = (url: string, fetch: Fetch) => PromiseLike<unknown>

/** Every way to say where an API is, with the path of what is asked for behind it. */
const WAYS: readonly (readonly [name: string, path: string, ask: Ask])[] = [
  [
    'chatbotkit',
    '/api/v1/contact/c1/fetch',
    (baseUrl, fetch) => chatbotkit({ secret: 's', baseUrl, fetch }).get('c1'),
  ],
  [
    'chatbotkit/api',
    '/api/v1/contact/c1/fetch',
    (baseUrl, fetch) => new ContactClient({ secret: 's', baseUrl, fetch }).fetch('c1'),
  ],
  [
    'chatbotkit/api, host and protocol',
    '/api/v1/contact/c1/fetch',
    (baseUrl, fetch) => {
      const host =
        URL.canParse(baseUrl) && new URL(baseUrl).protocol.startsWith('http')
          ? new URL(baseUrl).host
          : undefined
      return new ContactClient({
        secret: 's',
        baseUrl,
        ...(host && { host, protocol: 'https:' }),
        fetch,
      }).fetch('c1')
    },
  ],
  [
    'chatbotkit/api, extended',
    '/api/v1/contact/c1/fetch',
    (baseUrl, fetch) => new ContactClient({ secret: 's', fetch }).extend({ baseUrl }).fetch('c1'),
  ],
  [
    'chatbotkit/api, by hand',
    '/api/v1/bot/list',
    (baseUrl, fetch) => new ContactClient({ secret: 's', baseUrl, fetch }).clientFetch('/api/v1/bot/list'),
  ],
  [
    'cognipeer',
    '/sdk/contact',
    (baseUrl, fetch) =>
      cognipeer({ token: 't', hookId: 'h', baseUrl, fetch }).get({ email: 'a@example.com' }),
  ],
  [
    'cognipeer/api, apiUrl',
    '/sdk/contact',
    (apiUrl, fetch) =>
      new CognipeerClient({ token: 't', hookId: 'h', apiUrl, fetch }).contacts.get({
        email: 'a@example.com',
      }),
  ],
  [
    'channel-inbox',
    '/channel-service/v1/contacts/c1',
    (baseUrl, fetch) => channelInbox({ apiKey: 'k', baseUrl, fetch }).get('c1'),
  ],
  [
    'channel-inbox/api',
    '/channel-service/v1/contacts/c1',
    (baseUrl, fetch) => new ImbraceClient({ apiKey: 'k', baseUrl, fetch }).contacts.get('c1'),
  ],
  [
    'channel-inbox/api, services',
    '/v1/contacts/c1',
    (channelService, fetch) =>
      new ImbraceClient({ apiKey: 'k', services: { channelService }, fetch }).contacts.get('c1'),
  ],
  [
    'contact-methods',
    `/clients/${CLIENT_ID}/contact-methods`,
    (baseUrl, fetch) => contactMethods({ apiKey: 'k', environment: 'test', baseUrl, fetch }).get(CLIENT_ID),
  ],
  [
    'contact-methods/api',
    '/contact-methods/m1',
    (baseUrl, fetch) =>
      new ComplianceSDK({ apiKey: 'k', environment: 'test', baseUrl, fetch }).contactMethods.retrieve('m1'),
  ],
]

describe.each(WAYS)('%s', (_, path, ask) => {
  test.each([
    ['https://proxy.example', 'https://proxy.example'],
    ['https://proxy.example/', 'https://proxy.example'],
    ['https://proxy.example/crm/v2', 'https://proxy.example/crm/v2'],
    ['https://proxy.example/crm/v2///', 'https://proxy.example/crm/v2'],
    ['https://proxy.example:8443/a%20b/', 'https://proxy.example:8443/a%20b'],
  ])('keeps the path of %s', async (given, base) => {
    const urls: string[] = []
    const fetch: Fetch = async (input) => {
      urls.push(new Request(input).url)
      return Response.json({}, { status: 400 })
    }
    await expect(ask(given, fetch)).rejects.toMatchObject({ code: 'invalid_input' })
    expect(urls.map((url) => url.replace(/[?].*$/, ''))).toEqual([base + path])
  })

  test.each([
    'https://proxy.example/v2?tenant=hunter2',
    'https://proxy.example/v2/?',
    'https://proxy.example/v2#hunter2',
    'https://proxy.example/v2#',
    'https://hunter2@proxy.example/v2',
    'https://me:hunter2@proxy.example',
    'ftp://proxy.example/hunter2',
    'file:///etc/hunter2',
    'data:text/plain,hunter2',
  ])('refuses %s before anything is sent', async (given) => {
    const urls: string[] = []
    const fetch: Fetch = async (input) => {
      urls.push(new Request(input).url)
      return Response.json({})
    }
    const error = await Promise.resolve()
      .then(() => ask(given, fetch))
      .then(
        () => undefined,
        (reason: unknown) => reason,
      )
    expect(error).toMatchObject({ code: 'config' })
    expect(String(error)).not.toContain('hunter2')
    expect(urls).toEqual([])
  })
})

test('Cognipeer’s own `baseUrl` is where its web application is: no request goes there', async () => {
  const urls: string[] = []
  const fetch: Fetch = async (input) => {
    urls.push(new Request(input).url)
    return Response.json({}, { status: 400 })
  }
  const client = new CognipeerClient({
    token: 't',
    hookId: 'h',
    baseUrl: 'https://app.cognipeer.com/x?y#z',
    fetch,
  })
  await expect(client.contacts.list()).rejects.toMatchObject({ code: 'invalid_input' })
  expect(urls).toEqual(['https://api.cognipeer.com/v1/sdk/contact/list'])
})
