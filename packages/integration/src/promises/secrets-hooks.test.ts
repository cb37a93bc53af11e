import { ContactClient as ChatBotKitFace } from '@anycontact/chatbotkit/api'
import { ContactsError, type RequestEvent } from '@anycontact/core'
import { describe, expect, test } from 'vitest'
import type { HostileName } from './hostile-server.ts'
import {
  CLIENT_ID,
  channelInboxServer,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
  type Sent,
} from './vendor-servers.ts'

describe('hooks see routes, and neither ids nor queries', () => {
  const id = 'jose.nandu@example.com'
  const secret = /nandu|0a3c5b52|crm-7f3a9c|email/i

  // biome-ignore lint/suspicious/noExplicitAny: the clients differ in what they take
  type Any = any
  const servers: readonly (readonly [HostileName, (options: object) => { contacts: Any }, string])[] = [
    ['chatbotkit', chatbotkitServer, '/v1/contact/{contactId}/fetch'],
    ['cognipeer', cognipeerServer, '/v1/sdk/contact'],
    ['contact-methods', contactMethodsServer, '/clients/{clientId}/contact-methods'],
    ['channel-inbox', channelInboxServer, '/channel-service/v1/contacts/{id}'],
  ]

  test.each(servers)('%s', async (name, make, route) => {
    for (const status of [undefined, 503]) {
      const events: RequestEvent[] = []
      const keep = (event: RequestEvent): number => events.push(event)
      const { contacts } = make({
        ...(status && { answer: async () => new Response('', { status }) }),
        onRequest: keep,
        onResponse: keep,
        onRetry: keep,
      })
      const subject = name === 'contact-methods' ? CLIENT_ID : id
      const settle = (run: Promise<unknown>): Promise<unknown> => run.catch(() => undefined)
      await settle(contacts.get(subject))
      await settle(contacts.update(subject, { phone: '+14155552671' }))
      await settle(contacts.delete?.(subject))
      await settle(Promise.resolve(contacts.list({ where: { email: id } })))
      for (const group of ['conversations', 'comments', 'files'] as const) {
        if (contacts.capabilities[group]) await settle(Promise.resolve(contacts[group].list(subject)))
      }
      if (contacts.capabilities.contactMethods) {
        await settle(contacts.contactMethods.getPrimary(subject, 'email'))
        await settle(contacts.contactMethods.update('crm-7f3a9c', { label: 'x' }))
      }
      const paths = [...new Set(events.map(({ url }) => new URL(url.replace(/[{}]/g, '_')).pathname))]
      expect(paths).not.toEqual([])
      for (const { url } of events) {
        // The route's own words are no one's.
        expect(url.replace('/primary/', '/')).not.toMatch(secret)
        expect(url).not.toContain('?')
      }
      expect(
        events.map(({ url }) => new URL(url).origin + url.slice(new URL(url).origin.length)).join(' '),
      ).toContain(route)
    }
  })

  test('a path that was written by hand', async () => {
    const urls: string[] = []
    const client = new ChatBotKitFace({
      secret: 'sk-1',
      baseUrl: 'http://localhost/mount',
      onRequest: ({ url }) => urls.push(url),
      fetch: async () => Response.json({}),
    })
    await client.clientFetch('/api/v1/contact/crm-7f3a9c/fetch?email=a')
    await client.clientFetch('/api/v1/bot/jose.nandu@example.com/list')
    expect(urls).toEqual([
      'http://localhost/mount/api/v1/contact/{contactId}/fetch',
      'http://localhost/mount/api/v1/{}/{}/list',
    ])
  })

  test('where a server redirects to', async () => {
    const urls: string[] = []
    const { contacts } = channelInboxServer({
      answer: async ({ path }) =>
        path.includes('/v2/')
          ? new Response('', { status: 503 })
          : new Response(null, {
              status: 302,
              headers: { location: '/v2/people/jose.nandu@example.com?x=1' },
            }),
      retry: false,
      onRequest: ({ url }) => urls.push(new URL(url).pathname),
      onResponse: ({ url }) => urls.push(new URL(url).pathname),
    })
    await contacts.get(id).catch((error: unknown) => expect(ContactsError.is(error)).toBe(true))
    expect(urls.map(decodeURI)).toEqual([
      '/channel-service/v1/contacts/{id}',
      '/channel-service/v1/contacts/{id}',
      '/v2/{}/{}',
      '/v2/{}/{}',
    ])
  })

  test.each(servers)('headers of an answer do not repeat what was sent, at %s', async (name, make) => {
    const shown: Record<string, string>[] = []
    const usual = {
      'content-type': 'application/json',
      server: 'nginx/1.25.3',
      'x-ratelimit-limit': '100',
      'cache-control': 'no-store, must-revalidate',
      'x-request-id': 'req_01HZX8K2M3',
      vary: 'Accept-Encoding, Origin',
    }
    const { contacts } = make({
      answer: async ({ path, text }: Sent) =>
        new Response('{"message":"Not today"}', {
          status: 400,
          headers: {
            ...usual,
            'x-original-path': path.toUpperCase(),
            'x-escaped': encodeURIComponent(text),
            'x-echo': `seen ${id}, ${CLIENT_ID}, +14155552671`,
          },
        }),
      retry: false,
      onResponse: ({ responseHeaders }: { responseHeaders: Record<string, string> }) =>
        shown.push(responseHeaders),
    })
    const subject = name === 'contact-methods' ? CLIENT_ID : id
    const settle = (run: Promise<unknown>): Promise<unknown> => run.catch(() => undefined)
    await settle(contacts.get(subject))
    await settle(contacts.update(subject, { phone: '+14155552671' }))
    expect(shown).not.toEqual([])
    for (const headers of shown) {
      expect(headers).toMatchObject(usual)
      expect(JSON.stringify(headers)).not.toMatch(/nandu|0a3c5b52/i)
    }
  })
})
