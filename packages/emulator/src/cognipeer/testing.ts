import { seededRandom } from '../random.ts'
import { type CognipeerOptions, DEFAULT_HOOK_ID, DEFAULT_TOKEN } from './options.ts'
import { type CognipeerEmulator, createCognipeer } from './server.ts'

/** An answer, read to its end. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  readonly json: any
}

/** Calls a server the plain way. */
export interface CognipeerTestClient {
  create(body: unknown): Promise<Answer>
  get(query: Readonly<Record<string, string>>): Promise<Answer>
  update(body: unknown): Promise<Answer>
  list(body?: unknown): Promise<Answer>
  call(method: string, path: string, init?: RequestInit): Promise<Answer>
}

/** A fresh server whose clock stands still until `clock.now` is set. */
export function setUpCognipeer(options: CognipeerOptions = {}): {
  readonly vendor: CognipeerEmulator
  readonly client: CognipeerTestClient
  readonly clock: { now: number }
} {
  const clock = { now: Date.UTC(2026, 0, 2, 3, 4, 5) }
  const environment = { now: () => clock.now, sleep: async () => {}, random: seededRandom(1) }
  const vendor = createCognipeer(environment, options).emulator
  const call: CognipeerTestClient['call'] = async (method, path, init = {}) => {
    const headers = new Headers({ authorization: `Bearer ${DEFAULT_TOKEN}`, 'x-hook-id': DEFAULT_HOOK_ID })
    new Headers(init.headers).forEach((value, name) => {
      if (value === '') headers.delete(name)
      else headers.set(name, value)
    })
    const response = await vendor.fetch(`https://api.test${path}`, { ...init, method, headers })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : undefined,
    }
  }
  const send = (method: string, path: string, body: unknown): Promise<Answer> =>
    call(method, path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  return {
    vendor,
    clock,
    client: {
      call,
      create: (body) => send('POST', '/v1/sdk/contact', body),
      get: (query) => call('GET', `/v1/sdk/contact?${new URLSearchParams(query)}`),
      update: (body) => send('PATCH', '/v1/sdk/contact', body),
      list: (body = {}) => send('POST', '/v1/sdk/contact/list', body),
    },
  }
}
