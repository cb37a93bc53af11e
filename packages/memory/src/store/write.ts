import type { ContactWrite } from '@anycontact/core/adapter-kit'
import {
  type MethodTools,
  mergeCustomFields,
  primaryOf,
  replaceMethods,
  setPrimaryValue,
} from './contact-methods.ts'
import { copyRecord, type MemoryMethod, type MemoryRecord } from './record.ts'

const TEXT_FIELDS = [
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'status',
  'verifiedAt',
] as const

/** What is to be written; a field that is `undefined` counts as absent. */
type LooseWrite = { readonly [Field in keyof ContactWrite]?: ContactWrite[Field] | undefined }

/** A contact with nothing in it yet. */
export function blankRecord(id: string, now: string): MemoryRecord {
  return { id, contactMethods: [], tags: [], customFields: {}, createdAt: now, updatedAt: now }
}

/**
 * What a write makes of a record: absent leaves, `null` clears, arrays replace, custom fields merge by key. `email` and
 * `phone` are the values of the primary methods afterwards, whatever was written.
 *
 * @param record - as it is; it is left untouched
 * @param write - checked; its `id` is not looked at
 */
export function applyWrite(record: MemoryRecord, write: LooseWrite, tools: MethodTools): MemoryRecord {
  const next = copyRecord(record)
  for (const field of TEXT_FIELDS) {
    const value = write[field]
    if (value === null) delete next[field]
    else if (value !== undefined) next[field] = value
  }
  if (write.tags !== undefined) next.tags = [...(write.tags ?? [])]
  if (write.customFields === null) next.customFields = {}
  else if (write.customFields !== undefined) {
    next.customFields = mergeCustomFields(next.customFields, write.customFields)
  }
  let methods: readonly MemoryMethod[] = next.contactMethods
  if (write.contactMethods !== undefined) methods = replaceMethods(methods, write.contactMethods ?? [], tools)
  if (write.email !== undefined) methods = setPrimaryValue(methods, 'email', write.email, tools)
  if (write.phone !== undefined) methods = setPrimaryValue(methods, 'phone', write.phone, tools)
  return { ...withMethods(next, methods), updatedAt: tools.now }
}

/** Puts contact methods into a record, with the `email` and `phone` that follow from them. */
export function withMethods(record: MemoryRecord, methods: readonly MemoryMethod[]): MemoryRecord {
  const next = { ...record, contactMethods: [...methods] }
  for (const type of ['email', 'phone'] as const) {
    const value = primaryOf(methods, type)?.value
    if (value === undefined) delete next[type]
    else next[type] = value
  }
  return next
}
