import { isJsonObject } from './json.ts'

/** What a member of a fault must be, and how a message says it. */
interface Kind {
  readonly is: (value: unknown) => boolean
  readonly words: string
}

const isWhole = (value: unknown, least: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= least

const MILLISECONDS: Kind = {
  is: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
  words: 'a number of milliseconds from 0',
}
const SWITCH: Kind = { is: (value) => typeof value === 'boolean', words: 'true or false' }
const SIZE: Kind = { is: (value) => isWhole(value, 0), words: 'a whole number from 0' }

/** What is not among these is free, or is checked by what knows more of it. */
const KINDS: Readonly<Record<string, Kind>> = {
  path: {
    is: (value) => typeof value === 'string' || value instanceof RegExp,
    words: 'a text, or an expression',
  },
  latencyMs: MILLISECONDS,
  applyAfterMs: MILLISECONDS,
  headers: { is: isHeaders, words: 'an object of headers that can be sent' },
  html: SWITCH,
  applied: SWITCH,
  errorObject: SWITCH,
  stale: SWITCH,
  retryAfter: {
    is: (value) => typeof value === 'number' || value instanceof Date,
    words: 'a number of seconds, or a Date',
  },
  forget: {
    is: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
    words: 'an array of names',
  },
  rewrite: { is: (value) => typeof value === 'function', words: 'a function' },
  malformed: {
    is: (value) =>
      isJsonObject(value) &&
      (value.index === undefined || isWhole(value.index, 0)) &&
      typeof Reflect.get(value, 'record') === 'function',
    words: 'an object with "record", a function, and "index", a whole number from 0',
  },
  truncateBytes: SIZE,
  chunkBytes: {
    is: (value) =>
      Array.isArray(value) ? value.length > 0 && value.every((size) => isWhole(size, 1)) : isWhole(value, 1),
    words: 'a whole number from 1, or an array of them',
  },
  nopEvery: { is: (value) => isWhole(value, 1), words: 'a whole number from 1' },
  lateError: {
    is: (value) => isJsonObject(value) && isWhole(value.afterItems, 0),
    words: 'an object with "afterItems", a whole number from 0',
  },
  afterBytes: SIZE,
  afterLines: SIZE,
}

/**
 * Refuses what only the types forbid: a fault can come as JSON from another process, and would otherwise fail when it is met, or at
 * every request that it is compared with.
 *
 * @param owner - whose fault it is, as messages call it
 * @throws Error that names the member and what it can be
 */
export function checkValues(owner: string, fault: object): void {
  for (const [name, value] of Object.entries(fault)) {
    if (value === undefined) continue
    const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
    if (kind !== undefined && !kind.is(value))
      throw new Error(`${owner} has "${name}", which is ${kind.words}.`)
    if ((name === 'cut' || name === 'stall') && typeof value === 'object' && value !== null)
      checkValues(owner, value)
  }
}

function isHeaders(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  try {
    for (const [name, text] of Object.entries(value)) new Headers().set(name, String(text))
    return true
  } catch {
    return false
  }
}
