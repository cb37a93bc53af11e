import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type { ContactsWith } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { clientId } from './find-or-create-servers.ts'

/** A provider whose contacts are told apart by their emails. */
export interface NightlyServer {
  readonly contacts: ContactsWith<'list'>
  readonly create: (email: string) => Promise<unknown>
  readonly change: (email: string, to: string) => Promise<unknown>
  readonly remove: (email: string) => Promise<unknown>
  readonly seed: (emails: readonly string[]) => Promise<unknown>
  /** How many requests were received. */
  readonly received: () => number
  /** Lets time pass at the vendor. @default a day */
  readonly tick: (ms?: number) => void
  /** Stops the vendor's clock. */
  readonly freeze: () => void
}

type Finding = ContactsWith<{ list: true }>

/** The vendor's clock: a millisecond later at each look, unless it is stopped. */
function vendorClock() {
  let now = Date.UTC(2026, 0, 1)
  let step = 1
  return {
    now(): number {
      now += step
      return now
    },
    tick(ms = 86_400_000): void {
      now += ms
    },
    freeze(): void {
      step = 0
    },
  }
}

/** The id of the contact with an email. */
async function idOf(contacts: Finding, email: string): Promise<string> {
  for await (const contact of contacts.list()) if (contact.email === email) return contact.id
  throw new Error(`There is no ${email}.`)
}

/** A provider, and what the guide says of it in words. */
interface NightlyProvider {
  readonly time: string
  readonly deletions: 'not seen' | 'marked as deleted'
  readonly start: () => NightlyServer
}

type Emulator = ReturnType<typeof createEmulator>

function start<V extends Pick<Emulator['cognipeer'], 'fetch' | 'requests'>>(pick: (emulator: Emulator) => V) {
  const clock = vendorClock()
  const vendor = pick(createEmulator({ now: clock.now, seed: 1 }))
  const received = (): number => vendor.requests.length
  return { vendor, common: { received, tick: clock.tick, freeze: clock.freeze } }
}

/** Every provider. */
export const nightlyServers = {
  chatbotkit: {
    time: '`updatedAt`',
    deletions: 'not seen',
    start() {
      const { vendor, common } = start((emulator) => emulator.chatbotkit)
      const contacts = chatbotkit({ secret: CHATBOTKIT_SECRET, fetch: vendor.fetch })
      return {
        ...common,
        contacts,
        create: (email) => contacts.create({ email }),
        change: async (email, to) => contacts.update(await idOf(contacts, email), { email: to }),
        remove: async (email) => contacts.delete(await idOf(contacts, email)),
        seed: async (emails) => vendor.seed(emails.map((email) => ({ email }))),
      }
    },
  },
  cognipeer: {
    time: '`updatedAt`, where the vendor sends one',
    deletions: 'marked as deleted',
    start() {
      const { vendor, common } = start((emulator) => emulator.cognipeer)
      const contacts = cognipeer({ token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID, fetch: vendor.fetch })
      return {
        ...common,
        contacts,
        create: (email) => contacts.create({ email }),
        change: async (email, to) => contacts.update(await idOf(contacts, email), { email: to }),
        // The vendor has no delete: it marks, by means of its own.
        remove: async (email) => contacts.api.contacts.update({ email, data: { deleted: true } }),
        seed: async (emails) => vendor.seed(emails.map((email) => ({ email }))),
      }
    },
  },
  'channel-inbox': {
    time: '`updatedAt`, or `createdAt` until the first change',
    deletions: 'not seen',
    start() {
      const { vendor, common } = start((emulator) => emulator.channelInbox)
      const contacts = channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch: vendor.fetch })
      return {
        ...common,
        contacts,
        create: (email) => contacts.create({ email }),
        change: async (email, to) => contacts.update(await idOf(contacts, email), { email: to }),
        remove: async (email) => contacts.delete(await idOf(contacts, email)),
        seed: async (emails) => vendor.seed(emails.map((email) => ({ email }))),
      }
    },
  },
  'contact-methods': {
    time: 'the newest `updatedAt` of its contact methods; the client has none',
    deletions: 'not seen',
    start() {
      const { vendor, common } = start((emulator) => emulator.contactMethods)
      const contacts = contactMethods({
        apiKey: CONTACT_METHODS_API_KEY,
        environment: 'test',
        fetch: vendor.fetch,
      })
      let made = 0
      return {
        ...common,
        contacts,
        create: (email) => contacts.create({ id: clientId(++made), email }),
        change: async (email, to) => contacts.update(await idOf(contacts, email), { email: to }),
        remove: async (email) => contacts.delete(await idOf(contacts, email)),
        seed: async (emails) =>
          vendor.seed(
            emails.map((value) => ({ clientId: clientId(++made), type: 'email', value, isPrimary: true })),
          ),
      }
    },
  },
  memory: {
    time: '`updatedAt`',
    deletions: 'not seen',
    start() {
      const { now, tick, freeze } = vendorClock()
      const sleep = async (): Promise<void> => undefined
      const contacts = memory({ clock: { now, sleep } })
      return {
        tick,
        freeze,
        received: () => 0,
        contacts,
        create: (email) => contacts.create({ email }),
        change: (email, to) => contacts.update({ email }, { email: to }),
        remove: (email) => contacts.delete({ email }),
        seed: async (emails) => contacts.createMany(emails.map((email) => ({ email }))),
      }
    },
  },
} satisfies Record<string, NightlyProvider>
