import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type { Contact, ContactsPolicy, ContactsWarning, ContactsWith, FetchFunction } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
  type EmulatorOptions,
} from '@anycontact/emulator'
import { createTestClock } from '../clock.ts'

/** A JSON object of an answer. */
export type Json = Record<string, unknown>

/** How a vendor's server is to differ from the emulated one. */
export interface Twist extends ContactsPolicy {
  /** Changes each answered page of the contacts' listing, counted from 0. */
  readonly page?:
    | ((body: Json, read: number, request: { readonly url: string; readonly body: string }) => Json)
    | undefined
  readonly emulator?: EmulatorOptions | undefined
}

/** A client on an emulated vendor that has contacts. */
export interface Listed {
  readonly contacts: ContactsWith<'list'>
  readonly warnings: ContactsWarning[]
  /** How many pages of the contacts' listing were asked for. */
  readonly reads: () => number
}

/** A vendor whose listing comes by pages of JSON. */
export interface ListedVendor {
  readonly name: string
  /** Where the records stand in a page. */
  readonly records: 'items' | 'data'
  /** Where a page tells the total; absent where it tells none. */
  readonly total?: 'total' | 'count'
  /** Makes a client on a server that has so many contacts. */
  listed(count: number, twist?: Twist): Listed
}

const random = (): number => 0.5

function twisted(
  path: string,
  send: FetchFunction,
  { page }: Twist,
): { readonly fetch: FetchFunction; reads: () => number } {
  let reads = 0
  return {
    reads: () => reads,
    async fetch(input, init) {
      const url = String(input instanceof Request ? input.url : input)
      if (!new URL(url).pathname.endsWith(path)) return send(input, init)
      const read = reads++
      const answer = await send(input, init)
      const isJson = answer.headers.get('content-type')?.includes('application/json')
      if (!page || !isJson) return answer
      return Response.json(page(Object(await answer.json()), read, { url, body: String(init?.body) }))
    },
  }
}

function setUp({ page: _page, emulator, ...policy }: Twist) {
  const clock = createTestClock()
  const warnings: ContactsWarning[] = []
  const options = {
    onWarning: (warning: ContactsWarning) => warnings.push(warning),
    ...policy,
    clock,
    random,
  }
  return { options, warnings, vendors: createEmulator({ now: clock.now, seed: 1, ...emulator }) }
}

/** The name of the n-th contact. */
const nameOf = (n: number): string => `Contact ${n}`

const seeds = (count: number) => Array.from({ length: count }, (_, n) => n)

/** Every vendor. */
export const LISTED_VENDORS: readonly ListedVendor[] = [
  {
    name: 'chatbotkit',
    records: 'items',
    listed(count, twist = {}) {
      const { options, warnings, vendors } = setUp(twist)
      vendors.chatbotkit.seed(seeds(count).map((n) => ({ name: nameOf(n), meta: { status: 'new' } })))
      const { fetch, reads } = twisted('/contact/list', vendors.chatbotkit.fetch, twist)
      return { contacts: chatbotkit({ secret: CHATBOTKIT_SECRET, fetch, ...options }), warnings, reads }
    },
  },
  {
    name: 'cognipeer',
    records: 'data',
    total: 'total',
    listed(count, twist = {}) {
      const { options, warnings, vendors } = setUp(twist)
      vendors.cognipeer.seed(seeds(count).map((n) => ({ name: nameOf(n), status: 'new' })))
      const { fetch, reads } = twisted('/contact/list', vendors.cognipeer.fetch, twist)
      const contacts = cognipeer({ token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID, fetch, ...options })
      return { contacts, warnings, reads }
    },
  },
  {
    name: 'channel-inbox',
    records: 'data',
    total: 'count',
    listed(count, twist = {}) {
      const { options, warnings, vendors } = setUp(twist)
      vendors.channelInbox.seed(seeds(count).map((n) => ({ display_name: nameOf(n) })))
      const { fetch, reads } = twisted('/contacts', vendors.channelInbox.fetch, twist)
      return { contacts: channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch, ...options }), warnings, reads }
    },
  },
  {
    name: 'contact-methods',
    records: 'data',
    listed(count, twist = {}) {
      const { options, warnings, vendors } = setUp(twist)
      vendors.contactMethods.seed(
        seeds(count).map((n) => ({ clientId: `client ${n}`, type: 'other', value: nameOf(n) })),
      )
      const { fetch, reads } = twisted('/contact-methods/list', vendors.contactMethods.fetch, twist)
      const contacts = contactMethods({
        apiKey: CONTACT_METHODS_API_KEY,
        environment: 'test',
        fetch,
        ...options,
      })
      return { contacts, warnings, reads }
    },
  },
]

/** Who is in a listing, in order. */
export const idsOf = (contacts: readonly Contact[]): string[] => contacts.map(({ id }) => id)

/** Reads a listing by its pages, as a stream where that is another way, and says what was found either way. */
export async function readPages(
  pages: AsyncIterable<{ readonly items: readonly Contact[]; readonly complete?: boolean }>,
) {
  const ids: string[] = []
  let complete: boolean | undefined
  let failure: unknown
  try {
    for await (const page of pages) {
      ids.push(...idsOf(page.items))
      complete = page.complete
    }
  } catch (error) {
    failure = error
  }
  return { ids, complete, failure }
}
