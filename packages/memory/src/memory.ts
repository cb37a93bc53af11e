import type { Contacts } from '@anycontact/core'
import {
  type Adapter,
  type AdapterContext,
  compileTextSearch,
  createContacts,
  defineAdapter,
} from '@anycontact/core/adapter-kit'
import { capabilities } from './capabilities.ts'
import { createGroups } from './groups/index.ts'
import { Listing } from './listing/index.ts'
import { readContact } from './lookup.ts'
import { PROVIDER, toContact } from './mapping.ts'
import { type MemoryAdapterOptions, type MemoryOptions, readOptions, readSeed } from './options.ts'
import {
  countingIds,
  createStore,
  Database,
  type MemoryRecord,
  type MemoryStore,
  seedDatabase,
} from './store/index.ts'
import {
  createContact,
  deleteContact,
  forEach,
  type UpsertedRecord,
  updateContact,
  upsertContact,
} from './writes.ts'

/** The memory adapter: its capabilities, as types, and the store underneath. */
export type MemoryAdapter = Adapter<typeof capabilities, MemoryRecord, never, MemoryStore>

/**
 * Makes the plain adapter, for `createContacts` and for wrappers; `memory()` makes the client.
 *
 * @param options - what it begins with, and its sources of time and ids
 * @throws ContactsError `invalid_input`, `conflict` or `not_found` for data that cannot be stored
 */
export function memoryAdapter(options: MemoryAdapterOptions = {}): MemoryAdapter {
  return adapterOf(readOptions(options))
}

function adapterOf(options: MemoryAdapterOptions): MemoryAdapter {
  const database = new Database(options.clock ?? Date, options.ids ?? countingIds())
  seedDatabase(database, options)
  const listing = new Listing(database.contacts)
  return defineAdapter<typeof capabilities, MemoryRecord, never, MemoryStore>({
    specVersion: 1,
    provider: PROVIDER,
    capabilities,
    api: createStore(database, readSeed),

    async list(query, { call }) {
      call.signal.throwIfAborted()
      return listing.page(query)
    },
    async *stream(query, { call }) {
      for (let cursor = query.cursor; ; ) {
        call.signal.throwIfAborted()
        const { items, nextCursor } = listing.page({ ...query, cursor })
        yield items
        if (nextCursor === undefined) return
        cursor = nextCursor
      }
    },
    async get(ref, { call }) {
      call.signal.throwIfAborted()
      return toContact(readContact(database, ref))
    },
    async create(input, context) {
      enterWrite(context)
      return toContact(createContact(database, input))
    },
    async update(ref, patch, context) {
      enterWrite(context)
      return toContact(updateContact(database, ref, patch))
    },
    async delete(ref, context) {
      enterWrite(context)
      deleteContact(database, ref)
    },
    async upsert(input, by, context) {
      enterWrite(context)
      return toUpsertResult(upsertContact(database, input, by))
    },
    async search(text, query, { call }) {
      call.signal.throwIfAborted()
      return listing.search(query, compileTextSearch(text))
    },
    async count(where, { call }) {
      call.signal.throwIfAborted()
      return listing.total(where)
    },
    async createMany(inputs, options, context) {
      enterWrite(context)
      return forEach(database, inputs, options, (input) => toContact(createContact(database, input)))
    },
    async updateMany(updates, options, context) {
      enterWrite(context)
      return forEach(database, updates, options, ({ ref, patch }) =>
        toContact(updateContact(database, ref, patch)),
      )
    },
    async upsertMany(inputs, by, options, context) {
      enterWrite(context)
      return forEach(database, inputs, options, (input) => toUpsertResult(upsertContact(database, input, by)))
    },
    async deleteMany(refs, options, context) {
      enterWrite(context)
      return forEach(database, refs, options, (ref) => deleteContact(database, ref))
    },
    ...createGroups(database),
  })
}

/** The start of every write: a caller who has left is not served, and nothing that was given is dropped in silence. */
function enterWrite({ call, vendor, dropField }: AdapterContext): void {
  call.signal.throwIfAborted()
  if (vendor !== undefined) dropField('vendor', 'it has no fields of its own')
}

function toUpsertResult({ record, outcome }: UpsertedRecord) {
  return { contact: toContact(record), outcome }
}

/** The client that {@link memory} makes: every operation there is but `request`, for which there is no vendor. */
export interface MemoryContacts extends Contacts<MemoryAdapter> {}

/**
 * Makes a client whose provider is a store in this process: for tests and prototypes. It does everything that a client can
 * do with contacts, natively, and gives the same ids in every run. Each client has a store of its own.
 *
 * @param options - what it begins with, its sources of time and ids, and how to treat what does not fit
 * @throws ContactsError `invalid_input`, `conflict` or `not_found` for data that cannot be stored
 *
 * @example
 * ```ts
 * const contacts = memory({
 *   contacts: [{ externalId: 'user-42', name: 'Ana Souza', email: 'ana@example.com' }],
 *   clock: { now: () => Date.parse('2026-01-31T09:00:00Z') },
 * })
 * const ana = await contacts.get({ externalId: 'user-42' }) // ana.id is 'mem_000001'
 * ```
 */
export function memory(options: MemoryOptions = {}): MemoryContacts {
  const given = readOptions(options)
  const { clock } = given
  // Without waits it cannot tell when a deadline passes.
  return createContacts(adapterOf(given), {
    ...given,
    clock: clock && 'sleep' in clock ? clock : undefined,
  })
}
