import {
  parseTime,
  type RecordReader,
  readMember,
  readText,
  recordReader,
  wireFlag,
  wireId,
  wireNumber,
  wireObject,
  wireRecord,
  wireText,
} from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import { badAnswer, PROVIDER } from './errors.ts'

/**
 * A contact method as the vendor sends it, as far as it is read: times are ISO 8601 text, what is not set is left out or null, a
 * type that is not known yet passes, and so do unknown fields.
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

const time = v.nullish(
  v.pipe(
    v.string('must be text or null'),
    v.check((text) => parseTime(text) !== undefined, 'must be a time'),
  ),
)

const ContactMethodSchema = wireRecord({
  id: wireId,
  clientId: wireId,
  type: wireId,
  value: v.string('must be text'),
  isPrimary: wireFlag,
  isVerified: wireFlag,
  verifiedAt: time,
  label: wireText,
  externalId: wireText,
  metadata: wireObject,
  createdAt: time,
  updatedAt: time,
})

/** Checks a contact method. @throws ContactsError `bad_response` */
export const readRecord: RecordReader<ContactMethodRecord> = recordReader(ContactMethodSchema, {
  provider: PROVIDER,
  what: 'a contact method',
})

const anything = v.nullish(v.unknown())
const list = v.array(v.unknown(), 'must be an array')

const readPageAnswer = recordReader(
  wireRecord({
    data: list,
    pagination: v.nullish(wireRecord({ hasMore: wireFlag, nextCursor: wireText, totalCount: wireNumber })),
  }),
  { provider: PROVIDER, what: 'a page' },
)

/** One page of a listing, its records unchecked. */
export interface RecordPage {
  readonly records: readonly unknown[]
  /** Where the listing goes on; absent at its end. */
  readonly nextCursor?: string
  readonly hasMore: boolean
  /** Whether the answer does not say if more follow. */
  readonly isOpen: boolean
  readonly totalCount?: number
}

/**
 * Reads one page of a listing: `data` and `pagination`, or a bare array, as some sub-lists of the vendor are. A cursor beside
 * `hasMore: false` counts for nothing.
 *
 * @throws ContactsError `bad_response`
 */
export function readPage(value: unknown, operation: string): RecordPage {
  if (Array.isArray(value)) return { records: value, hasMore: false, isOpen: true }
  const { data, pagination } = readPageAnswer(value, undefined, operation)
  const nextCursor = pagination?.nextCursor || undefined
  const hasMore = pagination?.hasMore ?? nextCursor !== undefined
  if (hasMore && nextCursor === undefined) {
    throw badAnswer('the answer says that there is more, and not where it goes on.', operation)
  }
  const totalCount = pagination?.totalCount ?? undefined
  return {
    records: data,
    hasMore,
    // A cursor that is null or blank says that there is none.
    isOpen: typeof pagination?.hasMore !== 'boolean' && pagination?.nextCursor === undefined,
    ...(hasMore && nextCursor !== undefined && { nextCursor }),
    ...(totalCount !== undefined && { totalCount }),
  }
}

/** What became of one item of a batch. */
export type ItemAnswer = { readonly data: unknown } | { readonly error: ItemError }

/** Why an item of a batch failed. */
export interface ItemError {
  readonly message: string
  /** The vendor's code, where it gives one. */
  readonly code?: string
}

const index = v.pipe(
  v.number('must be a number'),
  v.check((value) => Number.isSafeInteger(value) && value >= 0, 'must be a place in the batch'),
)

const batch = { provider: PROVIDER, what: 'the answer to a batch' }
const readWhole = recordReader(wireRecord({ data: list }), batch)
const readPartial = recordReader(
  wireRecord({
    succeeded: v.array(wireRecord({ index, data: anything }), 'must be an array'),
    failed: v.array(wireRecord({ index, error: anything }), 'must be an array'),
  }),
  batch,
)

/**
 * Reads the answer to a batch, of either mode.
 *
 * @param count - how many items were sent
 * @returns what became of each item, in their order; `undefined` for one that the answer does not tell of
 * @throws ContactsError `bad_response`
 */
export function readBatch(
  value: unknown,
  count: number,
  operation: string,
): readonly (ItemAnswer | undefined)[] {
  const answers = new Array<ItemAnswer | undefined>(count).fill(undefined)
  const note = (place: number, told: ItemAnswer): void => {
    if (place >= count) throw badAnswer('the answer tells of an item that was not sent.', operation)
    answers[place] = told
  }
  if (readMember(value, 'data') !== undefined) {
    const { data } = readWhole(value, undefined, operation)
    for (const [place, item] of data.entries()) note(place, { data: item })
    return answers
  }
  const { succeeded, failed } = readPartial(value, undefined, operation)
  for (const { index: place, data } of succeeded) note(place, { data })
  for (const { index: place, error } of failed) note(place, { error: readItemError(error) })
  return answers
}

/** What an upsert did. */
export interface UpsertAnswer {
  readonly data: ContactMethodRecord
  readonly action?: string | null | undefined
}

/** Reads the answer to an upsert. @throws ContactsError `bad_response` */
export const readUpsert: RecordReader<UpsertAnswer> = recordReader(
  wireRecord({ data: ContactMethodSchema, action: wireText }),
  { provider: PROVIDER, what: 'the answer to an upsert' },
)

/** What a sync did. */
export interface SyncAnswer {
  readonly created: readonly ContactMethodRecord[]
  readonly updated: readonly ContactMethodRecord[]
  readonly deleted: readonly string[]
}

/** Reads the answer to a sync. @throws ContactsError `bad_response` */
export const readSync: RecordReader<SyncAnswer> = recordReader(
  wireRecord({
    created: v.array(ContactMethodSchema),
    updated: v.array(ContactMethodSchema),
    deleted: v.array(wireId),
  }),
  { provider: PROVIDER, what: 'the answer to a sync' },
)

function readItemError(error: unknown): ItemError {
  const code = readText(error, 'code')
  return {
    message: readText(error, 'message') ?? 'The provider refused this item.',
    ...(code !== undefined && { code }),
  }
}
