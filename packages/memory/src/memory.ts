import { type Contacts, createContacts } from '@anycontact/core'
import { type MemoryAdapter, memoryAdapter } from './adapter.ts'
import type { MemoryOptions } from './options.ts'

/** The client that {@link memory} makes: every operation there is. */
export type MemoryContacts = Contacts<MemoryAdapter>

/**
 * Makes a client whose provider is a store in this process: for tests and prototypes. It does everything that a client can
 * do, natively, and gives the same ids in every run. Each client has a store of its own.
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
  return createContacts(memoryAdapter(options), options)
}
