import type { JsonObject } from '../model/json.ts'
import { type BadRecord, isoTime } from './iso-time.ts'

/**
 * A member of a value that was not checked.
 *
 * @param value - anything, parsed from JSON
 * @param key - the member's name
 * @returns `undefined` for what has no such member of its own
 */
export function readMember(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  const member: unknown = Reflect.get(value, key)
  return member
}

/**
 * The first of several members that holds text. Empty text is "absent", as it is to vendors.
 *
 * @param value - anything, parsed from JSON
 * @param keys - the members' names, the preferred one first
 */
export function readText(value: unknown, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = readMember(value, key)
    if (typeof text === 'string' && text !== '') return text
  }
  return undefined
}

/**
 * A member that holds a time, as {@link isoTime} reads it. What is neither text nor a number is "absent".
 *
 * @param value - anything, parsed from JSON
 * @param key - the member's name
 * @param fail - makes the error
 * @throws ContactsError what `fail` makes, for text or a number that is no time
 */
export function readTime(value: unknown, key: string, fail: BadRecord): string | undefined {
  const time = readMember(value, key)
  return typeof time === 'string' || typeof time === 'number' ? isoTime(time, key, fail) : undefined
}

/**
 * The id of a record that was not checked.
 *
 * @param value - anything, parsed from JSON
 * @param fail - makes the error
 * @param keys - what the id may be called, the preferred name first. @default id
 * @throws ContactsError what `fail` makes, when none of them holds text
 */
export function readId(value: unknown, fail: BadRecord, ...keys: readonly string[]): string {
  const names = keys.length === 0 ? ['id'] : keys
  const id = readText(value, ...names)
  if (id === undefined) throw fail(names.join(' or '), 'must be text that is not empty')
  return id
}

/**
 * A copy of an object without the members that are null or undefined.
 *
 * @param object - parsed from JSON, or checked to be JSON
 */
export function withoutNulls(object: Readonly<Record<string, unknown>>): JsonObject {
  const values = Object.values(object)
  const isFull = !values.includes(null) && !values.includes(undefined)
  const kept = isFull
    ? { ...object }
    : Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== undefined))
  return kept as JsonObject // it came from JSON
}
