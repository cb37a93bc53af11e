import * as v from 'valibot'
import {
  isPlainObject,
  type JsonInputObject,
  type JsonObject,
  keyProblem,
  readJsonObject,
  textProblem,
} from './json.ts'
import { readTime } from './time.ts'

/** Either quoted text, in which almost anything goes, or text without white space; then a domain of any script. */
const EMAIL = /^(?:"(?:[^"\\]|\\.)+"|[^\s@]+)@[^\s@]+$/u

/** A digit of any script, and no sign of an email address. */
const PHONE = /^[^@]*\p{Nd}[^@]*$/u

const HTTP_URL = /^https?:\/\/[^\s/?#]\S*$/i

/**
 * Tells whether text can be an email address. Loose on purpose: what a mailbox may be called is the provider's to say;
 * this refuses what cannot be one.
 *
 * @param text - any string
 */
export function looksLikeEmail(text: string): boolean {
  return EMAIL.test(text)
}

/**
 * Tells whether text can be a phone number. Loose on purpose: numbering plans are the provider's to know.
 *
 * @param text - any string
 */
export function looksLikePhone(text: string): boolean {
  return PHONE.test(text)
}

const isBlank = (text: string): boolean => text.trim() === ''

/** Text in which something finds no problem; a problem is reported in its own words. */
const without = (problemOf: (text: string) => string | undefined) =>
  v.check<string, (issue: v.CheckIssue<string>) => string>(
    (text) => problemOf(text) === undefined,
    ({ input }) => problemOf(input) ?? '',
  )
const isWhole = without(textProblem)
const isKey = without(keyProblem)

/** Text as a caller may write it: not blank, because absent and cleared have their own spellings. */
export const writtenText = v.pipe(
  v.string('must be a string'),
  v.check((text) => !isBlank(text), 'must not be blank: send null to clear it, or leave it out'),
  isWhole,
)

/** Text that cannot be cleared. */
export const requiredText = v.pipe(
  v.string('must be a string'),
  v.check((text) => !isBlank(text), 'must not be blank'),
  isWhole,
)

/** An id in the caller's system: text by which a contact, or a method of one, is looked up. */
export const writtenKey = v.pipe(
  v.string('must be a string'),
  v.check((text) => !isBlank(text), 'must not be blank: send null to clear it, or leave it out'),
  isKey,
)

/** A key that cannot be cleared. */
export const requiredKey = v.pipe(
  v.string('must be a string'),
  v.check((text) => !isBlank(text), 'must not be blank'),
  isKey,
)

/** An email address, of any script. */
export const writtenEmail = v.pipe(
  writtenKey,
  v.check((text) => isBlank(text) || looksLikeEmail(text), 'must look like an email address'),
)

/** A phone number, in digits of any script. */
export const writtenPhone = v.pipe(
  writtenKey,
  v.check((text) => isBlank(text) || looksLikePhone(text), 'must look like a phone number'),
)

/** An http(s) URL. */
export const writtenUrl = v.pipe(
  writtenText,
  v.check((text) => isBlank(text) || HTTP_URL.test(text), 'must be an http(s) URL without white space'),
)

/** A time with its zone, turned into ISO 8601 in UTC, to the millisecond. */
export const writtenTime = v.pipe(
  v.string('must be an ISO 8601 string'),
  v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
    const time = readTime(dataset.value)
    if (time !== undefined) return new Date(time).toISOString()
    addIssue({ message: 'must be an ISO 8601 time with a zone, such as 2026-01-31T09:00:00Z' })
    return NEVER
  }),
)

/** A schema for each member of a type, for none too many and none too few. */
export type EntriesOf<Members> = {
  readonly [Key in keyof Members]-?:
    | v.GenericSchema<Exclude<Members[Key], undefined>>
    | v.GenericSchema<Members[Key]>
}

/** The members of a type, where `undefined` counts as absent. */
export type WithoutUndefined<Members> = { [Key in keyof Members]: Exclude<Members[Key], undefined> }

/**
 * A plain object with these members and no others, as a caller writes it. Members that are `undefined` are left out of what
 * comes out.
 *
 * @param entries - a schema for each member
 * @param otherKey - what to say of a key that is none of them; only the first such key is reported
 */
export function writtenObject<const Entries extends v.ObjectEntries>(
  entries: Entries,
  otherKey: (key: unknown) => string,
) {
  const schema = v.strictObject(entries, ({ expected, input }) =>
    expected === 'never' ? otherKey(input) : 'is missing',
  )
  return v.pipe(
    // Without this an array, a Date or a Map would pass as an object in which nothing is given.
    v.custom<v.InferInput<typeof schema>>(isPlainObject, 'must be a plain object'),
    schema,
    v.transform((members) => withoutUndefined(members)),
  )
}

/**
 * An array of these, as a caller writes it; it may be a read-only one.
 *
 * @param item - a schema for each item
 */
export function writtenArray<const Item extends v.GenericSchema>(item: Item) {
  return v.pipe(
    v.custom<readonly v.InferInput<Item>[]>(Array.isArray, 'must be an array'),
    v.array(item, 'must be an array'),
  )
}

function withoutUndefined<Members extends object>(members: Members): WithoutUndefined<Members> {
  for (const [key, value] of Object.entries(members)) {
    // The object was made by the schema just now and is nobody else's.
    if (value === undefined) Reflect.deleteProperty(members, key)
  }
  return members as WithoutUndefined<Members> // since now it holds
}

/**
 * Custom fields as they are written: a plain object of JSON values, in which `null` removes a key. What comes out is a copy,
 * so that what the caller does with the object afterwards changes nothing.
 */
export const writtenCustomFields = v.pipe(
  v.custom<JsonInputObject>(isPlainObject, 'must be a plain object'),
  v.rawTransform<JsonInputObject, JsonObject>(({ dataset, addIssue, NEVER }) => {
    const fields = dataset.value
    const { value, problem } = readJsonObject(fields)
    if (!problem) return value
    const [first, ...rest] = problem.path.map((key) => toPathItem(fields, key))
    addIssue({ message: problem.message, ...(first && { path: [first, ...rest] }) })
    return NEVER
  }),
)

/** Only the key of a path's item is ever read; the value stays out of the issue, because it may be personal. */
function toPathItem(input: JsonInputObject, key: string | number): v.ObjectPathItem {
  return { type: 'object', origin: 'value', input, key: String(key), value: undefined }
}

/** A label before an extension, or the pause that dials one, at the end of a number. */
const EXTENSION =
  /[\s,;.(-]{0,3}(?:(?:e?xt(?:ensi[oó]n?)?|anexo|int|доб|x|#|~)[\s.:=]*|[,;]\s*)(\d+)[\s)#]*$/iu

/**
 * The extension of a phone number, in ASCII digits; `undefined` where it has none. Two extensions are two numbers, and a number without
 * its extension is another one.
 *
 * @param phone - as somebody wrote it
 *
 * @example
 * ```ts
 * phoneExtension('+1 415 555 2671 ext. 12') // '12'
 * phoneExtension('tel:+14155552671;ext=12') // '12'
 * phoneExtension('+1 415 555 2671') // undefined
 * ```
 */
export function phoneExtension(phone: string): string | undefined {
  return EXTENSION.exec(inAsciiDigits(phone))?.[1]
}

/**
 * The one form that stands for all spellings of a phone number: its digits, and its extension.
 *
 * @param canonical - the spelling under which the provider stores a number without extension
 */
function phoneForm(value: string, canonical: (number: string) => string): string {
  const phone = inAsciiDigits(value)
  const extension = EXTENSION.exec(phone)?.[1]
  const number = canonical(extension === undefined ? phone : phone.replace(EXTENSION, ''))
  // Letters stand for digits in some numbers, and must not be left out: 1-800-FLOWERS.
  const signs = number
    .replace(/^\s*tel:/i, '')
    .toLowerCase()
    .replace(/[^\p{L}\d]/gu, '')
  return `${signs === '' ? number : signs}${extension === undefined ? '' : `;${extension}`}`
}

/**
 * The one form that stands for all spellings of a key's value: what a queue, a lookup and a check compare by. Ids and external
 * ids count byte for byte, emails without regard to case, phones by their digits and their extension, without guessing a
 * country. What the provider is known to rewrite is rewritten first.
 *
 * @param key - which key it is
 * @param value - as somebody wrote it
 * @param canonical - the spelling under which the provider stores a value. @default the value itself
 *
 * @example
 * ```ts
 * keyForm('email', 'Ana@Example.com') // 'ana@example.com'
 * keyForm('phone', '+1 (415) 555-2671 ext. 12') // '14155552671;12'
 * ```
 */
export function keyForm<Key extends 'id' | 'externalId' | 'email' | 'phone'>(
  key: Key,
  value: string,
  canonical: (key: Key, value: string) => string = (_, same) => same,
): string {
  if (key === 'phone') return phoneForm(value, (number) => canonical(key, number))
  const stored = canonical(key, value)
  return key === 'email' ? stored.trim().toLowerCase() : stored
}

/** A text in which the digits of every script are written 0 to 9. */
function inAsciiDigits(text: string): string {
  return text.replace(/(?!\d)\p{Nd}/gu, (digit) => {
    // The ten digits of a script stand one after the other, and begin with its zero.
    let value = 0
    while (/\p{Nd}/u.test(String.fromCodePoint((digit.codePointAt(0) ?? 0) - value - 1))) value++
    return String(value % 10)
  })
}
