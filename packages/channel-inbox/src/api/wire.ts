import {
  isPlainObject,
  type RecordReader,
  readMember,
  readText,
  recordReader,
  type VendorPage,
  wireRecord,
  wireText,
} from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import { badAnswer, PROVIDER } from './errors.ts'
import type { Contact, NotificationActionResponse, PagedResponse, PageParams, Rows } from './types.ts'

/**
 * A contact as the inbox sends it, as far as it is read. It has `id`, or `_id` in records of another form. Text that is not set is
 * empty; null is taken as well. Unknown members pass.
 */
export interface ChannelInboxRecord {
  id?: string | null | undefined
  _id?: string | null | undefined
  display_name?: string | null | undefined
  /** What updates of the vendor's SDK call `display_name`. */
  name?: string | null | undefined
  first_name?: string | null | undefined
  last_name?: string | null | undefined
  email?: string | null | undefined
  phone_number?: string | null | undefined
  /** What updates of the vendor's SDK call `phone_number`. */
  phone?: string | null | undefined
  avatar_url?: string | null | undefined
  remark?: string | null | undefined
  language?: string | null | undefined
  time_zone?: string | null | undefined
  /** What they are is not published; those that are text are the contact's tags. */
  labels?: unknown[] | null | undefined
  created_at?: string | null | undefined
  updated_at?: string | null | undefined
  [field: string]: unknown
}

/** Checks a contact as far as it is read. */
export const ContactRecordSchema: v.GenericSchema<unknown, ChannelInboxRecord> = v.pipe(
  wireRecord({
    id: wireText,
    _id: wireText,
    display_name: wireText,
    name: wireText,
    first_name: wireText,
    last_name: wireText,
    email: wireText,
    phone_number: wireText,
    phone: wireText,
    avatar_url: wireText,
    remark: wireText,
    language: wireText,
    time_zone: wireText,
    // Not v.array(), of which valibot hands on a copy: then the check of the record below could not be compiled.
    labels: v.nullish(v.custom<unknown[]>(Array.isArray, 'must be an array or null')),
    created_at: wireText,
    updated_at: wireText,
  }),
  v.check((record) => hasId(record), 'must have an id or _id that is not empty'),
)

/** Checks a contact and hands it back as it is. */
export const readRecord: RecordReader<ChannelInboxRecord> = recordReader(ContactRecordSchema, {
  provider: PROVIDER,
})

/** Whether a value has an id, under either name. */
function hasId(value: unknown): boolean {
  return readText(value, 'id', '_id') !== undefined
}

/**
 * Reads rows: an array, or an object with the array as `data`.
 *
 * @param answer - parsed from JSON
 * @param operation - the operation it was for
 * @throws ContactsError `bad_response`
 */
export function readRows(answer: unknown, operation: string): readonly unknown[] {
  const rows: unknown = isPlainObject(answer) ? answer.data : answer
  if (Array.isArray(rows)) return rows
  throw badAnswer('the answer has no list of `data`. Check `baseUrl`, and proxies on the way.', operation)
}

/**
 * Reads one page. `count` is the number of all; `total` is not read, because it is that of the rows on the page.
 *
 * @param answer - the vendor's envelope, or bare rows
 * @param operation - the operation it was for
 * @throws ContactsError `bad_response`
 */
export function readPage(answer: unknown, operation: string): VendorPage {
  const hasMore = readMember(answer, 'has_more')
  const unreadCount = countIn(answer, 'unread_count')
  return {
    records: readRows(answer, operation),
    total: countIn(answer, 'count'),
    hasMore: typeof hasMore === 'boolean' ? hasMore : undefined,
    extra: unreadCount === undefined ? undefined : { unreadCount },
  }
}

function countIn(answer: unknown, name: string): number | undefined {
  const count = readMember(answer, name)
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}

// Answers in the types that the vendor declares. What is in them is taken on trust, as by the vendor's client.

/** A record. */
export function recordOf(answer: unknown, operation: string): Contact {
  if (hasId(answer)) return answer as Contact // on trust
  throw badAnswer('the answer is no record. Check `baseUrl`, and proxies on the way.', operation)
}

/** Rows, with `data` beside them. */
export function rowsOf<Row>(answer: unknown, operation: string): Rows<Row> {
  const rows = [...readRows(answer, operation)] as Row[] // on trust
  // Not enumerable, so that the rows print and compare as an array.
  return Object.defineProperty(rows, 'data', { value: rows }) as Rows<Row> // since now it has it
}

/** A page, with what the server leaves out worked out from the request. */
export function pageOf<Page extends PagedResponse<unknown>>(
  answer: unknown,
  { limit, skip }: PageParams,
  operation: string,
): Page {
  const data = [...readRows(answer, operation)]
  const size = numberIn(limit) || data.length
  const page = { total: data.length, page: size > 0 ? Math.floor(numberIn(skip) / size) + 1 : 1, limit: size }
  return { ...page, ...(isPlainObject(answer) && answer), data } as Page // on trust
}

/** What a caller gave for a number: text is sent as well. */
function numberIn(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) || 0 : 0
}

/** The fate of a write on notifications. */
export function actionOf(answer: unknown): NotificationActionResponse {
  return { success: true, ...(isPlainObject(answer) && answer) }
}

/** The URL that an upload answers. */
export function uploadOf(answer: unknown, operation: string): { url: string } {
  if (isPlainObject(answer) && typeof answer.url === 'string' && answer.url !== '') {
    return { ...answer, url: answer.url }
  }
  throw badAnswer('the answer has no `url`. The file may have been stored all the same.', operation)
}
