import type { MemorySeed, MemorySnapshot } from './data.ts'
import type { Database } from './database.ts'
import { notFound } from './problems.ts'
import { seedContact } from './seed-contact.ts'

/**
 * Adds data to a store: all of it, or nothing when something in it cannot be stored.
 *
 * @returns what was added, as stored
 * @throws ContactsError `invalid_input`, `conflict`; `not_found` for something that belongs to a contact which is not there
 */
export function seedDatabase(database: Database, seed: MemorySeed): MemorySnapshot {
  return database.journal.run(() => {
    const contacts = (seed.contacts ?? []).map((contact, index) => {
      return seedContact(database, contact, `contacts.${index}`)
    })
    return { contacts, ...seedRows(database, seed) }
  })
}

function seedRows(database: Database, seed: MemorySeed): Omit<MemorySnapshot, 'contacts'> {
  const { conversations, comments, files, activities, notifications, avatars } = database
  const createdAt = database.now
  return {
    conversations: (seed.conversations ?? []).map((given) => {
      requireContact(database, given.contactId)
      const id = given.id ?? database.nextRowId('conversation', conversations)
      return conversations.add({ createdAt, customFields: {}, ...given, id })
    }),
    comments: (seed.comments ?? []).map((given) => {
      requireContact(database, given.contactId)
      return comments.add({ createdAt, ...given, id: given.id ?? database.nextRowId('comment', comments) })
    }),
    files: (seed.files ?? []).map((given) => {
      requireContact(database, given.contactId)
      return files.add({ createdAt, ...given, id: given.id ?? database.nextRowId('file', files) })
    }),
    activities: (seed.activities ?? []).map((given) => {
      if (!conversations.has(given.conversationId)) throw notFound('conversation with that id')
      return activities.add({
        createdAt,
        ...given,
        id: given.id ?? database.nextRowId('activity', activities),
      })
    }),
    notifications: (seed.notifications ?? []).map((given) => {
      const id = given.id ?? database.nextRowId('notification', notifications)
      return notifications.add({ createdAt, read: false, ...given, id })
    }),
    avatars: (seed.avatars ?? []).map((given) => avatars.add(given)),
  }
}

function requireContact(database: Database, id: string): void {
  if (database.contacts.find('id', id).length === 0) throw notFound('contact with that id')
}
