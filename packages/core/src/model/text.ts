import * as v from 'valibot'
import { hasLoneSurrogate } from './json.ts'

/** Text as a caller may write it: not blank, because absent and cleared have their own spellings. */
export const writtenText = v.pipe(
  v.string('must be a string'),
  v.check((text) => text.trim() !== '', 'must not be blank: send null to clear it, or leave it out'),
  v.check((text) => !hasLoneSurrogate(text), 'holds half a surrogate pair'),
)

/** Loose on purpose: what a mailbox may be called is the provider's to say; this refuses what cannot be one. */
export const writtenEmail = v.pipe(
  writtenText,
  v.check((text) => /^[^\s@]+@[^\s@]+$/.test(text), 'must look like an email address'),
)

/** Loose on purpose: numbering plans are the provider's to know. */
export const writtenPhone = v.pipe(
  writtenText,
  v.check((text) => /\d/.test(text) && !text.includes('@'), 'must look like a phone number'),
)

/** An http(s) URL. */
export const writtenUrl = v.pipe(
  writtenText,
  v.check((text) => /^https?:\/\/[^\s/]/i.test(text), 'must be an http(s) URL'),
)

/** A time with its zone, turned into ISO 8601 in UTC. */
export const writtenTime = v.pipe(
  v.string('must be an ISO 8601 string'),
  v.check(isTime, 'must be an ISO 8601 time with a zone, such as 2026-01-31T09:00:00Z'),
  v.transform((text) => new Date(text).toISOString()),
)

/**
 * Tells whether text is an ISO 8601 time that names its zone and exists in the calendar.
 *
 * @param text - any string
 */
export function isTime(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/.exec(text)
  if (!match || Number.isNaN(Date.parse(text))) return false
  // Date.parse takes 31 February as 3 March; the day must exist.
  const [, year, month, day] = match
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCDate() === Number(day)
}
