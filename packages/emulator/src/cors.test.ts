import { afterEach, describe, expect, it } from 'vitest'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
  type Emulator,
  type EmulatorServer,
} from './index.ts'

/** A page's request to each vendor: where to, what a browser must ask for, and the headers that it may then send. */
const vendors = [
  {
    name: 'chatbotkit',
    path: '/api/v1/contact/create',
    method: 'POST',
    headers: { authorization: `Bearer ${CHATBOTKIT_SECRET}`, 'content-type': 'application/json' },
    body: '{"name":"Ana"}',
  },
  {
    name: 'cognipeer',
    path: '/v1/sdk/contact',
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${COGNIPEER_TOKEN}`,
      'content-type': 'application/json',
      'x-hook-id': COGNIPEER_HOOK_ID,
    },
    body: '{"contact":{"integrationId":"nobody"},"updateData":{"name":"Ana"}}',
  },
  {
    name: 'channelInbox',
    path: '/channel-service/v1/contacts',
    method: 'GET',
    headers: { 'x-api-key': CHANNEL_INBOX_API_KEY },
    body: null,
  },
  {
    name: 'contactMethods',
    path: '/contact-methods/nobody',
    method: 'DELETE',
    headers: { authorization: `Bearer ${CONTACT_METHODS_API_KEY}`, 'x-environment': 'test' },
    body: null,
  },
] as const

const ORIGIN = 'https://app.example'

const servers: EmulatorServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** A `fetch` of the vendor's handler and one of its socket, as a program that is no browser may use them: with an `Origin`. */
async function waysTo(emulator: Emulator, name: (typeof vendors)[number]['name']) {
  const vendor = emulator[name]
  const [own, all] = [await vendor.listen(), await emulator.listen()]
  servers.push(own, all)
  const over = ({ url }: EmulatorServer) => ({
    call: (path: string, init: RequestInit) => fetch(url + path, init),
  })
  const inProcess = (handler: typeof fetch) => ({
    call: (path: string, init: RequestInit) => handler(`https://vendor.test${path}`, init),
  })
  return [inProcess(vendor.fetch), inProcess(emulator.fetch), over(own), over(all)]
}

describe.each(vendors)('a page of another origin at $name', ({ name, path, method, headers, body }) => {
  const asked = {
    origin: ORIGIN,
    'access-control-request-method': method,
    'access-control-request-headers': Object.keys(headers).join(','),
  }

  it('is allowed what it asks for, and the vendor hears nothing of the question', async () => {
    const emulator = createEmulator()
    emulator[name].faults.add({ status: 500, times: Number.POSITIVE_INFINITY })
    for (const { call } of await waysTo(emulator, name)) {
      const answer = await call(path, { method: 'OPTIONS', headers: asked })
      expect(answer.status).toBe(204)
      expect(await answer.text()).toBe('')
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': method,
        'access-control-allow-headers': Object.keys(headers).join(','),
      })
      expect(answer.headers.has('access-control-allow-private-network')).toBe(false)
    }
    expect(emulator[name].requests).toEqual([])
    expect(emulator[name].faults.pending).toBe(1)
    expect(emulator.audit()).toMatchObject({ writes: 0, complete: true })
  })

  it('may call loopback from a public address when it asks', async () => {
    const private_ = { ...asked, 'access-control-request-private-network': 'true' }
    for (const { call } of await waysTo(createEmulator(), name)) {
      const answer = await call(path, { method: 'OPTIONS', headers: private_ })
      expect(answer.headers.get('access-control-allow-private-network')).toBe('true')
    }
  })

  it('reads the answer and all its headers, of a failure too', async () => {
    const emulator = createEmulator()
    for (const { call } of await waysTo(emulator, name)) {
      const whole = await call(path, { method, body, headers: { ...headers, origin: ORIGIN } })
      expect(whole.headers.get('access-control-allow-origin')).toBe('*')
      expect(whole.headers.get('access-control-expose-headers')).toBe('*')

      emulator[name].faults.add({ retryAfter: 3 })
      const refused = await call(path, { method, body, headers: { ...headers, origin: ORIGIN } })
      expect(refused.status).toBe(429)
      expect(refused.headers.get('access-control-allow-origin')).toBe('*')
      expect(refused.headers.get('access-control-expose-headers')).toBe('*')
    }
    expect(emulator[name].requests).toHaveLength(8)
  })

  it('is told apart from a program, which is answered as the vendor does', async () => {
    const emulator = createEmulator()
    for (const { call } of await waysTo(emulator, name)) {
      const own = await call(path, { method, body, headers })
      const options = await call(path, { method: 'OPTIONS', headers: { origin: ORIGIN } })
      expect([...own.headers.keys()].filter((header) => header.startsWith('access-control'))).toEqual([])
      expect(options.status).not.toBe(204)
    }
    expect(emulator[name].requests).toHaveLength(8)
  })
})

it('a path that is no API is readable too', async () => {
  const answer = await createEmulator().fetch('https://vendor.test/elsewhere', {
    headers: { origin: ORIGIN },
  })
  expect(answer.status).toBe(404)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
})
