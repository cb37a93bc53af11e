import { isPlainObject, type JsonObject, type JsonValue } from '@anycontact/core'
import type { ContactRecord } from './api/wire.ts'
import { withoutNulls } from './mapping.ts'

/** A change of `properties` or `metadata`. */
export interface ObjectChange {
  readonly field: 'properties' | 'metadata'
  /** What a caller calls it. */
  readonly path: string
  /** The whole as it is to be. */
  readonly whole: JsonObject
  /** The keys that the caller wrote: those to be set, and those to be removed. */
  readonly written: readonly string[]
}

/**
 * Merges what a caller wrote into an object of a record.
 *
 * @param record - the record as it is
 * @param change - by key, where `null` removes; `null` for the whole removes all
 */
export function mergeObject(
  record: ContactRecord,
  field: ObjectChange['field'],
  path: string,
  change: JsonObject | null,
): ObjectChange {
  const present = withoutNulls(record[field] ?? {})
  if (change === null) return { field, path, whole: {}, written: Object.keys(present) }
  return { field, path, whole: withoutNulls({ ...present, ...change }), written: Object.keys(change) }
}

/**
 * The keys that are not as they were written. A server that merges keeps what was to be removed; null counts as removed.
 *
 * @param record - the record as it came out
 */
export function unsettledKeys(record: ContactRecord, { field, whole, written }: ObjectChange): string[] {
  const present = withoutNulls(record[field] ?? {})
  return written.filter((key) => !sameValue(memberOf(present, key), memberOf(whole, key)))
}

/** The whole, with null for keys that a server has to be told of one by one to let go of what is there. */
export function nulling({ whole }: ObjectChange, keys: readonly string[]): JsonObject {
  return { ...whole, ...Object.fromEntries(keys.map((key) => [key, null])) }
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]))
  }
  if (!isPlainObject(a) || !isPlainObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  )
}

function memberOf(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
