// A server may merge `properties` and `metadata` into what is there instead of replacing them. Source: the vendor's examples fit either.
import type { JsonObject } from '@anycontact/core'
import {
  type ContactWrite,
  mergeJson,
  sameJson,
  withDigits,
  withoutNulls,
} from '@anycontact/core/adapter-kit'
import type { CognipeerRecord } from '../api/wire.ts'
import type { CognipeerVendorFields, Data } from '../mapping.ts'

/** A change of `properties` or `metadata`. They are read, merged here and sent whole, which suits either server. */
export interface ObjectChange {
  readonly field: 'properties' | 'metadata'
  /** The whole as it is to be. */
  readonly whole: JsonObject
  /** The keys that the caller wrote: those to be set, and those to be removed. */
  readonly written: readonly string[]
}

/**
 * The changes of a record's objects that a write asks for.
 *
 * @param record - the contact as it is
 */
export function objectChanges(
  record: CognipeerRecord,
  { customFields }: ContactWrite,
  vendor: CognipeerVendorFields | undefined,
): ObjectChange[] {
  const asked = { properties: customFields, metadata: vendor?.metadata }
  return (['properties', 'metadata'] as const).flatMap((field) => {
    const change = asked[field]
    const present = withoutNulls(record[field] ?? {})
    if (change === undefined) return []
    if (change === null) return [{ field, whole: {}, written: Object.keys(present) }]
    return [{ field, whole: mergeJson(present, change), written: Object.keys(change) }]
  })
}

/**
 * The written keys that are not as they are to be. A server that merges keeps what was to be removed; null counts as removed.
 * Keys that nobody wrote are left alone: another writer may have set them meanwhile.
 *
 * @param record - the contact as it came out
 */
export function unsettledKeys({ field, whole, written }: ObjectChange, record: CognipeerRecord): string[] {
  const present = withoutNulls(record[field] ?? {})
  return written.filter((key) => !sameJson(ownMember(present, key), ownMember(whole, key)))
}

/** What a second update sends: null for the keys that a merging server kept. Empty where there are none. */
export function emptiedKeys(changes: readonly ObjectChange[], record: CognipeerRecord): Data {
  return perObject(changes, record, ({ whole }, keys) =>
    withDigits(whole, { ...whole, ...Object.fromEntries(keys.map((key) => [key, null])) }),
  )
}

/** What a third update sends: objects some of whose keys had to be emptied before they could be replaced. */
export function refilledObjects(changes: readonly ObjectChange[], record: CognipeerRecord): Data {
  return perObject(changes, record, ({ whole }, keys) =>
    keys.some((key) => Object.hasOwn(whole, key)) ? whole : undefined,
  )
}

function perObject(
  changes: readonly ObjectChange[],
  record: CognipeerRecord,
  send: (change: ObjectChange, unsettled: readonly string[]) => JsonObject | undefined,
): Data {
  const data: Data = {}
  for (const change of changes) {
    const keys = unsettledKeys(change, record)
    const object = keys.length > 0 ? send(change, keys) : undefined
    if (object) data[change.field] = object
  }
  return data
}

function ownMember(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
