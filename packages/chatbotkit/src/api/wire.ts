import { ContactsError, type ContactsErrorIssue, isPlainObject } from '@anycontact/core'
import * as v from 'valibot'
import { badAnswer, errorFromBody, isErrorBody, PROVIDER } from '../errors.ts'

/**
 * A contact as ChatBotKit sends it, as far as it is checked. Fields that are not set come as null, whatever the vendor's
 * types say; times are milliseconds since the epoch. Unknown fields pass.
 */
export interface ContactRecord {
  id: string
  name?: string | null | undefined
  description?: string | null | undefined
  fingerprint?: string | null | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
  nick?: string | null | undefined
  preferences?: string | null | undefined
  verifiedAt?: number | null | undefined
  createdAt?: number | null | undefined
  updatedAt?: number | null | undefined
  meta?: Record<string, unknown> | null | undefined
  [field: string]: unknown
}

// The messages are ours, because valibot's own quote the value.
const text = v.nullish(v.string('must be text or null'))
const time = v.nullish(v.number('must be a number or null'))
const notBlank = 'must be text that is not empty'

/** Checks a contact as far as the mapping reads it. */
export const ContactRecordSchema: v.GenericSchema<unknown, ContactRecord> = v.looseObject(
  {
    id: v.pipe(v.string(notBlank), v.nonEmpty(notBlank)),
    name: text,
    description: text,
    fingerprint: text,
    email: text,
    phone: text,
    nick: text,
    preferences: text,
    verifiedAt: time,
    createdAt: time,
    updatedAt: time,
    meta: v.nullish(v.custom<Record<string, unknown>>(isPlainObject, 'must be an object or null')),
  },
  'must be an object',
)

/**
 * Checks a contact record and hands it back as it is, not a copy.
 *
 * @param value - one record, parsed from JSON
 * @param path - where it stands in the answer, such as `items.3`
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

/**
 * Reads the `{ id }` that writes answer.
 *
 * @param value - the parsed answer
 * @param operation - for error messages
 * @throws ContactsError `bad_response`, or what an error object under status 200 says
 */
export function parseIdAnswer(value: unknown, operation?: string): string {
  return readId(value, operation, 'the answer has no `id`. What was written may be in force; look it up.')
}

/**
 * Checks that an answer is a record at all.
 *
 * @param value - the parsed answer
 * @param operation - for error messages
 * @throws ContactsError `bad_response`, or what an error object under status 200 says
 */
export function checkRecordAnswer(value: unknown, operation?: string): void {
  readId(value, operation, 'the answer is no record. Check `baseUrl`, and proxies on the way.')
}

function readId(value: unknown, operation: string | undefined, problem: string): string {
  const id: unknown = isObject(value) ? value.id : undefined
  if (typeof id === 'string' && id !== '') return id
  if (isErrorBody(value)) throw errorFromBody(value, operation)
  throw badAnswer(problem, operation)
}

/** One page of a listing. */
export interface ListAnswer {
  items: unknown[]
  /** The id of the page's last item; absent when the page is empty, which is the end. A last page has one too. */
  cursor?: string
}

/**
 * Reads one page of a listing.
 *
 * @param value - the parsed answer
 * @param operation - for error messages
 * @throws ContactsError `bad_response`, or what an error object under status 200 says, which the server sends when a slow
 * listing fails
 */
export function parseListAnswer(value: unknown, operation?: string): ListAnswer {
  const items: unknown = isObject(value) ? value.items : undefined
  if (isObject(value) && Array.isArray(items)) {
    const { cursor } = value
    return typeof cursor === 'string' && cursor !== '' ? { items, cursor } : { items }
  }
  if (isErrorBody(value)) throw errorFromBody(value, operation)
  throw badAnswer('the answer has no list of `items`. Check `baseUrl`, and proxies on the way.', operation)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** The same check as the schema's, by hand: a listing of a million contacts pays for it a million times. */
function isContactRecord(value: unknown): value is ContactRecord {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    value.id !== '' &&
    isText(value.name) &&
    isText(value.description) &&
    isText(value.fingerprint) &&
    isText(value.email) &&
    isText(value.phone) &&
    isText(value.nick) &&
    isText(value.preferences) &&
    isTime(value.verifiedAt) &&
    isTime(value.createdAt) &&
    isTime(value.updatedAt) &&
    isMeta(value.meta)
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value === null || value === undefined
}

function isTime(value: unknown): boolean {
  return (typeof value === 'number' && !Number.isNaN(value)) || value === null || value === undefined
}

function isMeta(value: unknown): boolean {
  return value === null || value === undefined || isPlainObject(value)
}
