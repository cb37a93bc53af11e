import { ContactsError, type ContactsErrorCode, type ContactsErrorIssue } from '@anycontact/core'
import {
  type ErrorClassification,
  type ErrorResponse,
  errorClassifier,
  isPlainObject,
  providerErrors,
} from '@anycontact/core/adapter-kit'
import type { ApiError } from './types.ts'

/** The name that stands in every contact and error of this package. */
export const PROVIDER = 'cognipeer'

export const { badAnswer, badConfig, badInput, badRecord, notFound, who } = providerErrors(PROVIDER)

/**
 * What the face throws: a `ContactsError`, and beside what that has, what the vendor's `ApiError` says of an answer. `statusCode` is
 * absent where there was none.
 */
class FaceError extends ContactsError implements Partial<ApiError> {
  /** The HTTP status. */
  declare readonly statusCode?: number
  /** What is wrong, by field. */
  declare readonly details?: Readonly<Record<string, string>>
}

/**
 * An error as the face throws it.
 *
 * @param message - in the vendor's words, where programs look for them; ours are then in `issues`
 */
export function faceError(error: ContactsError, message = error.message): ContactsError {
  const { issues = [], status } = error
  const all = message === error.message ? issues : [{ path: '', message: error.message }, ...issues]
  const init = { ...error.toJSON(), cause: error.cause, message, ...(all.length > 0 && { issues: all }) }
  // A refusal under a status of success has the status that its code stands for.
  const statusCode = status !== undefined && status >= 400 ? status : statusFor(error.code)
  const details = Object.fromEntries(issues.map(({ path, message }) => [path, message]))
  return Object.assign(new FaceError(init), statusCode && { statusCode }, issues.length > 0 && { details })
}

/**
 * Reads an error answer. "Not found" is what a 404 or a 400 says that speaks of no hook, channel, peer or route: those are
 * missing settings, not missing contacts, and must not make an upsert create.
 */
export function classifyError(response: ErrorResponse): ErrorClassification {
  // An edge, or a server of something else, answers no JSON.
  if (response.status === 404 && !isPlainObject(response.json)) return { code: 'bad_response' }
  return classifyBody(response)
}

const classifyBody = errorClassifier({
  read(json, { status }) {
    const { message = '', code, issues } = readBody(json)
    const setting = status === 404 ? codeOfSetting(message) : undefined
    const isAbsent = status === 400 && /not found/i.test(message) && codeOfSetting(message) === undefined
    return { message, code, issues, as: isAbsent ? 'not_found' : setting }
  },
})

/**
 * Reads a refusal under a status of success: the vendor's client takes every answer whose `success` is not truthy for one.
 *
 * @returns `undefined` for an answer that is none, or no JSON object
 */
export function classifyAnswer({ json }: ErrorResponse): ErrorClassification | undefined {
  if (!isPlainObject(json) || json.success) return undefined
  const { message, code, status, issues } = readBody(json)
  // Something else than this API answered.
  if (!Object.hasOwn(json, 'success') && message === undefined) return undefined
  const byText = message === undefined ? undefined : codeOfText(message)
  const byStatus = status === undefined ? undefined : STATUSES[status]
  return { code: byText ?? byStatus ?? 'unavailable', message, vendorCode: code, issues }
}

/** What can be read out of the vendor's error bodies, whatever their shape. */
interface ErrorBody {
  readonly message: string | undefined
  readonly code: string | undefined
  /** The status that the body names. */
  readonly status: number | undefined
  readonly issues: readonly ContactsErrorIssue[]
}

/**
 * The vendor's client understands `{ message, statusCode, details? }` and `{ success: false, error }`; its platform's pages show
 * `{ error: { code, message, status } }`.
 */
function readBody(json: Readonly<Record<string, unknown>>): ErrorBody {
  const { error, details } = json
  const nested = isPlainObject(error) ? error : {}
  const texts = [json.message, error, nested.message]
  // `details` is not documented beyond its name; an object of texts is taken as field → what is wrong.
  const issues = Object.entries(isPlainObject(details) ? details : {}).flatMap(([path, message]) =>
    typeof message === 'string' ? [{ path, message }] : [],
  )
  return {
    message: texts.find((text): text is string => typeof text === 'string' && text.trim() !== ''),
    code: typeof nested.code === 'string' ? nested.code : undefined,
    status: [json.statusCode, nested.status].find((status) => typeof status === 'number'),
    issues,
  }
}

/** What is missing when it is no contact that is missing. */
function codeOfSetting(text: string): ContactsErrorCode | undefined {
  // An address that was asked for can hold any of the words.
  const message = text.replace(/\S+@\S+/g, '')
  if (/^cannot [a-z]+ \//i.test(message)) return 'bad_response'
  if (/contact/i.test(message)) return undefined
  if (/\btoken\b|\bapi[ _-]?key\b/i.test(message)) return 'unauthenticated'
  if (/\b(?:hook|channel|workspace|peer|account|organi[sz]ation|application|project)\b/i.test(message))
    return 'forbidden'
  return /\b(?:route|endpoint|path)\b/i.test(message) ? 'bad_response' : undefined
}

const TEXTS: readonly (readonly [RegExp, ContactsErrorCode])[] = [
  [/\balready exists\b|\bduplicate\b/i, 'conflict'],
  [/\bauthoriz|\bunauthori[sz]ed|\bunauthenticated|\btoken\b/i, 'unauthenticated'],
  [/\bforbidden\b|\bpermission|\bhook\b|\bchannel\b/i, 'forbidden'],
  [/\btoo many\b|\brate limit/i, 'rate_limited'],
  [/\bvalidation\b|\binvalid\b|\bbad (?:input|request)\b|\brequired\b|\bmust\b/i, 'invalid_input'],
]

/** The vendor's refusals under a status of success have no code, only words. */
function codeOfText(message: string): ContactsErrorCode | undefined {
  if (/not found/i.test(message)) return codeOfSetting(message) ?? 'not_found'
  return TEXTS.find(([pattern]) => pattern.test(message))?.[1]
}

const STATUSES: Readonly<Record<number, ContactsErrorCode>> = {
  400: 'invalid_input',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  422: 'invalid_input',
  429: 'rate_limited',
}

function statusFor(code: ContactsErrorCode): number | undefined {
  const found = Object.entries(STATUSES).find(([, known]) => known === code)
  return found && Number(found[0])
}
