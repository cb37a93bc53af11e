import type { ResolvedRef } from '@anycontact/core/adapter-kit'
import { ambiguous, type Database, type MemoryRecord, notFound } from './store/index.ts'

/** Reads the one contact with a key. @throws ContactsError `not_found`, `ambiguous` */
export function readContact(database: Database, { key, value }: ResolvedRef): MemoryRecord {
  const [record, second] = database.contacts.find(key, value)
  if (!record) throw notFound(`contact with that ${key}`)
  if (second) throw ambiguous(`contacts have that ${key}`)
  return record
}
