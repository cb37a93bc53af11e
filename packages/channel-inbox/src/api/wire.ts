import { ContactsError, type ContactsErrorIssue, isPlainObject } from '@anycontact/core'
import * as v from 'valibot'
import { badAnswer, PROVIDER } from '../errors.ts'

/**
 * A contact as the inbox sends it, as far as it is checked. It has `id`, or `_id` in records of another form. Text that is not set
 * is empty; null is taken as well. Unknown fields pass.
 */
export interface ContactRecord {
  id?: string | null | undefined
  _id?: string | null | undefined
  display_name?: string | null | undefined
  /** The vendor's SDK has this name for `display_name` in updates. */
  name?: string | null | undefined
  first_name?: string | null | undefined
  last_name?: string | null | undefined
  email?: string | null | undefined
  phone_number?: string | null | undefined
  /** The vendor's SDK has this name for `phone_number` in updates. */
  phone?: string | null | undefined
  avatar_url?: string | null | undefined
  remark?: string | null | undefined
  language?: string | null | undefined
  time_zone?: string | null | undefined
  created_at?: string | null | undefined
  updated_at?: string | null | undefined
  [field: string]: unknown
}

const TEXTS = [
  'id',
  '_id',
  'display_name',
  'name',
  'first_name',
  'last_name',
  'email',
  'phone_number',
  'phone',
  'avatar_url',
  'remark',
  'language',
  'time_zone',
  'created_at',
  'updated_at',
] as const

// The messages are ours, because valibot's own quote the value.
const text = v.nullish(v.string('must be text or null'))

/** Checks a contact as far as the mapping reads it. */
export const ContactRecordSchema: v.GenericSchema<unknown, ContactRecord> = v.pipe(
  v.looseObject(
    Object.fromEntries(TEXTS.map((field) => [field, text])) as Record<(typeof TEXTS)[number], typeof text>, // of these keys
    'must be an object',
  ),
  v.check(hasId, 'must have an id or _id that is not empty'),
)

/**
 * Checks a contact record and hands it back as it is, not a copy.
 *
 * @param value - one record, parsed from JSON
 * @param path - where it stands in the answer, such as `data.3`
 * @throws ContactsError `bad_response`; its issues name the path of what is wrong and hold no values
 */
export function parseContactRecord(value: unknown, path?: string): ContactRecord {
  if (isContactRecord(value)) return value
  const checked = v.safeParse(ContactRecordSchema, value)
  if (checked.success) return checked.output
  const issues = checked.issues.map(
    (issue): ContactsErrorIssue => ({
      path: [path, v.getDotPath(issue)].filter(Boolean).join('.'),
      message: issue.message,
    }),
  )
  const [first] = issues
  throw new ContactsError({
    code: 'bad_response',
    message: `${PROVIDER}: a contact record cannot be read: ${first?.path || 'it'} ${first?.message}.`,
    provider: PROVIDER,
    issues,
  })
}

/** One page of a listing. */
export interface PageAnswer {
  readonly data: readonly unknown[]
  readonly has_more?: boolean
  /** How many there are in all. */
  readonly count?: number
  readonly unread_count?: number
}

/**
 * Reads one page: the vendor's envelope, or bare rows. `total` is not read: it is the number of rows on the page.
 *
 * @param value - the parsed answer
 * @param operation - for error messages
 * @throws ContactsError `bad_response`
 */
export function parsePageAnswer(value: unknown, operation?: string): PageAnswer {
  const data = parseRows(value, operation)
  if (!isPlainObject(value)) return { data }
  const { has_more, count, unread_count } = value
  return {
    data,
    ...(typeof has_more === 'boolean' && { has_more }),
    ...(isCount(count) && { count }),
    ...(isCount(unread_count) && { unread_count }),
  }
}

/**
 * Reads rows: an array, or an object with the array as `data`.
 *
 * @param value - the parsed answer
 * @param operation - for error messages
 * @throws ContactsError `bad_response`
 */
export function parseRows(value: unknown, operation?: string): readonly unknown[] {
  const rows: unknown = isPlainObject(value) ? value.data : value
  if (Array.isArray(rows)) return rows
  throw badAnswer('the answer has no list of `data`. Check `baseUrl`, and proxies on the way.', operation)
}

/**
 * Checks that an answer is a record at all.
 *
 * @param value - the parsed answer
 * @param operation - for error messages
 * @throws ContactsError `bad_response`
 */
export function checkRecordAnswer(value: unknown, operation?: string): void {
  if (isPlainObject(value) && hasId(value)) return
  throw badAnswer('the answer is no record. Check `baseUrl`, and proxies on the way.', operation)
}

/**
 * Reads the URL that an upload answers.
 *
 * @param value - the parsed answer
 * @param operation - for error messages
 * @throws ContactsError `bad_response`
 */
export function parseUploadAnswer(value: unknown, operation?: string): { url: string } {
  if (isPlainObject(value) && typeof value.url === 'string' && value.url !== '')
    return { ...value, url: value.url }
  throw badAnswer('the answer has no `url`. The file may have been stored all the same.', operation)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function hasId({ id, _id }: Record<string, unknown>): boolean {
  return [id, _id].some((one) => typeof one === 'string' && one !== '')
}

/** The same check as the schema's, by hand: a listing of a million contacts pays for it a million times. */
function isContactRecord(value: unknown): value is ContactRecord {
  if (typeof value !== 'object' || value === null) return false
  const record = value as Record<string, unknown> // any object has members by text
  for (const field of TEXTS) {
    const member = record[field]
    if (typeof member !== 'string' && member !== null && member !== undefined) return false
  }
  return hasId(record)
}
