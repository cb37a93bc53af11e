import { type Adapter, type AdapterContext, compileTextSearch, defineAdapter } from '@anycontact/core'
import { capabilities } from './capabilities.ts'
import { createContactMethodsGroup } from './contact-methods-group.ts'
import { Database } from './database.ts'
import { createGroups } from './groups.ts'
import { countingIds } from './ids.ts'
import {
  createContact,
  deleteContact,
  forEach,
  readContact,
  type UpsertedRecord,
  updateContact,
  upsertContact,
} from './operations.ts'
import type { MemoryAdapterOptions } from './options.ts'
import { type MemoryRecord, PROVIDER, toContact } from './record.ts'
import { seedDatabase } from './seed.ts'
import { createStore, type MemoryStore } from './store.ts'

/** The memory adapter: its capabilities, as types, and the store underneath. */
export type MemoryAdapter = Adapter<typeof capabilities, MemoryRecord, never, MemoryStore>

/**
 * Makes the plain adapter, for `createContacts` and for wrappers; `memory()` makes the client.
 *
 * @param options - what it begins with, and its sources of time and ids
 * @throws ContactsError `invalid_input`, `conflict` or `not_found` for data that cannot be stored
 */
export function memoryAdapter(options: MemoryAdapterOptions = {}): MemoryAdapter {
  const database = new Database(options.clock ?? Date, options.ids ?? countingIds())
  seedDatabase(database, options)
  return defineAdapter<typeof capabilities, MemoryRecord, never, MemoryStore>({
    specVersion: 1,
    provider: PROVIDER,
    capabilities,
    api: createStore(database),

    async list(query, { signal }) {
      signal?.throwIfAborted()
      return database.listing.page(query)
    },
    async *stream(query, { signal }) {
      for (let cursor = query.cursor; ; ) {
        signal?.throwIfAborted()
        const { items, nextCursor } = database.listing.page({ ...query, cursor })
        yield items
        if (nextCursor === undefined) return
        cursor = nextCursor
      }
    },
    async get(ref, { signal }) {
      signal?.throwIfAborted()
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
    async search(text, query, { signal }) {
      signal?.throwIfAborted()
      return database.listing.search(query, compileTextSearch(text))
    },
    async count(where, { signal }) {
      signal?.throwIfAborted()
      return database.listing.total(where)
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
    contactMethods: createContactMethodsGroup(database),
  })
}

/** The start of every write: a caller who has left is not served, and nothing that was given is dropped in silence. */
function enterWrite({ signal, vendor, dropField }: AdapterContext): void {
  signal?.throwIfAborted()
  if (vendor !== undefined) dropField('vendor', 'it has no fields of its own')
}

function toUpsertResult({ record, outcome }: UpsertedRecord) {
  return { contact: toContact(record), outcome }
}
