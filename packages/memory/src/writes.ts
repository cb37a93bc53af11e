import { ContactsError, type RefKey, type UpsertOutcome } from '@anycontact/core'
import {
  type AdapterBatchOptions,
  type AdapterItemResult,
  type ContactWrite,
  diffContact,
  type ResolvedRef,
} from '@anycontact/core/adapter-kit'
import { readContact } from './lookup.ts'
import { toContact } from './mapping.ts'
import {
  ambiguous,
  applyWrite,
  blankRecord,
  conflict,
  type Database,
  invalidInput,
  type MemoryRecord,
} from './store/index.ts'

/** A record after an upsert, and what the upsert did. */
export interface UpsertedRecord {
  readonly record: MemoryRecord
  readonly outcome: UpsertOutcome
}

/** Adds a contact. @throws ContactsError `conflict` for an id or an external id that is taken */
export function createContact(database: Database, write: ContactWrite): MemoryRecord {
  const stamp = database.stamp()
  const record = applyWrite(blankRecord(write.id ?? database.nextContactId(), stamp.now), write, stamp)
  database.contacts.insert(record)
  return record
}

/** Changes a contact; when nothing differs, its `updatedAt` stays too. @throws ContactsError `conflict` */
export function updateContact(database: Database, ref: ResolvedRef, patch: ContactWrite): MemoryRecord {
  return changeRecord(database, readContact(database, ref), patch).record
}

/** Removes a contact and what belongs to it. */
export function deleteContact(database: Database, ref: ResolvedRef): void {
  const { id } = readContact(database, ref)
  database.contacts.remove(id)
  const conversations = new Set(database.conversations.removeWhere(({ contactId }) => contactId === id))
  database.comments.removeWhere(({ contactId }) => contactId === id)
  database.files.removeWhere(({ contactId }) => contactId === id)
  database.activities.removeWhere(({ conversationId }) => conversations.has(conversationId))
}

/** Adds the contact, or changes the one that has the same key. @throws ContactsError `conflict`, `ambiguous` */
export function upsertContact(database: Database, write: ContactWrite, by: RefKey): UpsertedRecord {
  const value = write[by]
  if (typeof value !== 'string') throw invalidInput([{ path: by, message: 'must be given' }])
  const [existing, second] = database.contacts.find(by, value)
  if (second) throw ambiguous(`contacts have that ${by}`)
  if (!existing) return { record: createContact(database, write), outcome: 'created' }
  const { id = existing.id, ...patch } = write
  if (id !== existing.id)
    throw conflict('id', `The contact with that ${by} has another id, which cannot change.`)
  // One that is kept as deleted is there again: otherwise the upsert would leave nothing that a listing shows.
  const { deleted, ...living } = existing
  return changeRecord(database, deleted ? living : existing, patch, deleted === true)
}

/** Does one thing to many items: each on its own, or all or nothing. */
export function forEach<Item, Result>(
  database: Database,
  items: readonly Item[],
  { atomic }: AdapterBatchOptions,
  run: (item: Item) => Result,
): AdapterItemResult<Result>[] {
  if (!atomic) return items.map((item) => attempt(() => run(item)))
  return database.journal.run(() =>
    items.map((item, index) => {
      const result = attempt(() => run(item))
      if ('error' in result) throw atItem(index, result.error)
      return result
    }),
  )
}

function changeRecord(
  database: Database,
  existing: MemoryRecord,
  patch: ContactWrite,
  isChanged = false,
): UpsertedRecord {
  if (!isChanged && !diffContact(toContact(existing), patch))
    return { record: existing, outcome: 'unchanged' }
  const record = applyWrite(existing, patch, database.stamp())
  database.contacts.replace(record)
  return { record, outcome: 'updated' }
}

function attempt<Result>(run: () => Result): { readonly value: Result } | { readonly error: ContactsError } {
  try {
    return { value: run() }
  } catch (error) {
    if (ContactsError.is(error)) return { error }
    throw error
  }
}

function atItem(index: number, error: ContactsError): ContactsError {
  return new ContactsError({
    code: error.code,
    message: `Nothing was written, because item ${index} of the batch failed: ${error.message}`,
    issues: (error.issues ?? [{ path: '', message: error.message }]).map(({ path, message }) => ({
      path: ['items', index, path].filter((part) => part !== '').join('.'),
      message,
    })),
    cause: error,
  })
}
