import type { ContactsWith } from '@anycontact/core'
import { clients } from '../../packages/integration/src/providers.ts'

/** A call whose way through the sources is measured. */
export interface MeasuredCall {
  /** What the figures say of it. */
  readonly name: string
  readonly kind: 'read' | 'write'
  /** Makes the call, and can be made again: a write writes another value each time. */
  readonly run: () => Promise<unknown>
}

/** The calls of one provider, on an emulated vendor of its own. */
export interface Program {
  /** The provider, whose adapter is the package of that name. */
  readonly provider: string
  readonly calls: readonly MeasuredCall[]
}

/** What differs from provider to provider in the calls that are measured. */
type Writes =
  | {
      /** Creates the contact with this key, or writes another phone to it. */
      readonly upsert: (key: string, phone: string) => Promise<unknown>
    }
  | {
      /** Creates it: where an upsert is a scan, its parts are measured by themselves. */
      readonly create: (key: string, phone: string) => Promise<unknown>
    }

const KEY = 'user-1'

/** Makes the same calls at every provider: three contacts, all on one page, one of which is written to. */
export async function programs(): Promise<readonly Program[]> {
  const fields = (key: string, phone = '+351912000001') => ({
    name: `Ana ${key}`,
    email: `${key}@example.com`,
    phone,
    customFields: { plan: 'pro' },
  })
  const chatbotkit = clients.chatbotkit()
  const cognipeer = clients.cognipeer()
  const methods = clients['contact-methods']()
  const inbox = clients['channel-inbox']()
  const memory = clients.memory()
  return [
    await program('chatbotkit', chatbotkit, {
      upsert: (key, phone) =>
        chatbotkit.upsert({ externalId: key, ...fields(key, phone) }, { by: 'externalId' }),
    }),
    await program('cognipeer', cognipeer, {
      upsert: (key, phone) =>
        cognipeer.upsert({ externalId: key, ...fields(key, phone) }, { by: 'externalId' }),
    }),
    await program('channel-inbox', inbox, {
      create: (key, phone) => inbox.create({ name: `Ana ${key}`, email: `${key}@example.com`, phone }),
    }),
    await program('contact-methods', methods, {
      upsert: (key, phone) => methods.upsert({ id: key, email: `${key}@example.com`, phone }, { by: 'id' }),
    }),
    await program('memory', memory, {
      upsert: (key, phone) => memory.upsert({ externalId: key, ...fields(key, phone) }, { by: 'externalId' }),
    }),
  ]
}

async function program(
  provider: string,
  contacts: ContactsWith<'list' | 'get' | 'update'>,
  writes: Writes,
): Promise<Program> {
  const phones = numbered((number) => `+3519120${String(number).padStart(5, '0')}`)
  const keys = numbered((number) => `new-${number}`)
  const write = 'create' in writes ? writes.create : writes.upsert
  for (const key of [KEY, 'user-2', 'user-3']) await write(key, phones())
  const { items } = await contacts.list()
  const [first] = items
  if (!first) throw new Error(`${provider} has no contact to read.`)
  const { id } = first
  const calls: MeasuredCall[] = [
    { name: 'await list()', kind: 'read', run: async () => contacts.list() },
    {
      name: 'for await list()',
      kind: 'read',
      async run() {
        for await (const _ of contacts.list());
      },
    },
    { name: 'get(id)', kind: 'read', run: () => contacts.get(id) },
    { name: 'update(id)', kind: 'write', run: () => contacts.update(id, { phone: phones() }) },
    {
      name: 'create' in writes ? 'create' : 'upsert, creates',
      kind: 'write',
      run: () => write(keys(), phones()),
    },
  ]
  if ('upsert' in writes)
    calls.push({ name: 'upsert, updates', kind: 'write', run: () => writes.upsert(KEY, phones()) })
  return { provider, calls }
}

/** Gives another value each time. */
function numbered<Value>(make: (number: number) => Value): () => Value {
  let number = 0
  return () => make(++number)
}
