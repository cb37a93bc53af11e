import { ContactsError, type ContactsErrorIssue, isPlainObject } from '@anycontact/core'
import * as v from 'valibot'
import { badAnswer, PROVIDER } from '../errors.ts'

/**
 * A contact as Cognipeer sends it, as far as it is checked. Every field may be null, which the vendor's types do not say.
 * Unknown fields pass.
 */
export interface ContactRecord {
  _id: string
  workspaceId?: string | null | undefined
  email?: string | null | undefined
  integrationId?: string | null | undefined
  name?: string | null | undefined
  phone?: string | null | undefined
  metadata?: Record<string, unknown> | null | undefined
  properties?: Record<string, unknown> | null | undefined
  tags?: string[] | null | undefined
  status?: string | null | undefined
  peerId?: string | null | undefined
  /** ISO 8601. */
  createdDate?: string | null | undefined
  /** ISO 8601. */
  modifiedDate?: string | null | undefined
  deleted?: boolean | null | undefined
  [field: string]: unknown
}

// The messages are ours, because valibot's own quote the value.
const text = v.nullish(v.string('must be text or null'))
const object = v.nullish(v.custom<Record<string, unknown>>(isPlainObject, 'must be an object or null'))
const notBlank = 'must be text that is not empty'

/** Checks a contact as far as the mapping reads it. */
export const ContactRecordSchema: v.GenericSchema<unknown, ContactRecord> = v.looseObject(
  {
    _id: v.pipe(v.string(notBlank), v.nonEmpty(notBlank)),
    email: text,
    integrationId: text,
    name: text,
    phone: text,
    metadata: object,
    properties: object,
    tags: v.nullish(v.array(v.string('must be text'), 'must be an array or null')),
    status: text,
    createdDate: text,
    modifiedDate: text,
    deleted: v.nullish(v.boolean('must be true, false or null')),
  },
  'must be an object',
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

/**
 * Reads the `data` of an answer about one contact.
 *
 * @param value - the parsed answer
 * @param operation - for error messages
 * @returns `undefined` where it is null or absent
 * @throws ContactsError `bad_response` for what is no answer of this API
 */
export function parseDataAnswer(value: unknown, operation: string | undefined): object | undefined {
  const { data } = readEnvelope(value, operation)
  if (data === undefined || data === null) return undefined
  if (isPlainObject(data)) return data
  throw badAnswer('`data` of the answer is no record. Check `baseUrl`, and proxies on the way.', operation)
}

/** One page of a listing, as far as it is checked. */
export interface ListAnswer {
  readonly data: unknown[]
  readonly total: number | undefined
  readonly page: number | undefined
  readonly limit: number | undefined
}

/**
 * Reads one page of a listing.
 *
 * @param value - the parsed answer
 * @param operation - for error messages
 * @throws ContactsError `bad_response`
 */
export function parseListAnswer(value: unknown, operation: string | undefined): ListAnswer {
  const { data, total, page, limit } = readEnvelope(value, operation)
  if (!Array.isArray(data)) {
    throw badAnswer('the answer has no list in `data`. Check `baseUrl`, and proxies on the way.', operation)
  }
  return { data, total: toCount(total), page: toCount(page), limit: toCount(limit) }
}

function readEnvelope(value: unknown, operation: string | undefined): Record<string, unknown> {
  if (isPlainObject(value) && value.success) return value
  throw badAnswer('the answer does not say `success`. Check `baseUrl`, and proxies on the way.', operation)
}

function toCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

/** The same check as the schema's, by hand: a listing of a million contacts pays for it a million times. */
function isContactRecord(value: unknown): value is ContactRecord {
  return (
    isPlainObject(value) &&
    typeof value._id === 'string' &&
    value._id !== '' &&
    isText(value.email) &&
    isText(value.integrationId) &&
    isText(value.name) &&
    isText(value.phone) &&
    isObject(value.metadata) &&
    isObject(value.properties) &&
    isTags(value.tags) &&
    isText(value.status) &&
    isText(value.createdDate) &&
    isText(value.modifiedDate) &&
    isFlag(value.deleted)
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value === null || value === undefined
}

function isObject(value: unknown): boolean {
  return value === null || value === undefined || isPlainObject(value)
}

function isTags(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    (Array.isArray(value) && value.every((tag) => typeof tag === 'string'))
  )
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean' || value === null || value === undefined
}
