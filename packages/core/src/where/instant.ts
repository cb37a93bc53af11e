const ISO_TIME =
  /^(?:\d{4}|[+-]\d{6})-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?<zone>Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * Reads a time of a contact.
 *
 * @param time - ISO 8601; without a zone it is taken as UTC, never as the machine's zone
 * @returns milliseconds since 1970 in UTC, `NaN` for what is no ISO time
 */
export function toInstant(time: string): number {
  const match = ISO_TIME.exec(time)
  if (!match) return Number.NaN
  // A bare date is read as UTC already.
  const isLocal = time.includes(':') && match.groups?.zone === undefined
  return Date.parse(isLocal ? `${time}Z` : time)
}
