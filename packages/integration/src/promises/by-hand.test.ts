// Any endpoint of a vendor by hand: with the client's own conduct, below its base URL, and never twice unless that is harmless.
import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import { ContactsError, type ContactsWith, type HttpOptions, type RequestEvent } from '@anycontact/core'
import { createEmulator } from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { describe, expect, test } from 'vitest'
import { createTestClock } from '../clock.ts'
import { EVIL_PATHS } from './evil-paths.ts'
import { foundIn, quoting, renderings } from './hostile-server.ts'
import {
  type Answering,
  brokenConnection,
  CLIENT_ID,
  channelInboxServer,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
  refusedConnection,
  type Sent,
  type ServerOptions,
} from './vendor-servers.ts'

interface Server {
  readonly contacts: ContactsWith<'request'>
  readonly requests: readonly Sent[]
}

interface Vendor {
  readonly name: string
  readonly base: string
  /** A server that knows somebody named Ana. */
  readonly server: (options?: ServerOptions) => Server
  readonly client: (options: HttpOptions) => ContactsWith<'request'>
  /** What reads her. */
  readonly read: { readonly path: string; readonly query?: Readonly<Record<string, string>> }
  /** What adds somebody, and tells whose name is stored then. */
  readonly write: { readonly path: string; readonly json: Readonly<Record<string, string>> }
}

const VENDORS: readonly Vendor[] = [
  {
    name: 'chatbotkit',
    base: 'https://api.chatbotkit.com',
    server(options) {
      const served = chatbotkitServer(options)
      served.emulator.seed([{ name: 'Ana' }])
      return served
    },
    client: (options) => chatbotkit({ secret: 's-1', ...options }),
    read: { path: '/v1/contact/list', query: { take: '1' } },
    write: { path: '/v1/contact/create', json: { name: 'Bo' } },
  },
  {
    name: 'cognipeer',
    base: 'https://api.cognipeer.com/v1',
    server(options) {
      const served = cognipeerServer(options)
      served.emulator.seed([{ name: 'Ana', email: 'ana@example.com' }])
      return served
    },
    client: (options) => cognipeer({ token: 's-1', hookId: 'h-1', ...options }),
    read: { path: '/sdk/contact', query: { email: 'ana@example.com' } },
    write: { path: '/sdk/contact', json: { name: 'Bo', email: 'bo@example.com' } },
  },
  {
    name: 'channel-inbox',
    base: 'https://app-gatewayv2.imbrace.co',
    server(options) {
      const served = channelInboxServer(options)
      served.emulator.seed([{ display_name: 'Ana' }])
      return served
    },
    client: (options) => channelInbox({ apiKey: 's-1', ...options }),
    read: { path: '/channel-service/v1/contacts' },
    write: { path: '/channel-service/v1/contacts', json: { display_name: 'Bo' } },
  },
  {
    name: 'contact-methods',
    base: 'https://api.artu.ai',
    server(options) {
      const served = contactMethodsServer(options)
      served.emulator.seed([{ clientId: CLIENT_ID, type: 'email', value: 'ana@example.com', label: 'Ana' }])
      return served
    },
    client: (options) => contactMethods({ apiKey: 's-1', environment: 'test', ...options }),
    read: { path: `/clients/${CLIENT_ID}/contact-methods` },
    write: {
      path: '/contact-methods',
      json: { clientId: CLIENT_ID, type: 'email', value: 'bo@example.com', label: 'Bo' },
    },
  },
]

async function errorOf(run: Promise<unknown>): Promise<ContactsError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (ContactsError.is(error)) return error
  throw new Error('expected a ContactsError', { cause: error })
}

describe.each(VENDORS)('$name', ({ server, client, base, read, write }) => {
  test('is asked with the client’s credential, and answers as it does', async () => {
    const { contacts, requests } = server()
    expect(JSON.stringify(await contacts.request(read))).toContain('Ana')
    await contacts.request({ method: 'POST', ...write })
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST'])
    expect(requests[1]?.json).toEqual(write.json)
    expect(contacts.supports('request')).toBe(true)
  })

  test('is asked below its base URL, whatever stands in the path', async () => {
    const urls: string[] = []
    const contacts = client({
      async fetch(input) {
        urls.push(String(input))
        return Response.json({})
      },
    })
    await contacts.request({ path: '/a/joão é/%2F{id}/x@evil.test', query: { q: 'a&b=c', many: [1, 2] } })
    expect(urls).toEqual([`${base}/a/jo%C3%A3o%20%C3%A9/%2F%7Bid%7D/x@evil.test?q=a%26b%3Dc&many=1&many=2`])
  })

  test.each(EVIL_PATHS)('refuses the path %j', async (path) => {
    const { contacts, requests } = server()
    const error = await errorOf(contacts.request({ path }))
    expect(error).toMatchObject({ code: 'invalid_input', operation: 'request', applied: 'no' })
    expect(error.message).not.toContain('evil')
    expect(requests).toEqual([])
  })

  test('does not follow a redirect to another origin', async () => {
    const answer = async (): Promise<Response> =>
      new Response(null, { status: 307, headers: { location: 'https://evil.test/x' } })
    const { contacts, requests } = server({ answer })
    await expect(contacts.request(read)).rejects.toMatchObject({ code: 'bad_response' })
    expect(requests).toHaveLength(1)
  })

  test('an answer that says that it is none is believed of no write', async () => {
    for (const said of [{ success: false, message: 'No' }, { error: { message: 'No' } }]) {
      const { contacts, requests } = server({ answer: async () => Response.json(said) })
      const error = await errorOf(contacts.request({ method: 'POST', ...write }))
      expect([error.applied, requests.length]).toEqual(['unknown', 1])
    }
  })

  /** The vendor does what it is asked for, and the answer is lost. */
  const lost: Answering = async (_, serve) => {
    await serve()
    throw brokenConnection()
  }

  test('a POST whose answer is lost is sent once, and may have been applied', async () => {
    const { contacts, requests } = server({ answer: lost })
    const error = await errorOf(contacts.request({ method: 'POST', ...write }))
    expect(error).toMatchObject({ code: 'network', applied: 'unknown', retryable: false })
    expect(requests).toHaveLength(1)
  })

  test('a read is repeated, and so is what is said to be idempotent', async () => {
    let asked = 0
    const answer: Answering = async (_, serve) => (asked++ === 0 ? lost(_, serve) : serve())
    const once = server({ answer })
    expect(JSON.stringify(await once.contacts.request(read))).toContain('Ana')
    expect(once.requests).toHaveLength(2)
    asked = 0
    const single = server({ answer })
    const error = await errorOf(single.contacts.request(read, { idempotent: false }))
    expect([error.applied, single.requests.length]).toEqual(['unknown', 1])
    const always = server({ answer: lost })
    const options = { idempotent: true, retry: { attempts: 3 } }
    const failed = await errorOf(always.contacts.request({ method: 'POST', ...write }, options))
    expect([failed.applied, failed.retryable, always.requests.length]).toEqual(['unknown', true, 3])
  })

  test('what was surely not applied is repeated, whatever it is', async () => {
    for (const refuse of [
      () => Promise.reject(refusedConnection()),
      async () => new Response('{}', { status: 429, headers: { 'retry-after': '1' } }),
    ]) {
      let asked = 0
      const { contacts, requests } = server({
        answer: (_, serve) => (asked++ === 0 ? refuse() : serve()),
      })
      await contacts.request({ method: 'POST', ...write })
      expect(requests).toHaveLength(2)
    }
  })

  test('a credential that was renewed is asked for again', async () => {
    let asked = 0
    const { contacts, requests } = server({ credential: () => `wrong ${++asked}` })
    await expect(contacts.request(read)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect([requests.length, asked]).toEqual([2, 2])
  })

  test('its errors are read as the vendor’s, and neither they nor hooks show what was sent', async () => {
    const events: RequestEvent[] = []
    const sent = ['crm-7f3a9c', 'q-55aa10', 'José Ñandú']
    for (const status of [400, 404, 409, 503]) {
      const { contacts } = server({
        answer: async () => quoting(`Nothing at ${sent.join(', ')}`, status),
        onRequest: (event) => events.push(event),
        retry: false,
      })
      const error = await errorOf(
        contacts.request({
          method: 'POST',
          path: '/v1/things/crm-7f3a9c/parts',
          query: { q: 'q-55aa10' },
          json: { name: 'José Ñandú' },
        }),
      )
      expect(error).toMatchObject({ operation: 'request', status })
      expect(foundIn(renderings(error), sent)).toEqual([])
    }
    expect(events.map(({ operation }) => operation)).toEqual(Array(4).fill('request'))
    expect(foundIn(JSON.stringify(events), sent)).toEqual([])
  })

  test('it counts in `concurrency` and `rateLimit`, and ends by its time limits', async () => {
    let taken = 0
    let open = 0
    let most = 0
    const { contacts } = server({
      concurrency: 2,
      rateLimit: { take: async () => void taken++ },
      async answer(_, serve) {
        most = Math.max(most, ++open)
        await new Promise((resolve) => setTimeout(resolve, 1))
        open--
        return serve()
      },
    })
    await Promise.all(Array.from({ length: 6 }, () => contacts.request(read)))
    expect([taken, most]).toEqual([6, 2])
    const clock = createTestClock()
    const silent = client({ clock, fetch: () => new Promise(() => {}) })
    const timed = silent.request(read, { deadlineMs: 10, retry: false })
    await expect(timed).rejects.toMatchObject({ code: 'timeout', operation: 'request', applied: 'no' })
    const left = new Error('left')
    await expect(silent.request(read, { signal: AbortSignal.abort(left) })).rejects.toBe(left)
  })
})

test('the vendor’s classification of a refusal counts', async () => {
  const emulator = createEmulator({ seed: 1 })
  const contacts = channelInbox({ apiKey: 'wrong', fetch: emulator.channelInbox.fetch })
  await expect(contacts.request({ path: '/channel-service/v1/contacts' })).rejects.toMatchObject({
    code: 'unauthenticated',
    provider: 'channel-inbox',
  })
})

test('ChatBotKit takes its two spellings of a path, at its own host and at another', async () => {
  const urls: string[] = []
  const fetch = async (input: string | URL | Request): Promise<Response> => {
    urls.push(String(input))
    return Response.json({})
  }
  for (const path of ['/v1/bot/list', '/api/v1/bot/list']) {
    await chatbotkit({ secret: 's', fetch }).request({ path })
    await chatbotkit({ secret: 's', fetch, baseUrl: 'https://proxy.example/kit' }).request({ path })
  }
  expect(urls).toEqual([
    'https://api.chatbotkit.com/v1/bot/list',
    'https://proxy.example/kit/v1/bot/list',
    'https://api.chatbotkit.com/v1/bot/list',
    'https://proxy.example/kit/api/v1/bot/list',
  ])
})

test('memory, which has no vendor, has none', async () => {
  const contacts = memory()
  expect(contacts.supports('request')).toBe(false)
  const request: unknown = Reflect.get(contacts, 'request')
  const call = typeof request === 'function' ? request({ path: '/x' }) : undefined
  await expect(call).rejects.toMatchObject({ code: 'unsupported', provider: 'memory' })
})
