const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)/i

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date.
 *
 * @param nowMs - milliseconds since the epoch
 * @returns milliseconds to wait, 0 for a date that has passed; `undefined` for what is neither
 */
export function parseRetryAfter(value: string | null, nowMs: number): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+(?:\.\d+)?$/.test(text)) return toWait(Number(text) * 1000)
  if (!weekday.test(text)) return undefined
  // The oldest of the three date forms has no zone and means UTC.
  const date = Date.parse(/gmt|utc|[+-]\d{4}$/i.test(text) ? text : `${text} GMT`)
  return Number.isNaN(date) ? undefined : toWait(date - nowMs)
}

/**
 * Reads a vendor's reset header: the second since the epoch at which its window resets, or the seconds until then. A number
 * above 1e9 (September 2001) is taken for the former, one above 1e12 for milliseconds since the epoch.
 *
 * @param nowMs - milliseconds since the epoch
 * @returns milliseconds to wait, 0 for a time that has passed; `undefined` for what is not a number
 */
export function parseReset(value: string | null, nowMs: number): number | undefined {
  const text = value?.trim() ?? ''
  if (!/^\d+(?:\.\d+)?$/.test(text)) return undefined
  const number = Number(text)
  if (number > 1e12) return toWait(number - nowMs)
  return toWait(number > 1e9 ? number * 1000 - nowMs : number * 1000)
}

/** Never negative, never infinite. */
function toWait(ms: number): number {
  return Math.min(Math.max(0, ms), Number.MAX_SAFE_INTEGER)
}

/** How long an answer asks to wait: `Retry-After` first, then the vendor's reset headers. */
export function requestedWait(
  headers: Headers,
  resetHeaders: readonly string[],
  nowMs: number,
): number | undefined {
  const retryAfter = parseRetryAfter(headers.get('retry-after'), nowMs)
  if (retryAfter !== undefined) return retryAfter
  for (const name of resetHeaders) {
    const wait = parseReset(headers.get(name), nowMs)
    if (wait !== undefined) return wait
  }
  return undefined
}
