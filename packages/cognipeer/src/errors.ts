import {
  ContactsError,
  type ContactsErrorCode,
  type ContactsErrorIssue,
  type ErrorClassification,
  type ErrorResponse,
  isPlainObject,
} from '@anycontact/core'

/** The name that stands in every contact and error of this package. */
export const PROVIDER = 'cognipeer'

/** What can be read out of the vendor's error bodies, whatever their shape. */
interface ErrorBody {
  readonly message?: string | undefined
  readonly code?: string | undefined
  /** The status that the body names, where it names one. */
  readonly status?: number | undefined
  readonly issues?: readonly ContactsErrorIssue[] | undefined
}

/**
 * Reads an error answer. The vendor's client understands `{ message, statusCode, details? }` and
 * `{ success: false, error }`; its platform's pages show `{ error: { code, message, status } }`.
 *
 * "Not found" is what a 404 or a 400 says that speaks of no hook, channel, peer or route: those are missing settings, not
 * missing contacts, and must not make an upsert create.
 */
export function classifyError({ status, json }: ErrorResponse): ErrorClassification {
  const { message, code, issues } = readBody(json)
  const named = { message, vendorCode: code, issues }
  if (status === 404) {
    // An edge, or a server of something else, answers no JSON.
    if (!isPlainObject(json)) return { ...named, code: 'bad_response' }
    return { ...named, code: (message !== undefined && codeOfSettings(message)) || 'not_found' }
  }
  if (status === 400 && message !== undefined && saysNotFound(message)) return { ...named, code: 'not_found' }
  return named
}

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
  const found = message === undefined ? undefined : codeOfText(message)
  return { code: found ?? codeOfStatus(status) ?? 'unavailable', message, vendorCode: code, issues }
}

/** The beginning of a message: provider and operation. */
export function who(operation: string | undefined): string {
  return operation === undefined ? `${PROVIDER}:` : `${PROVIDER} ${operation}:`
}

/** An answer that cannot be understood. `what` must hold nothing of the answer. */
export function badAnswer(what: string, operation: string | undefined): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: `${who(operation)} ${what}`,
    provider: PROVIDER,
    operation,
  })
}

/** The error for a contact that is not there, where the server does not say so itself. */
export function notFound(operation: string | undefined): ContactsError {
  return new ContactsError({
    code: 'not_found',
    message: `${who(operation)} contact not found.`,
    provider: PROVIDER,
    operation,
  })
}

function readBody(json: unknown): ErrorBody {
  if (!isPlainObject(json)) return {}
  const { error } = json
  const nested = isPlainObject(error) ? error : {}
  const texts = [json.message, error, nested.message]
  const message = texts.find((text): text is string => typeof text === 'string' && text.trim() !== '')
  const statuses = [json.statusCode, nested.status]
  return {
    message,
    code: typeof nested.code === 'string' ? nested.code : undefined,
    status: statuses.find((status): status is number => typeof status === 'number'),
    issues: readDetails(json.details),
  }
}

/** `details` is not documented beyond its name; an object of texts is taken as field → what is wrong. */
function readDetails(details: unknown): readonly ContactsErrorIssue[] | undefined {
  if (!isPlainObject(details)) return undefined
  const issues = Object.entries(details).flatMap(([path, message]) =>
    typeof message === 'string' ? [{ path, message }] : [],
  )
  return issues.length > 0 ? issues : undefined
}

function saysNotFound(message: string): boolean {
  return /not found/i.test(message) && codeOfSettings(message) === undefined
}

/** What is missing when it is no contact that is missing. */
function codeOfSettings(text: string): ContactsErrorCode | undefined {
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

function codeOfText(message: string): ContactsErrorCode | undefined {
  if (/not found/i.test(message)) return codeOfSettings(message) ?? 'not_found'
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

function codeOfStatus(status: number | undefined): ContactsErrorCode | undefined {
  return status === undefined ? undefined : STATUSES[status]
}
