import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type { ContactsPolicy, HttpOptions } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import { createTestClock } from '../clock.ts'

/** A request as a server gets it. */
export interface Sent {
  readonly method: string
  readonly path: string
  /** What is in its body, parsed; `undefined` without one. */
  readonly json: unknown
  /** Its body as it was sent. */
  readonly text: string
}

/**
 * Answers a request in the place of the vendor.
 *
 * @param sent - the request
 * @param serve - has the vendor answer it, or the same with another body
 */
export type Answering = (sent: Sent, serve: (json?: unknown) => Promise<Response>) => Promise<Response>

/** What a client is made with here beside its credentials. */
export interface ServerOptions extends HttpOptions, ContactsPolicy {
  /** @default the vendor answers */
  readonly answer?: Answering
  /** A credential in the place of the right one. */
  readonly credential?: () => string
}

const random = (): number => 0.5

/** Whether a request changes anything, of any vendor. */
export function isWrite({ method, path }: Sent): boolean {
  return method !== 'GET' && !path.endsWith('/list') && !path.endsWith('/ensure')
}

function connect({ answer, credential: _, ...options }: ServerOptions, vendorFetch: typeof fetch) {
  const requests: Sent[] = []
  const clock = createTestClock()
  const fetching = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const text = request.method === 'GET' ? '' : await request.clone().text()
    const isJson = request.headers.get('content-type')?.includes('json') === true
    const sent: Sent = {
      method: request.method,
      path: new URL(request.url).pathname,
      text,
      json: isJson && text !== '' ? JSON.parse(text) : undefined,
    }
    requests.push(sent)
    const serve = (json?: unknown): Promise<Response> =>
      vendorFetch(json === undefined ? request : new Request(request, { body: JSON.stringify(json) }))
    return answer ? answer(sent, serve) : serve()
  }
  return { requests, settings: { ...options, fetch: fetching, clock, random } }
}

const emulators = () => createEmulator({ now: createTestClock().now, seed: 1 })

/** ChatBotKit, and a client of it. */
export function chatbotkitServer(options: ServerOptions = {}) {
  const emulator = emulators().chatbotkit
  const { requests, settings } = connect(options, emulator.fetch)
  const secret = options.credential ?? CHATBOTKIT_SECRET
  return { emulator, requests, contacts: chatbotkit({ ...settings, secret }) }
}

/** Cognipeer, and a client of it. */
export function cognipeerServer(options: ServerOptions = {}) {
  const emulator = emulators().cognipeer
  const { requests, settings } = connect(options, emulator.fetch)
  const token = options.credential ?? COGNIPEER_TOKEN
  return { emulator, requests, contacts: cognipeer({ ...settings, token, hookId: COGNIPEER_HOOK_ID }) }
}

/** Artu, and a client of it. */
export function contactMethodsServer(options: ServerOptions = {}) {
  const emulator = emulators().contactMethods
  const { requests, settings } = connect(options, emulator.fetch)
  const apiKey = options.credential ?? CONTACT_METHODS_API_KEY
  return { emulator, requests, contacts: contactMethods({ ...settings, apiKey, environment: 'test' }) }
}

/** iMBrace, and a client of it. */
export function channelInboxServer(options: ServerOptions = {}) {
  const emulator = emulators().channelInbox
  const { requests, settings } = connect(options, emulator.fetch)
  const apiKey = options.credential ?? CHANNEL_INBOX_API_KEY
  return { emulator, requests, contacts: channelInbox({ ...settings, apiKey }) }
}

/** A client id of Artu's. */
export const CLIENT_ID = '0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6a'

/** The connection could not be made: nothing was sent. */
export function refusedConnection(): TypeError {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  })
}

/** The connection broke while the answer was waited for. */
export function brokenConnection(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}
