import type { ContactsError } from '../errors.ts'
import { readTime as readZonedTime } from '../model/time.ts'

/** Makes the error for a member of a record that cannot be read; `badRecord` of {@link ProviderErrors}. */
export type BadRecord = (path: string, message: string) => ContactsError

/** A time in the very form that is wanted, on a day that every month has: by far the most common, and nothing to do. */
const CANONICAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

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
  const date = new Date(value)
  const year = date.getUTCFullYear()
  return year >= 0 && year <= 9999 ? date.toISOString() : undefined
}
