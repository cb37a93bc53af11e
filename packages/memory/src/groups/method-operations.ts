import type { ContactMethod, ContactMethodSync, ContactMethodType } from '@anycontact/core'
import type {
  AdapterPage,
  AdapterPageQuery,
  ContactMethodChange,
  ContactMethodWrite,
} from '@anycontact/core/adapter-kit'
import { readContact } from '../lookup.ts'
import {
  ambiguous,
  changeMethod,
  copyMethod,
  type Database,
  invalidInput,
  type MemoryMethod,
  type MemoryRecord,
  type MethodTools,
  makePrimary,
  newMethod,
  notFound,
  primaryOf,
  replaceMethods,
  withMethods,
} from '../store/index.ts'

const MAX_PAGE_SIZE = 100

/**
 * Lists the methods of a contact. They can be put into another order at any time, so the cursor holds the ids of those
 * that were given already.
 */
export function listMethods(
  database: Database,
  contactId: string,
  { cursor, pageSize = MAX_PAGE_SIZE }: AdapterPageQuery,
): AdapterPage<ContactMethod> {
  const { contactMethods } = readContact(database, { key: 'id', value: contactId })
  const given = new Set(cursor === undefined ? [] : readGiven(cursor))
  const left = contactMethods.filter(({ id }) => !given.has(id))
  const items = left.slice(0, pageSize)
  return {
    items: items.map(copyMethod),
    total: contactMethods.length,
    ...(items.length < left.length && {
      nextCursor: JSON.stringify([...given, ...items.map(({ id }) => id)]),
    }),
  }
}

/** Reads one method. @throws ContactsError `not_found` */
export function getMethod(database: Database, id: string): ContactMethod {
  return copyMethod(ownerOf(database, id).method)
}

/** Reads the one method that passes a test. @throws ContactsError `not_found`, `ambiguous` */
export function findMethod(
  database: Database,
  what: string,
  matches: (method: MemoryMethod) => boolean,
): ContactMethod {
  let found: MemoryMethod | undefined
  for (const { record } of database.contacts.after(0)) {
    for (const method of record.contactMethods) {
      if (!matches(method)) continue
      if (found) throw ambiguous(`contact methods have that ${what}`)
      found = method
    }
  }
  if (!found) throw notFound(`contact method with that ${what}`)
  return copyMethod(found)
}

/** Adds a method to a contact. */
export function createMethod(
  database: Database,
  contactId: string,
  input: ContactMethodWrite,
): ContactMethod {
  if (input.id !== undefined) {
    throw invalidInput([
      { path: 'id', message: 'is given by the store: leave it out of a new contact method' },
    ])
  }
  const record = readContact(database, { key: 'id', value: contactId })
  const stamp = database.stamp()
  const method = newMethod(input, stamp)
  const methods = [...record.contactMethods, method]
  store(database, record, method.primary ? makePrimary(methods, method.id, stamp) : methods, stamp)
  return copyMethod(method)
}

/** Changes a method. */
export function updateMethod(database: Database, id: string, patch: ContactMethodChange): ContactMethod {
  const { record, method } = ownerOf(database, id)
  const stamp = database.stamp()
  const changed = changeMethod(method, patch, stamp)
  if (changed === method) return copyMethod(method)
  const methods = record.contactMethods.map((other) => (other === method ? changed : other))
  store(database, record, changed.primary ? makePrimary(methods, id, stamp) : methods, stamp)
  return copyMethod(changed)
}

/** Removes a method. */
export function deleteMethod(database: Database, id: string): void {
  const { record, method } = ownerOf(database, id)
  const left = record.contactMethods.filter((other) => other !== method)
  store(database, record, left, database.stamp())
}

/** The primary method of a type. */
export function getPrimaryMethod(
  database: Database,
  contactId: string,
  type: ContactMethodType,
): ContactMethod | undefined {
  const primary = primaryOf(readContact(database, { key: 'id', value: contactId }).contactMethods, type)
  return primary && copyMethod(primary)
}

/** Makes the methods of a contact be these, and tells what that changed. */
export function syncMethods(
  database: Database,
  contactId: string,
  wanted: readonly ContactMethodWrite[],
): ContactMethodSync {
  const record = readContact(database, { key: 'id', value: contactId })
  const before = new Map(record.contactMethods.map((method) => [method.id, method]))
  const stamp = database.stamp()
  const methods = replaceMethods(record.contactMethods, wanted, stamp)
  const kept = new Set(methods.map(({ id }) => id))
  const created = methods.filter(({ id }) => !before.has(id))
  const updated = methods.filter((method) => before.has(method.id) && before.get(method.id) !== method)
  const deleted = [...before.keys()].filter((id) => !kept.has(id))
  if (created.length + updated.length + deleted.length > 0) store(database, record, methods, stamp)
  return { created: created.map(copyMethod), updated: updated.map(copyMethod), deleted }
}

function store(
  database: Database,
  record: MemoryRecord,
  methods: readonly MemoryMethod[],
  { now }: MethodTools,
): void {
  database.contacts.replace({ ...withMethods(record, methods), updatedAt: now })
}

function ownerOf(
  database: Database,
  id: string,
): { readonly record: MemoryRecord; readonly method: MemoryMethod } {
  const record = database.contacts.findByMethodId(id)
  const method = record?.contactMethods.find((candidate) => candidate.id === id)
  if (!record || !method) throw notFound('contact method with that id')
  return { record, method }
}

function readGiven(cursor: string): readonly string[] {
  try {
    const given: unknown = JSON.parse(cursor)
    if (Array.isArray(given) && given.every((id) => typeof id === 'string')) return given
  } catch {
    // Not JSON, so not a cursor.
  }
  throw invalidInput([
    { path: 'cursor', message: 'is no cursor of this listing: pass the nextCursor of its last page' },
  ])
}
