import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type { ContactsWith, FetchFunction } from '@anycontact/core'
import { createTestClock } from '@anycontact/core/adapter-kit'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'

/** Contacts at a provider, and the hands of others that change them while they are listed. */
export interface Shelf {
  readonly contacts: ContactsWith<'list'>
  /** Puts a contact there. @returns its id */
  insert(): Promise<string>
  remove(id: string): Promise<void>
  /** Changes a contact in something that no filter of a round looks at. */
  change(id: string): Promise<void>
  /** Changes a contact so that the filter of a round leaves it out. */
  leave(id: string): Promise<void>
}

/** How a shelf is set up. */
export interface ShelfSetup {
  /** Stands between the client and the provider. */
  readonly between: (send: FetchFunction) => FetchFunction
  readonly concurrency: number
  readonly seed: number
  /** Whether the listing of contact methods is asked for sorted by client. */
  readonly isSorted: boolean
}

function setUp({ concurrency, seed }: ShelfSetup) {
  const clock = createTestClock({ waits: 'pass' })
  return {
    clock,
    emulator: createEmulator({ now: clock.now, seed }),
    options: { clock, concurrency, random: () => 0.5 },
  }
}

const asJson = (method: string, body: unknown, headers: Record<string, string>): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  ...(body !== undefined && { body: JSON.stringify(body) }),
})

async function done(answer: Promise<Response>): Promise<void> {
  const { status } = await answer
  if (status >= 300) throw new Error(`The hands of others were refused: ${status}`)
}

function chatbotkitShelf(setup: ShelfSetup): Shelf {
  const { emulator, options } = setUp(setup)
  const { fetch, seed } = emulator.chatbotkit
  const post = (path: string, body: unknown): Promise<void> =>
    done(
      fetch(
        `https://api.chatbotkit.com/v1/contact/${path}`,
        asJson('POST', body, { authorization: `Bearer ${CHATBOTKIT_SECRET}` }),
      ),
    )
  let names = 0
  return {
    contacts: chatbotkit({ secret: CHATBOTKIT_SECRET, fetch: setup.between(fetch), ...options }),
    insert: async () => seed([{ name: `n${names++}`, meta: { status: 'new' } }])[0]?.id ?? '',
    remove: (id) => post(`${id}/delete`, {}),
    change: (id) => post(`${id}/update`, { description: `d${names++}` }),
    leave: (id) => post(`${id}/update`, { meta: { status: 'done' } }),
  }
}

function cognipeerShelf(setup: ShelfSetup): Shelf {
  const { emulator, options } = setUp(setup)
  const { fetch, seed, softDelete } = emulator.cognipeer
  const credentials = { authorization: `Bearer ${COGNIPEER_TOKEN}`, 'x-hook-id': COGNIPEER_HOOK_ID }
  const keys = new Map<string, string>()
  const patch = (id: string, data: unknown): Promise<void> =>
    done(
      fetch(
        'https://api.cognipeer.com/v1/sdk/contact',
        asJson('PATCH', { integrationId: keys.get(id), data }, credentials),
      ),
    )
  let names = 0
  return {
    contacts: cognipeer({
      token: COGNIPEER_TOKEN,
      hookId: COGNIPEER_HOOK_ID,
      fetch: setup.between(fetch),
      ...options,
    }),
    async insert() {
      const integrationId = `i${names++}`
      const [{ _id: id = '' } = {}] = seed([{ name: integrationId, integrationId, status: 'new' }])
      keys.set(id, integrationId)
      return id
    },
    remove: async (id) => void softDelete(id),
    change: (id) => patch(id, { name: `z${names++}` }),
    leave: (id) => patch(id, { status: 'done' }),
  }
}

function channelInboxShelf(setup: ShelfSetup): Shelf {
  const { emulator, options } = setUp(setup)
  const { fetch, seed } = emulator.channelInbox
  const headers = { 'x-api-key': CHANNEL_INBOX_API_KEY }
  const call = (method: string, id: string, body?: unknown): Promise<void> =>
    done(
      fetch(
        `https://app-gatewayv2.imbrace.co/channel-service/v1/contacts/${id}`,
        asJson(method, body, headers),
      ),
    )
  let names = 0
  return {
    contacts: channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch: setup.between(fetch), ...options }),
    insert: async () => seed([{ display_name: `n${names++}`, remark: 'new' }])[0]?.id ?? '',
    remove: (id) => call('DELETE', id),
    change: (id) => call('PUT', id, { last_name: `z${names++}` }),
    leave: (id) => call('PUT', id, { remark: 'done' }),
  }
}

function contactMethodsShelf(setup: ShelfSetup): Shelf {
  const { emulator, options } = setUp(setup)
  const vendor = emulator.contactMethods
  const headers = { authorization: `Bearer ${CONTACT_METHODS_API_KEY}`, 'x-environment': 'test' }
  const call = (method: string, id: string, body?: unknown): Promise<void> =>
    done(vendor.fetch(`https://api.artu.ai/contact-methods/${id}`, asJson(method, body, headers)))
  const methodsOf = (id: string) => vendor.contactMethods.filter(({ clientId }) => clientId === id)
  const removeAll = async (id: string, type?: string): Promise<void> => {
    for (const method of methodsOf(id)) if (!type || method.type === type) await call('DELETE', method.id)
  }
  let names = 0
  return {
    contacts: contactMethods({
      apiKey: CONTACT_METHODS_API_KEY,
      environment: 'test',
      fetch: setup.between(vendor.fetch),
      ...(setup.isSorted && { sortedByClient: [{ field: 'clientId', direction: 'asc' }] }),
      ...options,
    }),
    async insert() {
      // In no order of their own, as UUIDs are.
      const clientId = `${(names * 37) % 101}-${names++}`
      vendor.seed([
        { clientId, type: 'other', value: `v${names}` },
        { clientId, type: 'phone', value: `+1415555${1000 + names}`, isPrimary: true },
      ])
      return clientId
    },
    remove: (id) => removeAll(id),
    async change(id) {
      const [oldest, second] = methodsOf(id)
      const what = names++ % 3
      if (oldest && what === 0) await call('PATCH', oldest.id, { value: `changed ${names}` })
      else if (second && oldest?.type !== 'phone' && what === 1) await call('DELETE', oldest?.id ?? '')
      else vendor.seed([{ clientId: id, type: 'fax', value: `f${names}` }])
    },
    leave: (id) => removeAll(id, 'phone'),
  }
}

/** There are no requests to stand between: what happens, happens while the reader handles a contact. */
function memoryShelf(): Shelf {
  const contacts = memory({ clock: createTestClock({ waits: 'pass' }) })
  let names = 0
  return {
    contacts,
    insert: async () => (await contacts.create({ name: `n${names++}`, status: 'new' })).id,
    remove: (id) => contacts.delete(id),
    change: async (id) => void (await contacts.update(id, { name: `z${names++}` })),
    leave: async (id) => void (await contacts.update(id, { status: 'done' })),
  }
}

/** The shelves, by provider. */
export const SHELVES = {
  chatbotkit: chatbotkitShelf,
  cognipeer: cognipeerShelf,
  'channel-inbox': channelInboxShelf,
  'contact-methods': contactMethodsShelf,
  memory: memoryShelf,
} satisfies Record<string, (setup: ShelfSetup) => Shelf>
