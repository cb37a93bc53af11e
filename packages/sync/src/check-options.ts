import { ContactsError, type ContactsErrorIssue } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'

/** What is wrong with the value of an option; `undefined` for nothing. An option that is left out is `undefined` here. */
export type OptionCheck = (value: unknown) => string | undefined

/** How options are refused. */
export interface Refusal {
  /** The function that was called. */
  readonly operation: string
  /** What the message begins with, such as `The sync cannot be run`. */
  readonly cannot: string
}

const orAbsent =
  (holds: (value: unknown) => boolean, message: string): OptionCheck =>
  (value) =>
    value === undefined || holds(value) ? undefined : message

/** One of a few words. */
export const oneOf = (...words: readonly string[]): OptionCheck =>
  orAbsent(
    (value) => words.some((word) => word === value),
    `must be ${words.map((word) => `'${word}'`).join(' or ')}`,
  )

/** `true` or `false`. */
export const flag = orAbsent((value) => typeof value === 'boolean', 'must be true or false')

/** A function. */
export const callback = orAbsent((value) => typeof value === 'function', 'must be a function')

/** A signal that ends what is under way. */
export const abortSignal = orAbsent(
  (value) => has(value, 'throwIfAborted', 'function') && has(value, 'aborted', 'boolean'),
  'must be an AbortSignal',
)

/** Where time comes from. */
export const clock = orAbsent((value) => has(value, 'now', 'function'), 'must be a clock, which has now')

/** A store of what is known; needed wherever it is an option. */
export const ledger: OptionCheck = (value) =>
  has(value, 'commit', 'function') ? undefined : "must be a ledger, such as sqliteLedger('contacts.db')"

/** A number of milliseconds, or of anything else, that is more than 0. */
export const positive = orAbsent(
  (value) => typeof value === 'number' && Number.isFinite(value) && value > 0,
  'must be a number greater than 0',
)

/** A whole number within bounds. */
export const wholeNumber = (least: number, most = Number.POSITIVE_INFINITY): OptionCheck =>
  orAbsent(
    (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most,
    Number.isFinite(most)
      ? `must be a whole number from ${least} to ${most}`
      : `must be a whole number of ${least} or more`,
  )

/** A share of a whole. */
export const share = orAbsent(
  (value) => typeof value === 'number' && value >= 0 && value <= 1,
  'must be a share from 0 to 1, such as 0.1',
)

/**
 * Checks the options of a call, which a program without types may have made. One that nobody knows is refused: a `dryrun` that is passed
 * over would write.
 *
 * @throws ContactsError `invalid_input` for what cannot work; tells of all that is wrong
 */
export function checkOptions(
  given: unknown,
  checks: Readonly<Record<string, OptionCheck>>,
  { operation, cannot }: Refusal,
): void {
  const issues = issuesOf(given, checks)
  if (issues.length === 0) return
  throw new ContactsError({
    code: 'invalid_input',
    operation,
    message: `${cannot}: ${issues.map(({ path, message }) => `${path} ${message}`).join('; ')}.`,
    issues,
  })
}

function issuesOf(given: unknown, checks: Readonly<Record<string, OptionCheck>>): ContactsErrorIssue[] {
  if (!isPlainObject(given)) return [{ path: 'options', message: 'must be a plain object' }]
  const known = Object.keys(checks)
  const issues: ContactsErrorIssue[] = Object.keys(given)
    .filter((path) => !known.includes(path))
    .map((path) => ({ path, message: `is not an option; the options are ${known.join(', ')}` }))
  for (const [path, check] of Object.entries(checks)) {
    const message = check(given[path])
    if (message !== undefined) issues.push({ path, message })
  }
  return issues
}

function has(value: unknown, member: string, type: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, member) === type
}
