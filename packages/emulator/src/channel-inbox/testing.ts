import type { ChannelInboxEmulator, ChannelInboxOptions, RecordedRequests } from '../index.ts'
import { createEmulator } from '../index.ts'
import { DEFAULT_API_KEY } from './options.ts'

/** When tests take place. */
const TEST_TIME = Date.UTC(2026, 0, 1)

/** An answer, read to its end. */
interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body parsed, for looking into it; `undefined` when it is no JSON. */
  readonly json: Record<string, unknown>
}

/** A fresh server, and a function that calls it the plain way. */
export interface TestInbox {
  readonly inbox: ChannelInboxEmulator
  readonly requests: RecordedRequests
  readonly clock: { now: number }
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

export function setUp(options: ChannelInboxOptions = {}): TestInbox {
  const clock = { now: TEST_TIME }
  const { channelInbox: inbox } = createEmulator({ now: () => clock.now, seed: 1, channelInbox: options })
  return {
    inbox,
    requests: inbox.requests,
    clock,
    async call(method, path, body, headers = { 'x-api-key': DEFAULT_API_KEY }) {
      const url = /^\/(?:v1|backend|channel-service)\//.test(path) ? path : `/channel-service/v1${path}`
      const isForm = body instanceof FormData
      const response = await inbox.fetch(`https://inbox.test${url}`, {
        method,
        headers: { ...headers, ...(body !== undefined && !isForm && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, headers: response.headers, text, json: Object(parsed(text)) }
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
