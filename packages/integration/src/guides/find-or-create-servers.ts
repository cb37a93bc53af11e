import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { createTestClock } from '../clock.ts'
import type { FindOrCreate } from './find-or-create.ts'
import { byEmail, byExternalId, byOwnId } from './find-or-create-by-provider.ts'

/** How many others a provider has already. */
export const OTHERS = 250

/** A provider with others in it, as the processes of one web service see it. */
export interface Served {
  /** Makes what one process calls; a client of its own, but at memory, which is in one process. */
  readonly process: () => FindOrCreate
  /** The ids of the contacts with that email, and how many addresses the first of them has. */
  readonly stored: (email: string) => Promise<{ readonly ids: readonly string[]; readonly methods: number }>
  /** How many requests were received. */
  readonly received: () => number
  /** The emulated vendor's faults; absent for memory. */
  readonly faults?: Faults
}

/** The deadline of the calls in the guide, which never comes here. */
const DEADLINE_MS = 10_000

const random = (): number => 0.5
const others = Array.from({ length: OTHERS }, (_, index) => `other-${index}@example.com`)

type Listing = { list(): AsyncIterable<{ id: string; email?: string; contactMethods: readonly unknown[] }> }

function look(contacts: Listing): Served['stored'] {
  return async (email) => {
    const found = []
    for await (const contact of contacts.list()) if (contact.email === email) found.push(contact)
    return { ids: found.map(({ id }) => id), methods: found[0]?.contactMethods.length ?? 0 }
  }
}

type Emulator = ReturnType<typeof createEmulator>
type Faults = Emulator['cognipeer']['faults']

/** Every provider. */
export const servers = {
  chatbotkit() {
    const { vendor, settings } = start((emulator) => emulator.chatbotkit)
    vendor.seed(others.map((email) => ({ email })))
    const client = () => chatbotkit({ ...settings, secret: CHATBOTKIT_SECRET })
    return served(() => byExternalId(client()), look(client()), vendor)
  },
  cognipeer() {
    const { vendor, settings } = start((emulator) => emulator.cognipeer)
    vendor.seed(others.map((email) => ({ email })))
    const client = () => cognipeer({ ...settings, token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID })
    return served(() => byExternalId(client()), look(client()), vendor)
  },
  'channel-inbox'() {
    const { vendor, settings } = start((emulator) => emulator.channelInbox)
    vendor.seed(others.map((email) => ({ email })))
    const client = () => channelInbox({ ...settings, apiKey: CHANNEL_INBOX_API_KEY })
    return served(() => byEmail(client()), look(client()), vendor)
  },
  'contact-methods'() {
    const { vendor, settings } = start((emulator) => emulator.contactMethods)
    vendor.seed(
      others.map((value, index) => ({ clientId: clientId(index), type: 'email', value, isPrimary: true })),
    )
    const client = () => contactMethods({ ...settings, apiKey: CONTACT_METHODS_API_KEY, environment: 'test' })
    return served(() => byOwnId(client()), look(client()), vendor)
  },
  memory(): Served {
    const contacts = memory()
    return { process: () => byExternalId(contacts), stored: look(contacts), received: () => 0 }
  },
} satisfies Record<string, () => Served>

/** An id of contact methods, where clients have UUIDs. */
export function clientId(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}

/** Waits a four-hundredth of the time. */
const soon = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms / 400))

function start<V extends { readonly fetch: typeof fetch }>(pick: (emulator: Emulator) => V) {
  const clock = createTestClock(undefined, DEADLINE_MS)
  const vendor = pick(createEmulator({ now: clock.now, sleep: soon, seed: 1 }))
  return { vendor, settings: { fetch: vendor.fetch, clock, random } }
}

function served(
  process: Served['process'],
  stored: Served['stored'],
  { requests, faults }: { readonly requests: readonly unknown[]; readonly faults: Faults },
): Served & { readonly faults: Faults } {
  return { process, stored, received: () => requests.length, faults }
}
