import { type ContactsErrorIssue, isPlainObject } from '@anycontact/core'
import * as v from 'valibot'
import { badAnswer } from '../errors.ts'

/**
 * A contact method as the vendor sends it, as far as it is checked: times are ISO 8601 text, what is not set is left out or
 * null, a type that is not known yet passes, and so do unknown fields.
 */
export interface ContactMethodRecord {
  /** Its id. */
  id: string
  /** The client that it belongs to. */
  clientId: string
  /** What kind of address it is. */
  type: string
  /** The address or number itself. */
  value: string
  /** Whether it is the primary of its type. */
  isPrimary?: boolean | null | undefined
  /** Whether the vendor has verified it. */
  isVerified?: boolean | null | undefined
  /** When it was verified. */
  verifiedAt?: string | null | undefined
  /** What the user calls it. */
  label?: string | null | undefined
  /** Its id in the caller's system. */
  externalId?: string | null | undefined
  /** Fields of the caller's own. */
  metadata?: Record<string, unknown> | null | undefined
  /** When it was made. */
  createdAt?: string | null | undefined
  /** When it was last changed. */
  updatedAt?: string | null | undefined
  [field: string]: unknown
}

// The messages are ours, because valibot's own quote the value.
const notEmpty = 'must be text that is not empty'
const id = v.pipe(v.string(notEmpty), v.nonEmpty(notEmpty))
const text = v.nullish(v.string('must be text or null'))
const flag = v.nullish(v.boolean('must be true, false or null'))
const time = v.nullish(
  v.pipe(
    v.string('must be text or null'),
    v.check((value) => !Number.isNaN(Date.parse(value)), 'must be a time'),
  ),
)

/** Checks a contact method as far as the mapping reads it. */
const ContactMethodRecordSchema: v.GenericSchema<unknown, ContactMethodRecord> = v.looseObject(
  {
    id,
    clientId: id,
    type: id,
    value: v.string('must be text'),
    isPrimary: flag,
    isVerified: flag,
    verifiedAt: time,
    label: text,
    externalId: text,
    metadata: v.nullish(v.custom<Record<string, unknown>>(isPlainObject, 'must be an object or null')),
    createdAt: time,
    updatedAt: time,
  },
  // The schema of an object also says that a member is missing.
  (issue) => (issue.expected === 'Object' ? 'must be an object' : 'is missing'),
)

/**
 * Checks a contact method and hands it back as it is, not a copy.
 *
 * @param value - one record, parsed from JSON
 * @param path - where it stands in the answer, such as `data.3`
 * @throws ContactsError `bad_response`; its issues name the path of what is wrong and hold no values
 */
export function parseRecord(value: unknown, path?: string, operation?: string): ContactMethodRecord {
  const checked = v.safeParse(ContactMethodRecordSchema, value)
  if (checked.success) return value as ContactMethodRecord // just checked
  const issues = checked.issues.map(
    (issue): ContactsErrorIssue => ({
      path: [path, v.getDotPath(issue)].filter(Boolean).join('.'),
      message: issue.message,
    }),
  )
  const [first] = issues
  throw badAnswer(
    `a contact method cannot be read: ${first?.path || 'it'} ${first?.message}.`,
    operation,
    issues,
  )
}

/** One page of a listing, its records unchecked. */
export interface RecordPage {
  readonly records: readonly unknown[]
  /** Where the listing goes on; absent at its end. */
  readonly nextCursor?: string
  readonly hasMore: boolean
  readonly totalCount?: number
}

/**
 * Reads one page of a listing: `data` and `pagination`, or a bare array, as some sub-lists of the vendor are. A cursor beside
 * `hasMore: false` counts for nothing.
 *
 * @throws ContactsError `bad_response`
 */
export function parsePage(value: unknown, operation: string | undefined): RecordPage {
  if (Array.isArray(value)) return { records: value, hasMore: false }
  const data = memberOf(value, 'data')
  if (!Array.isArray(data)) {
    throw badAnswer('the answer has no list `data`. Check `baseUrl`, and proxies on the way.', operation)
  }
  const pagination = memberOf(value, 'pagination')
  const cursor = memberOf(pagination, 'nextCursor')
  const said = memberOf(pagination, 'hasMore')
  const nextCursor = typeof cursor === 'string' && cursor !== '' ? cursor : undefined
  const hasMore = typeof said === 'boolean' ? said : nextCursor !== undefined
  if (hasMore && nextCursor === undefined) {
    throw badAnswer('the answer says that there is more, and not where it goes on.', operation)
  }
  const totalCount = memberOf(pagination, 'totalCount')
  return {
    records: data,
    hasMore,
    ...(hasMore && nextCursor !== undefined && { nextCursor }),
    ...(typeof totalCount === 'number' && { totalCount }),
  }
}

/** What became of one item of a batch. */
export type ItemAnswer =
  | { readonly index: number; readonly data: unknown }
  | { readonly index: number; readonly error: ItemError }

/** Why an item of a batch failed. */
export interface ItemError {
  readonly message: string
  /** The vendor's code, where it gives one. */
  readonly code?: string
}

/**
 * Reads the answer to a batch, of either mode: what became of each item, by its index.
 *
 * @throws ContactsError `bad_response`
 */
export function parseBatch(value: unknown, operation: string | undefined): readonly ItemAnswer[] {
  const [data, succeeded, failed] = ['data', 'succeeded', 'failed'].map((key) => memberOf(value, key))
  if (Array.isArray(data)) return data.map((item: unknown, index) => ({ index, data: item }))
  if (!Array.isArray(succeeded) || !Array.isArray(failed)) {
    throw badAnswer('the answer tells of no items. What was written may be in force; look it up.', operation)
  }
  const indexOf = (entry: unknown): number => {
    const index = memberOf(entry, 'index')
    if (typeof index === 'number' && Number.isSafeInteger(index) && index >= 0) return index
    throw badAnswer('the answer does not say which item it tells of.', operation)
  }
  return [
    ...succeeded.map((entry: unknown) => ({ index: indexOf(entry), data: memberOf(entry, 'data') })),
    ...failed.map((entry: unknown) => ({ index: indexOf(entry), error: readItemError(entry) })),
  ]
}

/**
 * Reads the answer to an upsert.
 *
 * @throws ContactsError `bad_response`
 */
export function parseUpsert(
  value: unknown,
  path?: string,
  operation?: string,
): { readonly record: ContactMethodRecord; readonly action: string } {
  const action = memberOf(value, 'action')
  const place = path === undefined ? 'data' : `${path}.data`
  const record = parseRecord(memberOf(value, 'data'), place, operation)
  return { record, action: typeof action === 'string' ? action : 'updated' }
}

/** What a sync did. */
export interface SyncAnswer {
  readonly created: readonly ContactMethodRecord[]
  readonly updated: readonly ContactMethodRecord[]
  readonly deleted: readonly string[]
}

/**
 * Reads the answer to a sync.
 *
 * @throws ContactsError `bad_response`
 */
export function parseSync(value: unknown, operation: string | undefined): SyncAnswer {
  const [created, updated, deleted] = ['created', 'updated', 'deleted'].map((key) => memberOf(value, key))
  if (!Array.isArray(created) || !Array.isArray(updated) || !Array.isArray(deleted)) {
    throw badAnswer('the answer does not tell what was done. It may be in force; look it up.', operation)
  }
  return {
    created: created.map((record: unknown, at) => parseRecord(record, `created.${at}`, operation)),
    updated: updated.map((record: unknown, at) => parseRecord(record, `updated.${at}`, operation)),
    deleted: deleted.filter((one: unknown) => typeof one === 'string'),
  }
}

function readItemError(entry: unknown): ItemError {
  const error = memberOf(entry, 'error')
  const message = typeof error === 'string' ? error : memberOf(error, 'message')
  const code = memberOf(error, 'code')
  return {
    message: typeof message === 'string' ? message : 'The provider refused this item.',
    ...(typeof code === 'string' && { code }),
  }
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
