import { type ChannelInboxContacts, channelInbox } from '@anycontact/channel-inbox'
import { type ChatBotKitContacts, chatbotkit } from '@anycontact/chatbotkit'
import { type CognipeerContacts, cognipeer } from '@anycontact/cognipeer'
import { type ContactMethodsContacts, contactMethods } from '@anycontact/contact-methods'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  type ChannelInboxEmulator,
  type ChatBotKitEmulator,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  type CognipeerEmulator,
  type CognipeerSwitches,
  type ContactMethodsEmulator,
  createEmulator,
} from '@anycontact/emulator'
import { createTestClock } from '../clock.ts'

/** A request on its way to an emulated vendor. */
export interface Passing {
  readonly method: string
  /** Below the host, without the query. */
  readonly path: string
  readonly url: URL
  readonly init: RequestInit
  /** The JSON of its body. */
  readonly json: Readonly<Record<string, unknown>>
}

/** Stands between a client and a vendor: passes a request on, changed or not, or answers it itself. */
export type Between = (
  request: Passing,
  pass: (init?: RequestInit, url?: URL) => Promise<Response>,
) => Promise<Response>

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** A client, the emulated vendor that it speaks to, and what it has sent: method and path of each request. */
export interface Served<Contacts, Vendor> {
  readonly contacts: Contacts
  readonly vendor: Vendor
  readonly sent: readonly string[]
}

function standBetween(fetch: Fetch, between: Between | undefined, sent: string[]): Fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const method = init.method ?? 'GET'
    sent.push(`${method} ${url.pathname}`)
    const pass = (changed = init, to = url): Promise<Response> => fetch(to, changed)
    if (!between) return pass()
    const json = typeof init.body === 'string' ? JSON.parse(init.body) : {}
    return between({ method, path: url.pathname, url, init, json }, pass)
  }
}

const random = (): number => 0.5

/** ChatBotKit. */
export function servedChatBotKit(between?: Between): Served<ChatBotKitContacts, ChatBotKitEmulator> {
  const clock = createTestClock()
  const vendor = createEmulator({ now: clock.now, seed: 1 }).chatbotkit
  const sent: string[] = []
  const fetch = standBetween(vendor.fetch, between, sent)
  return { contacts: chatbotkit({ secret: CHATBOTKIT_SECRET, fetch, clock, random }), vendor, sent }
}

/** Cognipeer. */
export function servedCognipeer(
  between?: Between,
  switches: Partial<CognipeerSwitches> = {},
  uniqueKeys: readonly ('email' | 'externalId')[] = [],
): Served<CognipeerContacts, CognipeerEmulator> {
  const clock = createTestClock()
  const vendor = createEmulator({ now: clock.now, seed: 1, cognipeer: switches }).cognipeer
  const sent: string[] = []
  const fetch = standBetween(vendor.fetch, between, sent)
  const credentials = { token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID }
  return { contacts: cognipeer({ ...credentials, fetch, clock, random, uniqueKeys }), vendor, sent }
}

/** The channel inbox. */
export function servedChannelInbox(between?: Between): Served<ChannelInboxContacts, ChannelInboxEmulator> {
  const clock = createTestClock()
  const vendor = createEmulator({ now: clock.now, seed: 1 }).channelInbox
  const sent: string[] = []
  const fetch = standBetween(vendor.fetch, between, sent)
  return { contacts: channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch, clock, random }), vendor, sent }
}

/** Contact methods. */
export function servedContactMethods(
  between?: Between,
): Served<ContactMethodsContacts, ContactMethodsEmulator> {
  const clock = createTestClock()
  const vendor = createEmulator({ now: clock.now, seed: 1 }).contactMethods
  const sent: string[] = []
  const fetch = standBetween(vendor.fetch, between, sent)
  const contacts = contactMethods({
    apiKey: CONTACT_METHODS_API_KEY,
    environment: 'test',
    fetch,
    clock,
    random,
  })
  return { contacts, vendor, sent }
}
