import type { RetryOptions } from '../call/settings.ts'
import { ContactsError } from '../errors.ts'
import type { RateLimitOptions } from '../http/types.ts'
import { isPlainObject, type Reading, readGiven, readJsonObject } from '../model/json.ts'
import { REF_KEYS } from '../model/ref.ts'

/** What is wrong with an option; `undefined` for nothing. */
type Check = (value: unknown) => string | undefined

const check =
  (isGood: (value: unknown) => boolean, message: string): Check =>
  (value) => {
    try {
      return isGood(value) ? undefined : message
    } catch {
      // A proxy, whose traps throw.
      return message
    }
  }

const isArray = check(Array.isArray, 'must be an array')
const isNumber = (value: unknown): value is number => typeof value === 'number'
const isFunction = (value: unknown): boolean => typeof value === 'function'
const isTexts = (value: unknown): boolean =>
  isPlainObject(value) && Object.values(value).every((text) => text === undefined || typeof text === 'string')
const has = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined

/** What must stand in an option. */
export type OptionKind =
  | 'any'
  | 'clock'
  | 'count'
  | 'data'
  | 'exact'
  | 'flag'
  | 'flagOrList'
  | 'function'
  | 'headers'
  | 'headersOption'
  | 'key'
  | 'list'
  | 'notNegative'
  | 'number'
  | 'onInvalid'
  | 'positive'
  | 'rateLimit'
  | 'records'
  | 'repeatedKeys'
  | 'retry'
  | 'signal'
  | 'text'
  | 'texts'
  | 'throwOrDrop'
  | 'timeSource'
  | 'times'
  | 'url'
  | 'vendor'

/** What can stand in an option, by name. */
export const kinds = {
  any: () => undefined,
  clock: check(
    (value) => isFunction(has(value, 'now')) && isFunction(has(value, 'sleep')),
    'must be a clock: { now, sleep }',
  ),
  count: check(
    (value) => Number.isSafeInteger(value) && Number(value) >= 1,
    'must be a whole number of 1 or more',
  ),
  data: () => undefined,
  exact: check((value) => value === 'exact', "must be 'exact', or left out"),
  flag: check((value) => typeof value === 'boolean', 'must be true or false'),
  flagOrList: check(
    (value) => typeof value === 'boolean' || (Array.isArray(value) && value.every(isPlainObject)),
    'must be true, false or an array of plain objects',
  ),
  function: check(isFunction, 'must be a function'),
  headers: check(isTexts, 'must be a plain object of strings'),
  headersOption: check(
    (value) => isFunction(value) || isTexts(value),
    'must be a plain object of strings, or a function that gives one',
  ),
  key: check((value) => REF_KEYS.some((key) => key === value), `must be one of ${REF_KEYS.join(', ')}`),
  list: check(
    (value) => Array.isArray(value) && value.every(isPlainObject),
    'must be an array of plain objects',
  ),
  notNegative: check((value) => isNumber(value) && value >= 0, 'must be a number, 0 or more'),
  number: check((value) => isNumber(value) && !Number.isNaN(value), 'must be a number'),
  onInvalid: check(
    (value) => value === 'throw' || value === 'skip' || isFunction(value),
    "must be 'throw', 'skip' or a function",
  ),
  positive: check((value) => isNumber(value) && value > 0, 'must be a number above 0'),
  rateLimit: check((value) => isFunction(has(value, 'take')), 'must be { requests, perMs }, or a limiter'),
  records: check(
    (value) => Array.isArray(value) && value.every(isPlainObject),
    'must be an array of plain objects',
  ),
  repeatedKeys: check(
    (value) => value === 'upsert' || value === 'conflict',
    "must be 'upsert' or 'conflict'",
  ),
  retry: check((value) => value === false, 'must be false, or a plain object'),
  // By what it can do, because a signal can come from another realm.
  signal: check(
    (value) => typeof has(value, 'aborted') === 'boolean' && isFunction(has(value, 'addEventListener')),
    'must be an AbortSignal',
  ),
  text: check((value) => typeof value === 'string', 'must be a string'),
  texts: check(
    (value) => Array.isArray(value) && value.every((text) => typeof text === 'string'),
    'must be an array of strings',
  ),
  throwOrDrop: check((value) => value === 'throw' || value === 'drop', "must be 'throw' or 'drop'"),
  timeSource: check((value) => isFunction(has(value, 'now')), 'must be a source of time: { now }'),
  times: check(
    (value) => value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && Number(value) > 0),
    'must be a whole number above 0',
  ),
  url: check((value) => typeof value === 'string' || value instanceof URL, 'must be a URL'),
  vendor: check(isPlainObject, 'must be a plain object'),
} as const satisfies Readonly<Record<OptionKind, Check>>

const RETRY = {
  attempts: 'times',
  baseDelayMs: 'notNegative',
  maxDelayMs: 'notNegative',
  afterTimeout: 'flag',
} as const satisfies { readonly [Name in keyof RetryOptions]-?: OptionKind }

const RATE_LIMIT = {
  requests: 'times',
  perMs: 'positive',
  burst: 'times',
} as const satisfies { readonly [Name in keyof RateLimitOptions]-?: OptionKind }

/** The members of an option that is an object of options itself. */
export function membersOf(
  given: unknown,
  kind: OptionKind,
): Readonly<Record<string, OptionKind>> | undefined {
  if (kind === 'retry') return check(isPlainObject, '')(given) === undefined ? RETRY : undefined
  if (kind !== 'rateLimit' || kinds.rateLimit(given) === undefined) return undefined
  return check(isPlainObject, '')(given) === undefined ? RATE_LIMIT : undefined
}

/** What is data all the way down. */
const COPIED: ReadonlySet<OptionKind> = new Set(['data', 'headers', 'headersOption', 'list', 'text', 'texts'])

/** What is sent or stored as JSON. */
const JSON_KINDS: ReadonlySet<OptionKind> = new Set(['flagOrList', 'records', 'vendor'])

/** Reads an option once. */
export function readValue(given: unknown, kind: OptionKind): Reading<unknown> {
  if (COPIED.has(kind)) return readGiven(given)
  // An array is read before its items are looked at: the reading ends at its first hole, and it may have four billion.
  const isData = isArray(given) === undefined || check(isPlainObject, '')(given) === undefined
  return JSON_KINDS.has(kind) && isData ? readJsonObject(Object(given)) : { value: given }
}

/**
 * Checks that an argument is a client, as far as a function beside the client needs one.
 *
 * @param path - the argument's name
 * @param method - what it must have
 * @throws ContactsError `invalid_input`
 */
export function checkClient(client: unknown, path: string, method: string): void {
  const message = check(
    (value) => isFunction(has(value, method)),
    `must be a client that has ${method}`,
  )(client)
  if (message === undefined) return
  throw new ContactsError({
    code: 'invalid_input',
    message: `${path} ${message}. Nothing was sent.`,
    issues: [{ path, message }],
  })
}
