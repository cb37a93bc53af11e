import type { MemorySeed, MemorySnapshot } from './data.ts'
import type { Database } from './database.ts'
import { copyRecord } from './record.ts'
import { seedDatabase } from './seed.ts'

/**
 * The store behind a memory client, `contacts.api`: for setting up tests and looking at what they left. What goes in and
 * what comes out are copies.
 *
 * @example
 * ```ts
 * const contacts = memory()
 * contacts.api.seed({ contacts: [{ id: 'ana', name: 'Ana' }], notifications: [{ title: 'Hello' }] })
 * await program(contacts)
 * expect(contacts.api.snapshot().contacts).toHaveLength(2)
 * contacts.api.clear()
 * ```
 */
export interface MemoryStore {
  /** Everything that is stored, in the order in which it was added. */
  snapshot(): MemorySnapshot
  /** Removes everything. Ids go on from where they were. */
  clear(): void
  /**
   * Adds data: all of it, or nothing when something in it cannot be stored.
   *
   * @returns what was added, as stored
   * @throws ContactsError `invalid_input`, `conflict`; `not_found` for something that belongs to a contact which is not there
   */
  seed(seed: MemorySeed): MemorySnapshot
}

/**
 * Makes the handle of a database.
 *
 * @param readSeed - reads what is given later
 */
export function createStore(database: Database, readSeed: (seed: MemorySeed) => MemorySeed): MemoryStore {
  const { contacts, conversations, comments, files, activities, notifications, avatars } = database
  return {
    snapshot: () => ({
      contacts: [...contacts.after(0)].map(({ record }) => copyRecord(record)),
      conversations: conversations.all(),
      comments: comments.all(),
      files: files.all(),
      activities: activities.all(),
      notifications: notifications.all(),
      avatars: avatars.all(),
    }),
    clear() {
      contacts.clear()
      for (const rows of [conversations, comments, files, activities, notifications, avatars]) rows.clear()
    },
    seed: (seed) => seedDatabase(database, readSeed(seed)),
  }
}
