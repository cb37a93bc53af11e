import { vendorError } from './error-classes.ts'
import { badConfig, badInput } from './errors.ts'

/** The error for what cannot be sent. */
export function refused(problem: string, operation: string): unknown {
  return vendorError(badInput(problem, operation))
}

/**
 * What was given where an object is a must.
 *
 * @param what - its name in the message
 * @throws ContactsError `invalid_input`
 */
export function objectIn<Given>(value: Given, what: string, operation: string): Given & object {
  if (isObject(value)) return value
  throw refused(`Give ${what} as an object.`, operation)
}

/** What was given where an object may be left out. @throws ContactsError `invalid_input` */
export function objectOrNone<Given>(value: Given | undefined, operation: string): Partial<Given> {
  return value === undefined || value === null ? {} : objectIn(value, 'the parameters', operation)
}

/** Options that may be left out. @throws ContactsError `config` */
export function optionsIn<Given>(value: Given | undefined, what: string): Partial<Given> {
  if (value === undefined || value === null) return {}
  if (isObject(value)) return value
  throw badConfig(`${what} must be an object.`)
}

function isObject<Given>(value: Given): value is Given & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
