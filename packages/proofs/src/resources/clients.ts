import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type { ContactsWith, HttpOptions } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
  type EmulatorServer,
  type FaultQueue,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'

/** What every client of these proofs can do. */
export type Contacts = ContactsWith<'list' | 'get' | 'count' | 'search' | 'update' | 'updateMany'>

/** How many people each vendor knows: so many that a listing has several pages, and its answer several chunks. */
const PEOPLE = 25

/** A vendor, or the store in this process, that knows some people. */
export interface Subject {
  readonly ids: readonly string[]
  /** The name of each, or what else can be written of it, which it has already. */
  patchOf(n: number): { readonly name: string } | { readonly email: string }
  /** What goes wrong at the vendor; absent in memory, where nothing does. */
  readonly faults?: FaultQueue<object>
  /** Makes a client. */
  connect(options?: HttpOptions): Contacts
  /** Ends the server, where there is one. */
  close(): Promise<void>
}

/** Makes one, reached in this process or over a socket. */
export type MakeSubject = (overSockets: boolean) => Promise<Subject>

type Vendors = ReturnType<typeof createEmulator>

const nameOf = (n: number): { readonly name: string } => ({ name: `P ${n}` })
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const people = <Seed>(make: (n: number) => Seed): Seed[] => Array.from({ length: PEOPLE }, (_, n) => make(n))

/** By name. */
export const subjects: Readonly<Record<string, MakeSubject>> = {
  chatbotkit: (overSockets) =>
    served(overSockets, '', ({ chatbotkit: vendor }) => ({
      vendor,
      ids: vendor.seed(people(nameOf)).map(({ id }) => id),
      make: (options) => chatbotkit({ ...options, secret: CHATBOTKIT_SECRET }),
    })),
  cognipeer: (overSockets) =>
    served(overSockets, '/v1', ({ cognipeer: vendor }) => ({
      vendor,
      ids: vendor.seed(people((n) => ({ name: `P ${n}`, integrationId: `p${n}` }))).map(({ _id }) => _id),
      make: (options) => cognipeer({ ...options, token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID }),
    })),
  'channel-inbox': (overSockets) =>
    served(overSockets, '', ({ channelInbox: vendor }) => ({
      vendor,
      ids: vendor.seed(people((n) => ({ display_name: `P ${n}` }))).map(({ id }) => id),
      make: (options) => channelInbox({ ...options, apiKey: CHANNEL_INBOX_API_KEY }),
    })),
  'contact-methods': (overSockets) =>
    served(overSockets, '', ({ contactMethods: vendor }) => {
      const ids = people((n) => uuid(n + 1))
      vendor.seed(ids.map((clientId, n) => ({ clientId, type: 'email', value: `p${n}@example.com` })))
      const account = { apiKey: CONTACT_METHODS_API_KEY, environment: 'test' } as const
      const patchOf = (n: number): { readonly email: string } => ({ email: `p${n}@example.com` })
      return { vendor, ids, patchOf, make: (options) => contactMethods({ ...options, ...account }) }
    }),
  async memory() {
    const contacts = memory()
    const { succeeded } = await contacts.createMany(people(nameOf))
    const ids = succeeded.map(({ contact }) => contact.id)
    return { ids, patchOf: nameOf, connect: () => contacts, close: async () => {} }
  },
}

/** A vendor, the ids of those it knows, and how its client is made. */
interface Served {
  readonly vendor: { readonly fetch: NonNullable<HttpOptions['fetch']>; readonly faults: FaultQueue<object> }
  readonly ids: readonly string[]
  /** @default the name */
  readonly patchOf?: Subject['patchOf']
  make(options: HttpOptions): Contacts
}

async function served(
  overSockets: boolean,
  prefix: string,
  of: (vendors: Vendors) => Served,
): Promise<Subject> {
  // What an emulator records is not looked at, and would count as memory that is not let go.
  const recordLimit = 1
  const vendors = createEmulator({
    seed: 1,
    chatbotkit: { recordLimit },
    cognipeer: { recordLimit },
    channelInbox: { recordLimit },
    contactMethods: { recordLimit },
  })
  const { vendor, ids, make, patchOf = nameOf } = of(vendors)
  const server: EmulatorServer | undefined = overSockets ? await vendors.listen() : undefined
  const way = server ? { baseUrl: `${server.url}${prefix}` } : { fetch: vendor.fetch }
  return {
    ids,
    patchOf,
    faults: vendor.faults,
    connect: (options) => make({ ...options, ...way }),
    close: async () => server?.close(),
  }
}
