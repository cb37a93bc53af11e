const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):?(\d\d))$/

/**
 * Reads an ISO 8601 time that names its zone. `Date.parse` is not asked, because what it makes of 31 February, of an
 * offset without a colon or of microseconds differs from engine to engine.
 *
 * @param text - any string
 * @returns milliseconds since 1970 in UTC; `undefined` for what is no such time, is not in the calendar, or falls outside
 * the years 0 to 9999
 */
export function readTime(text: string): number | undefined {
  const match = TIME.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map(Number)
  const second = Number(match[6] ?? 0)
  const millisecond = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'))
  const [offsetHours, offsetMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined
  const date = new Date(0)
  // Unlike Date.UTC, these take a year below 100 as it is written.
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  const offset = (offsetHours * 60 + offsetMinutes) * (match[8] === '-' ? -1 : 1)
  date.setUTCHours(hour, minute - offset, second, millisecond)
  const isFourDigits = date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9999
  return isFourDigits ? date.getTime() : undefined
}

/**
 * Tells whether text is an ISO 8601 time that names its zone and exists in the calendar.
 *
 * @param text - any string
 */
export function isTime(text: string): boolean {
  return readTime(text) !== undefined
}
