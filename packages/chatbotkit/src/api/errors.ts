import { ContactsError, type ContactsErrorCode } from '@anycontact/core'
import {
  changedError,
  type ErrorClassification,
  type ErrorResponse,
  errorClassifier,
  isPlainObject,
  providerErrors,
} from '@anycontact/core/adapter-kit'

/** The name that stands in every contact and error of this package. */
export const PROVIDER = 'chatbotkit'

export const { badAnswer, badConfig, badInput, badRecord, who } = providerErrors(PROVIDER)

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
const refusals: ReadonlyMap<unknown, ContactsErrorCode> = new Map([
  ['Contact is not verified', 'conflict'],
  ['Contact is verified', 'conflict'],
  ['fingerprint is too short', 'invalid_input'],
  ['Name is required', 'invalid_input'],
  ['Alias is required', 'invalid_input'],
])

/** Reads an error answer. `conflict` with status 500 is the answer of `ensure` to a fingerprint whose record is unverified. */
export const classify: (response: ErrorResponse) => ErrorClassification = errorClassifier({
  read: ({ code, message }) => {
    if (typeof code !== 'string' || typeof message !== 'string') return undefined
    const as = code === 'GENERIC_ERROR' ? refusals.get(message) : undefined
    return { code, message, as, final: as !== undefined }
  },
  codes,
})

/** Failures that may be over when the request is sent again. */
const PASSING: readonly (ContactsErrorCode | undefined)[] = ['unavailable', 'rate_limited', 'timeout']

/** Reads the error body that a slow listing sends under status 200 when it fails at last. */
export function classifyAnswer(response: ErrorResponse): ErrorClassification | undefined {
  if (!isErrorBody(response.json)) return undefined
  const found = classify(response)
  return { retryable: PASSING.includes(found.code), ...found }
}

/** Tells whether a value is an error body; records and listings are not, whatever else they have. */
export function isErrorBody(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    typeof value.code === 'string' &&
    typeof value.message === 'string' &&
    !('id' in value) &&
    !('items' in value)
  )
}

/**
 * The error that an `error` line in a stream means: the server had begun to answer before it failed. The vendor's message is left
 * out, and so is a code that is not known, because they may quote what was sent.
 *
 * @param data - the line's data, unchecked
 * @param operation - the operation it was for
 */
export function lateError(data: unknown, operation: string): ContactsError {
  const found = classifyAnswer({ status: 200, headers: new Headers(), json: data, text: '' })
  const { code, vendorCode = '', retryable = true } = found ?? {}
  return new ContactsError({
    code: code ?? 'unavailable',
    message: `${who(operation)} the server failed after it had begun to answer (HTTP 200).`,
    provider: PROVIDER,
    operation,
    status: 200,
    // Of an unknown code no more is known than that the stream broke off.
    retryable: code === undefined || retryable,
    vendorCode: Object.hasOwn(codes, vendorCode) ? vendorCode : undefined,
  })
}

/**
 * Sees a 403 NOT_AUTHORIZED for what it is on a request that names no record, or that carried no token: the server asks a
 * POST without a token for proof against forgery, and answers 403 where a GET is answered 401.
 *
 * @returns `unauthenticated` for those, any other error as it is
 */
export function asUnauthenticated(error: unknown): unknown {
  if (!ContactsError.is(error) || error.status !== 403 || error.vendorCode !== 'NOT_AUTHORIZED') return error
  return changedError(error, {
    code: 'unauthenticated',
    message: `${who(error.operation)} the server saw no credential. Check that nothing on the way removes the authorization header. (HTTP 403) The provider says: Not authorized`,
  })
}
