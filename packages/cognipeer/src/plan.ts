import type { ContactWrite, JsonValue } from '@anycontact/core'
import type { ContactRecord } from './api/wire.ts'
import { type CognipeerVendorFields, type PlainFields, toPlainFields } from './mapping.ts'
import { mergeObject, nulling, type ObjectChange, sameValue, unsettledKeys } from './objects.ts'

/** The changes of one contact: what is to be sent, and what is to come out. */
export interface Plan {
  readonly plain: PlainFields
  readonly objects: readonly ObjectChange[]
}

/** Something that did not come out as it was written. */
export interface Leftover {
  /** What a caller calls it. */
  readonly path: string
  /** The field of the record. */
  readonly field: string
  /** The key inside it, where it is an object. */
  readonly key?: string
  readonly reason: string
}

/**
 * Plans the changes of a contact.
 *
 * @param record - the contact as it is; needed where custom fields or metadata change, because they are sent whole
 */
export function planChanges(
  record: ContactRecord | undefined,
  patch: ContactWrite,
  vendor: CognipeerVendorFields | undefined,
): Plan {
  const objects: ObjectChange[] = []
  const { customFields } = patch
  const metadata = vendor?.metadata
  if (record && customFields !== undefined) {
    objects.push(mergeObject(record, 'properties', 'customFields', customFields))
  }
  if (record && metadata !== undefined) {
    objects.push(mergeObject(record, 'metadata', 'vendor.metadata', metadata))
  }
  return { plain: toPlainFields(patch, vendor), objects }
}

/** Whether a plan can only be made with the record at hand. */
export function needsRecord(patch: ContactWrite, vendor: CognipeerVendorFields | undefined): boolean {
  return patch.customFields !== undefined || vendor?.metadata !== undefined
}

/** The `data` of the update that carries a plan out. */
export function toData({ plain, objects }: Plan): Record<string, JsonValue> {
  return { ...plain, ...Object.fromEntries(objects.map(({ field, whole }) => [field, whole])) }
}

const NAMES: Readonly<Record<string, string>> = {
  integrationId: 'externalId',
  name: 'name',
  email: 'email',
  phone: 'phone',
  tags: 'tags',
  status: 'status',
}

const KEPT = 'the server kept the old value (what else was written is in force)'
const LOST = 'the server did not keep it (what else was written is in force)'

/**
 * What did not come out as planned. The values of the vendor's own texts are not compared, because a server may well spell an
 * address or a number its own way; that they were cleared is looked at, as is everything that the vendor does not document.
 */
export function leftoversOf({ plain, objects }: Plan, record: ContactRecord): Leftover[] {
  const leftovers: Leftover[] = []
  for (const [field, value] of Object.entries(plain)) {
    const present = Object.hasOwn(record, field) ? record[field] : undefined
    const path = NAMES[field] ?? `vendor.fields.${field}`
    const isFree = NAMES[field] === undefined || field === 'integrationId'
    if (isNothing(value) ? !isNothing(present) : isFree && !sameValue(present, value)) {
      leftovers.push({ path, field, reason: isNothing(present) ? LOST : KEPT })
    }
  }
  for (const change of objects) {
    const { field, path, whole } = change
    for (const key of unsettledKeys(record, change)) {
      leftovers.push({ path: `${path}.${key}`, field, key, reason: Object.hasOwn(whole, key) ? LOST : KEPT })
    }
  }
  return leftovers
}

/**
 * The `data` of a second update, for what the first one left: text that null did not clear is sent as empty text, and keys of
 * objects that a merging server kept are sent as null. `undefined` when there is nothing that would help.
 */
export function secondData(
  plan: Plan,
  leftovers: readonly Leftover[],
): Record<string, JsonValue> | undefined {
  const data: Record<string, JsonValue> = {}
  for (const { field, key } of leftovers) {
    if (key === undefined && plan.plain[field] === null) data[field] = ''
  }
  for (const change of plan.objects) {
    const keys = keysOf(leftovers, change)
    if (keys.length > 0) data[change.field] = nulling(change, keys)
  }
  return Object.keys(data).length > 0 ? data : undefined
}

/** The `data` of a third update: keys that had to be emptied before they could be replaced. */
export function thirdData(plan: Plan, leftovers: readonly Leftover[]): Record<string, JsonValue> | undefined {
  const data: Record<string, JsonValue> = {}
  for (const change of plan.objects) {
    if (keysOf(leftovers, change).some((key) => Object.hasOwn(change.whole, key)))
      data[change.field] = change.whole
  }
  return Object.keys(data).length > 0 ? data : undefined
}

function keysOf(leftovers: readonly Leftover[], { field }: ObjectChange): string[] {
  return leftovers.flatMap((leftover) =>
    leftover.field === field && leftover.key !== undefined ? [leftover.key] : [],
  )
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
