import { ContactInputSchema, type ContactWrite } from '@anycontact/core'
import type { Database } from './database.ts'
import type { MemoryContactSeed, MemoryMethodSeed, MemorySeed, MemorySnapshot } from './data.ts'
import { conflict, invalidInput, notFound } from './problems.ts'
import { copyRecord, type MemoryMethod, type MemoryRecord } from './record.ts'
import { applyWrite, blankRecord, withMethods } from './write.ts'
import { primaryOf } from './contact-methods.ts'

/** Adds data to a store: all of it, or nothing when something in it cannot be stored. */
export function seedDatabase(database: Database, seed: MemorySeed): MemorySnapshot {
  return database.journal.run(() => ({
    contacts: (seed.contacts ?? []).map((contact, index) => seedContact(database, contact, `contacts.${index}`)),
    ...seedRows(database, seed),
  }))
}

function seedRows(database: Database, seed: MemorySeed): Omit<MemorySnapshot, 'contacts'> {
  const { conversations, comments, files, activities, notifications, avatars } = database
  const createdAt = database.now
  const ownedBy = (contactId: string): void => {
    if (database.contacts.find('id', contactId).length === 0) throw notFound('contact with that contactId')
  }
  return {
    conversations: (seed.conversations ?? []).map((given) => {
      ownedBy(given.contactId)
      const id = given.id ?? database.nextRowId('conversation', conversations)
      return conversations.add({ createdAt, customFields: {}, ...given, id })
    }),
    comments: (seed.comments ?? []).map((given) => {
      ownedBy(given.contactId)
      return comments.add({ createdAt, ...given, id: given.id ?? database.nextRowId('comment', comments) })
    }),
    files: (seed.files ?? []).map((given) => {
      ownedBy(given.contactId)
      return files.add({ createdAt, ...given, id: given.id ?? database.nextRowId('file', files) })
    }),
    activities: (seed.activities ?? []).map((given) => {
      if (!conversations.has(given.conversationId)) throw notFound('conversation with that conversationId')
      return activities.add({ createdAt, ...given, id: given.id ?? database.nextRowId('activity', activities) })
    }),
    notifications: (seed.notifications ?? []).map((given) => {
      const id = given.id ?? database.nextRowId('notification', notifications)
      return notifications.add({ createdAt, read: false, ...given, id })
    }),
    avatars: (seed.avatars ?? []).map((given) => avatars.add(given)),
  }
}

function seedContact(database: Database, seed: MemoryContactSeed, path: string): MemoryRecord {
  const { contactMethods, createdAt, updatedAt, deleted, ...fields } = seed
  const stamp = database.stamp()
  const made = createdAt === undefined ? stamp.now : checkTime(createdAt, `${path}.createdAt`)
  const written = checkFields(
    { ...fields, contactMethods: contactMethods?.map(toMethodInput) ?? null },
    path,
  )
  const { contactMethods: _methods, email, phone, ...rest } = written
  const blank = blankRecord(written.id ?? database.nextContactId(), made)
  const tools = { ...stamp, now: made }
  const ids = (contactMethods ?? []).map(({ id }) => id)
  const withText = applyWrite(blank, { ...rest, contactMethods: (written.contactMethods ?? []).map(({ id: _id, ...method }) => method) }, tools)
  const methods = withText.contactMethods.map((method, index): MemoryMethod => {
    const given = contactMethods?.[index]
    const added = given?.createdAt === undefined ? made : checkTime(given.createdAt, `${path}.contactMethods.${index}.createdAt`)
    const changed = given?.updatedAt === undefined ? added : checkTime(given.updatedAt, `${path}.contactMethods.${index}.updatedAt`)
    return { ...method, id: ids[index] ?? method.id, createdAt: added, updatedAt: changed }
  })
  for (const { id } of methods) {
    if (database.contacts.hasMethod(id)) throw conflict('contactMethods', 'There is a contact method with that id already.')
  }
  for (const [type, value] of [['email', email], ['phone', phone]] as const) {
    const primary = primaryOf(methods, type)
    if (primary && value !== undefined && primary.value !== value) {
      throw invalidInput([{ path: `${path}.${type}`, message: 'disagrees with the primary in contactMethods: give one of them' }])
    }
  }
  const agreed = applyWrite(withMethods(withText, methods), { ...(email != null && { email }), ...(phone != null && { phone }) }, tools)
  const record: MemoryRecord = {
    ...agreed,
    ...(deleted !== undefined && { deleted }),
    updatedAt: updatedAt === undefined ? made : checkTime(updatedAt, `${path}.updatedAt`),
  }
  database.contacts.insert(record)
  return copyRecord(record)
}
