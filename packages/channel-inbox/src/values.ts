import { ContactsError, isPlainObject } from '@anycontact/core'
import { PROVIDER } from './errors.ts'

/** A member of a record; `undefined` for what is no record. */
export function read(value: unknown, key: string): unknown {
  return isPlainObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The first of several members that holds text which is not empty: to the inbox, empty means absent. */
export function readText(value: unknown, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = read(value, key)
    if (typeof text === 'string' && text !== '') return text
  }
  return undefined
}

/**
 * A time as ISO 8601 in UTC. What has no zone is taken for UTC.
 *
 * @throws ContactsError `bad_response` for text that is no time
 */
export function readTime(value: unknown, key: string): string | undefined {
  const text = readText(value, key)
  if (text === undefined) return undefined
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text)
  const date = new Date(hasZone ? text : `${text}Z`)
  if (Number.isNaN(date.getTime())) throw badRecord(key, 'is no time')
  return date.toISOString()
}

/**
 * The id of a record, which is `id` or `_id`.
 *
 * @throws ContactsError `bad_response` when there is none
 */
export function readId(value: unknown): string {
  const id = readText(value, 'id', '_id')
  if (id === undefined) throw badRecord('id', 'must be text that is not empty, and so must _id')
  return id
}

function badRecord(path: string, message: string): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: `The inbox sent a record that cannot be read: ${path} ${message}.`,
    provider: PROVIDER,
    issues: [{ path, message }],
  })
}
