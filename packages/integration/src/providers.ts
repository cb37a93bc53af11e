import { type ChannelInboxContacts, channelInbox } from '@anycontact/channel-inbox'
import { type ChatBotKitContacts, chatbotkit } from '@anycontact/chatbotkit'
import { type CognipeerContacts, cognipeer } from '@anycontact/cognipeer'
import { type ContactMethodsContacts, contactMethods } from '@anycontact/contact-methods'
import type { ContactInput } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  type ChannelInboxContactSeed,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import { type MemoryContacts, memory } from '@anycontact/memory'
import { createTestClock } from './clock.ts'

/** The clients of every provider, by the name of the provider. */
export interface Clients {
  readonly memory: MemoryContacts
  readonly chatbotkit: ChatBotKitContacts
  readonly cognipeer: CognipeerContacts
  readonly 'channel-inbox': ChannelInboxContacts
  readonly 'contact-methods': ContactMethodsContacts
}

/** The name of a provider. */
export type ProviderName = keyof Clients

/** The requests that an emulator is to remember: thousands are made, and none is looked at. */
const recordLimit = 1

const random = (): number => 0.5

/**
 * Makes a client of each provider on a store or an emulated vendor of its own, in this process, empty. Its clock can be told
 * when to start, in milliseconds since 1970.
 */
export const clients: { readonly [Name in ProviderName]: (startMs?: number) => Clients[Name] } = {
  memory: (startMs) => memory({ clock: createTestClock(startMs) }),
  chatbotkit(startMs) {
    const clock = createTestClock(startMs)
    const { fetch } = createEmulator({ now: clock.now, seed: 1, chatbotkit: { recordLimit } }).chatbotkit
    return chatbotkit({ secret: CHATBOTKIT_SECRET, fetch, clock, random })
  },
  cognipeer(startMs) {
    const clock = createTestClock(startMs)
    const { fetch } = createEmulator({ now: clock.now, seed: 1, cognipeer: { recordLimit } }).cognipeer
    return cognipeer({ token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID, fetch, clock, random })
  },
  'channel-inbox': (startMs) => seededInbox([], startMs),
  'contact-methods'(startMs) {
    const clock = createTestClock(startMs)
    const { fetch } = createEmulator({
      now: clock.now,
      seed: 1,
      contactMethods: { recordLimit },
    }).contactMethods
    return contactMethods({ apiKey: CONTACT_METHODS_API_KEY, environment: 'test', fetch, clock, random })
  },
}

/**
 * Makes a client of a channel inbox that has contacts already, also with what a create does not take.
 *
 * @param inputs - whom it has; of each, what an inbox knows of a contact
 * @param startMs - when its clock starts
 */
export function seededInbox(inputs: readonly ContactInput[], startMs?: number): ChannelInboxContacts {
  const clock = createTestClock(startMs)
  const vendor = createEmulator({ now: clock.now, seed: 1, channelInbox: { recordLimit } }).channelInbox
  vendor.seed(inputs.map(toSeed))
  return channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch: vendor.fetch, clock, random })
}

function toSeed(input: ContactInput): ChannelInboxContactSeed {
  return {
    display_name: input.name ?? '',
    first_name: input.givenName ?? '',
    last_name: input.familyName ?? '',
    email: input.email ?? '',
    phone_number: input.phone ?? '',
    avatar_url: input.avatarUrl ?? '',
    remark: input.note ?? '',
    language: input.locale ?? '',
    time_zone: input.timezone ?? '',
    labels: input.tags ?? [],
  }
}
