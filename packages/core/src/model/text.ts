import * as v from 'valibot'
import { hasLoneSurrogate } from './json.ts'
import { isTime, readTime } from './time.ts'

export { isTime }

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
const isWhole = v.check<string, string>((text) => !hasLoneSurrogate(text), 'holds half a surrogate pair')

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

/** An email address, of any script. */
export const writtenEmail = v.pipe(
  writtenText,
  v.check((text) => isBlank(text) || looksLikeEmail(text), 'must look like an email address'),
)

/** A phone number, in digits of any script. */
export const writtenPhone = v.pipe(
  writtenText,
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
