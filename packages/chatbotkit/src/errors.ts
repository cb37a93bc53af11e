import {
  ContactsError,
  type ContactsErrorCode,
  type ErrorClassification,
  type ErrorResponse,
} from '@anycontact/core'

/** The name that stands in every contact and error of this package. */
export const PROVIDER = 'chatbotkit'

/** An error body as the vendor writes it. */
export interface ErrorBody {
  readonly code: string
  readonly message: string
}

/** The vendor's error codes. Source: the vendor's server source, error vocabulary. */
const codes: Readonly<Record<string, ContactsErrorCode>> = {
  BAD_REQUEST: 'invalid_input',
  NOT_AUTHENTICATED: 'unauthenticated',
  NO_SUBSCRIPTION: 'forbidden',
  NOT_AUTHORIZED: 'forbidden',
  NOT_FOUND: 'not_found',
  METHOD_NOT_ALLOWED: 'invalid_input',
  TIMEOUT: 'timeout',
  CONFLICT: 'conflict',
  CONTENT_TOO_LARGE: 'invalid_input',
  UNPROCESSABLE_ENTITY: 'invalid_input',
  TOO_MANY_REQUESTS: 'rate_limited',
  LIMITS_REACHED: 'rate_limited',
  INTERNAL_SERVER_ERROR: 'unavailable',
  GENERIC_ERROR: 'unavailable',
  NOT_IMPLEMENTED: 'unavailable',
  BAD_GATEWAY: 'unavailable',
  SERVICE_UNAVAILABLE: 'unavailable',
  GATEWAY_TIMEOUT: 'unavailable',
}

/**
 * Refusals that the server sends as a 500 GENERIC_ERROR, as if it had failed: sending the request again changes nothing.
 * Source: the vendor's server source, `ensure` and the lookup by name or alias.
 */
const refusals: Readonly<Record<string, ContactsErrorCode>> = {
  'Contact is not verified': 'conflict',
  'Contact is verified': 'conflict',
  'fingerprint is too short': 'invalid_input',
  'Name is required': 'invalid_input',
  'Alias is required': 'invalid_input',
}

/** Vendor messages that never hold anything that was sent, so that they can be shown without looking. */
const fixedMessages: ReadonlySet<string> = new Set([
  ...Object.keys(refusals),
  'Not found',
  'Not authenticated',
  'Not authorized',
  'Too many requests',
  'Limits reached',
  'You have exceeded your allocated rate limits: rate/poll',
  'Timeout',
  'Response timeout',
  'System error occurred',
  'Something went wrong',
  'Internal server error',
  'Service unavailable',
])

/** Tells whether a value is an error body; records and listings are not, whatever else they have. */
export function isErrorBody(value: unknown): value is ErrorBody {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string' &&
    !('id' in value) &&
    !('items' in value)
  )
}

/**
 * Reads a ChatBotKit error answer.
 *
 * A 403 is `forbidden`; that it can also mean "no token" is known only to whoever made the request
 * ({@link asUnauthenticated}). `conflict` with status 500 is the answer of `ensure` to a fingerprint whose record is
 * unverified. Bodies that are no JSON are left to the status.
 */
export function classifyChatBotKitError({ status, json }: ErrorResponse): ErrorClassification {
  if (!isErrorBody(json)) return status === 402 ? { code: 'forbidden' } : {}
  const refusal = json.code === 'GENERIC_ERROR' ? ownMember(refusals, json.message) : undefined
  return {
    code: refusal ?? ownMember(codes, json.code),
    message: json.message,
    vendorCode: json.code,
    ...(refusal !== undefined && { retryable: false }),
  }
}

/**
 * The error that an error body under status 200, or an `error` line in a stream, says: the server had begun to answer
 * before it failed. The vendor's message is kept only where it is one of its fixed texts, which hold nothing that was sent.
 *
 * @param value - the body or the line's `data`, unchecked
 * @param operation - for the message
 */
export function errorFromBody(value: unknown, operation: string | undefined): ContactsError {
  const body = isErrorBody(value) ? value : undefined
  const vendorCode = body !== undefined && /^[A-Z_]{1,100}$/.test(body.code) ? body.code : undefined
  const { code = 'unavailable', retryable } =
    body === undefined
      ? {}
      : classifyChatBotKitError({ status: 200, headers: new Headers(), json: body, text: '' })
  const said =
    body !== undefined && fixedMessages.has(body.message) ? ` The provider says: ${body.message}` : ''
  return new ContactsError({
    code,
    message: `${who(operation)} the server failed after it had begun to answer (HTTP 200).${said}`,
    provider: PROVIDER,
    operation,
    status: 200,
    vendorCode,
    retryable: retryable ?? (code === 'unavailable' || code === 'rate_limited' || code === 'timeout'),
  })
}

/** An answer that cannot be understood. `what` must hold nothing of the answer. */
export function badAnswer(what: string, operation: string | undefined): ContactsError {
  const message = `${who(operation)} ${what}`
  return new ContactsError({ code: 'bad_response', message, provider: PROVIDER, operation })
}

/**
 * Sees a 403 NOT_AUTHORIZED for what it is on a request that names no record, or that carried no token: the server asks a
 * POST without a token for proof against forgery, and answers 403 where a GET is answered 401.
 *
 * @returns `unauthenticated` for those, any other error as it is
 */
export function asUnauthenticated(error: unknown): unknown {
  if (!ContactsError.is(error) || error.status !== 403 || error.vendorCode !== 'NOT_AUTHORIZED') return error
  return new ContactsError({
    ...error.toJSON(),
    code: 'unauthenticated',
    message: `${who(error.operation)} the server saw no credential. Check that nothing on the way removes the authorization header. (HTTP 403) The provider says: Not authorized`,
  })
}

/** The beginning of a message: provider and operation. */
export function who(operation: string | undefined): string {
  return operation === undefined ? `${PROVIDER}:` : `${PROVIDER} ${operation}:`
}

function ownMember<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
