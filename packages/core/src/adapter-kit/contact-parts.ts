import type { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactMethod, ContactMethodType } from '../model/contact-method.ts'
import type { JsonObject } from '../model/json.ts'
import { hasDigits, withDigits } from '../model/kept-digits.ts'
import { readTime as readZonedTime } from '../model/time.ts'

/** Text of a record, where null, empty and nothing all mean that it has none. */
type Text = string | null | undefined

/** What a contact is built from. Null, empty text and nothing are all "absent". */
export interface ContactParts<Raw> {
  /** The adapter's `provider`. */
  readonly provider: string
  /** The provider's own id. */
  readonly id: string
  /** The vendor's record as it was sent. */
  readonly raw: Raw
  /** The id in the caller's system. */
  readonly externalId?: Text
  /** The full name as it was given. */
  readonly name?: Text
  /** Given name, where the vendor keeps it apart. */
  readonly givenName?: Text
  /** Family name, where the vendor keeps it apart. */
  readonly familyName?: Text
  /** What the contact is called informally. */
  readonly nickname?: Text
  /** The record's one email address. */
  readonly email?: Text
  /** The record's one phone number. */
  readonly phone?: Text
  /** The record's one mobile number, where that is a field of its own. */
  readonly mobile?: Text
  /** The record's one fax number. */
  readonly fax?: Text
  /**
   * Every address and number, where the vendor keeps a list: at most one primary a type. Then `email` and `phone` of the
   * contact are those of the primaries, and the four fields above are not looked at.
   */
  readonly contactMethods?: ContactMethod[] | undefined
  /** A picture of the contact. */
  readonly avatarUrl?: Text
  /** Free text about the contact. */
  readonly note?: Text
  /** Language, and maybe region, as the vendor writes it. */
  readonly locale?: Text
  /** Time zone as the vendor writes it. */
  readonly timezone?: Text
  /** Absent when the vendor has no tags; pass `[]` where it has and there are none. */
  readonly tags?: readonly string[] | null | undefined
  /** The vendor's own word. */
  readonly status?: Text
  /** Fields of the caller's own, parsed from JSON; not copied. @default none */
  readonly customFields?: Readonly<Record<string, unknown>> | null | undefined
  /** When it was made: ISO 8601, UTC, as `isoTime` gives it. */
  readonly createdAt?: Text
  /** When it was last changed, likewise. */
  readonly updatedAt?: Text
  /** When it was verified, likewise. */
  readonly verifiedAt?: Text
  /** Whether the vendor keeps it as deleted. */
  readonly deleted?: boolean | null | undefined
}

/**
 * Builds a contact from a vendor's record. What is absent is left out; an email address and a number are also put into
 * `contactMethods`, each as the primary of its type.
 *
 * @param parts - what the record says, in our words
 *
 * @example
 * ```ts
 * buildContact({
 *   provider: 'example-crm',
 *   id: person.id,
 *   name: person.full_name,
 *   email: person.email,
 *   customFields: person.attributes,
 *   createdAt: isoTime(person.created_at, 'created_at', badRecord),
 *   raw: person,
 * })
 * ```
 */
export function buildContact<Raw>(parts: ContactParts<Raw>): Contact<Raw> {
  const { contactMethods = methodsOf(parts) } = parts
  const hasList = parts.contactMethods !== undefined
  const email = hasList ? primaryOf(contactMethods, 'email') : parts.email
  const phone = hasList ? primaryOf(contactMethods, 'phone') : parts.phone
  const contact: Contact<Raw> = {
    provider: parts.provider,
    id: parts.id,
    contactMethods,
    customFields: (parts.customFields ?? {}) as JsonObject, // it came from JSON
    raw: parts.raw,
  }
  // Written out: going through the members by name would take most of the time of a listing's mapping.
  if (parts.externalId) contact.externalId = parts.externalId
  if (parts.name) contact.name = parts.name
  if (parts.givenName) contact.givenName = parts.givenName
  if (parts.familyName) contact.familyName = parts.familyName
  if (parts.nickname) contact.nickname = parts.nickname
  if (email) contact.email = email
  if (phone) contact.phone = phone
  if (parts.avatarUrl) contact.avatarUrl = parts.avatarUrl
  if (parts.note) contact.note = parts.note
  if (parts.locale) contact.locale = parts.locale
  if (parts.timezone) contact.timezone = parts.timezone
  if (parts.tags) contact.tags = [...parts.tags]
  if (parts.status) contact.status = parts.status
  if (parts.createdAt) contact.createdAt = parts.createdAt
  if (parts.updatedAt) contact.updatedAt = parts.updatedAt
  if (parts.verifiedAt) contact.verifiedAt = parts.verifiedAt
  if (parts.deleted === true) contact.deleted = true
  return contact
}

function methodsOf({ email, phone, mobile, fax }: ContactParts<unknown>): ContactMethod[] {
  const methods: ContactMethod[] = []
  if (email) methods.push({ type: 'email', value: email, primary: true })
  if (phone) methods.push({ type: 'phone', value: phone, primary: true })
  if (mobile) methods.push({ type: 'mobile', value: mobile, primary: true })
  if (fax) methods.push({ type: 'fax', value: fax, primary: true })
  return methods
}

function primaryOf(methods: readonly ContactMethod[], type: ContactMethodType): string | undefined {
  return methods.find((method) => method.type === type && method.primary)?.value
}

/** Makes the error for a member of a record that cannot be read; `badRecord` of {@link ProviderErrors}. */
export type BadRecord = (path: string, message: string) => ContactsError

/** A time in the very form that is wanted, on a day that the calendar has whatever the year: nearly always, and nothing to do. */
const CANONICAL =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * A vendor's time as ISO 8601 in UTC, to the millisecond.
 *
 * @param value - milliseconds since the epoch, or ISO 8601 text: with a zone or without one, which is taken as UTC; with a
 * space for the `T`; a bare date is its midnight in UTC. Null, empty text and nothing are "absent"
 * @param field - what the vendor calls it, for the error
 * @param fail - makes the error
 * @param path - where the record stands in the answer, for example `items.3`. @default the answer itself
 * @returns `undefined` for what is absent
 * @throws ContactsError what `fail` makes, for a value that is no time in the years 0 to 9999
 */
export function isoTime(
  value: string | number | null | undefined,
  field: string,
  fail: BadRecord,
  path?: string,
): string | undefined {
  if (value === null || value === undefined || value === '') return undefined
  const time = parseTime(value)
  if (time === undefined) throw fail(path === undefined ? field : `${path}.${field}`, 'is no time')
  return time
}

/**
 * As {@link isoTime}, with `undefined` for what is no time.
 *
 * @param value - milliseconds since the epoch, or ISO 8601 text
 */
export function parseTime(value: string | number): string | undefined {
  if (typeof value === 'string') {
    if (CANONICAL.test(value)) return value
    const [, date, time = '00:00', zone = 'Z'] = ISO.exec(value) ?? []
    const milliseconds = readZonedTime(`${date}T${time}${zone.toUpperCase()}`)
    return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString()
  }
  return value >= YEAR_0 && value < YEAR_10000 ? isoText(Math.trunc(value)) : undefined
}

const DAY_MS = 86_400_000
const YEAR_0 = -62_167_219_200_000
const YEAR_10000 = 253_402_300_800_000

const TWO_DIGITS = /* @__PURE__ */ Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

/** Dates that were written last, by the last bits of their day: contacts of one listing are often of the same few days. */
const dates = /* @__PURE__ */ Array.from({ length: 16 }, () => ({ day: Number.NaN, text: '' }))
/** Texts of a minute of the day, `09:30:`, and of a millisecond, `.250Z`, from their first use on. */
const minutes = new Array<string | undefined>(1440)
const milliseconds = new Array<string | undefined>(1000)

/** As `toISOString`, which takes ten times as long; a listing has a million of these. */
function isoText(time: number): string {
  const day = Math.floor(time / DAY_MS)
  let date = dates[day & 15]
  if (date?.day !== day) {
    date = { day, text: dateText(day) }
    dates[day & 15] = date
  }
  // What is left fits into 32 bits, with which engines count faster.
  const inDay = (time - day * DAY_MS) | 0
  const minute = (inDay / 60_000) | 0
  const inMinute = inDay - minute * 60_000
  const second = (inMinute / 1000) | 0
  const millisecond = inMinute - second * 1000
  const two = TWO_DIGITS
  minutes[minute] ??= `${two[(minute / 60) | 0]}:${two[minute % 60]}:`
  milliseconds[millisecond] ??= `.${(millisecond / 100) | 0}${two[millisecond % 100]}Z`
  return `${date.text}${minutes[minute]}${two[second]}${milliseconds[millisecond]}`
}

/** The date of a day since the epoch, up to the `T`. */
function dateText(days: number): string {
  // The calendar in eras of 400 years, each year beginning in March, so that a leap day comes last.
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  const two = TWO_DIGITS
  return `${two[Math.floor(year / 100)]}${two[year % 100]}-${two[month]}-${two[day]}T`
}

/**
 * A member of a value that was not checked.
 *
 * @param value - anything, parsed from JSON
 * @param key - the member's name
 * @returns `undefined` for what has no such member of its own
 */
export function readMember(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  const member: unknown = Reflect.get(value, key)
  return member
}

/**
 * The first of several members that holds text. Empty text is "absent", as it is to vendors.
 *
 * @param value - anything, parsed from JSON
 * @param keys - the members' names, the preferred one first
 */
export function readText(value: unknown, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = readMember(value, key)
    if (typeof text === 'string' && text !== '') return text
  }
  return undefined
}

/**
 * A member that holds a time, as {@link isoTime} reads it. What is neither text nor a number is "absent".
 *
 * @param value - anything, parsed from JSON
 * @param key - the member's name
 * @param fail - makes the error
 * @throws ContactsError what `fail` makes, for text or a number that is no time
 */
export function readTime(value: unknown, key: string, fail: BadRecord): string | undefined {
  const time = readMember(value, key)
  return typeof time === 'string' || typeof time === 'number' ? isoTime(time, key, fail) : undefined
}

/**
 * The id of a record that was not checked.
 *
 * @param value - anything, parsed from JSON
 * @param fail - makes the error
 * @param keys - what the id may be called, the preferred name first. @default id
 * @throws ContactsError what `fail` makes, when none of them holds text
 */
export function readId(value: unknown, fail: BadRecord, ...keys: readonly string[]): string {
  const names = keys.length === 0 ? ['id'] : keys
  const id = readText(value, ...names)
  if (id === undefined) throw fail(names.join(' or '), 'must be text that is not empty')
  return id
}

/**
 * A copy of an object without the members that are null or undefined.
 *
 * @param object - parsed from JSON, or checked to be JSON
 */
export function withoutNulls(object: Readonly<Record<string, unknown>>): JsonObject {
  let isFull = true
  for (const key in object) if (object[key] === null || object[key] === undefined) isFull = false
  const kept = isFull
    ? { ...object }
    : Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== undefined))
  const copy = kept as JsonObject // it came from JSON
  return hasDigits ? withDigits(object, copy) : copy
}
