import { reasonPhrase } from '../reason-phrase.ts'

/** The error codes of the vendor's vocabulary, with the status each travels under and its usual message. */
const ERRORS = {
  BAD_REQUEST: { status: 400, message: 'Bad request' },
  NOT_AUTHENTICATED: { status: 401, message: 'Not authenticated' },
  NO_SUBSCRIPTION: { status: 402, message: 'No subscription' },
  NOT_AUTHORIZED: { status: 403, message: 'Not authorized' },
  NOT_FOUND: { status: 404, message: 'Not found' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'Method not allowed' },
  TIMEOUT: { status: 408, message: 'Timeout' },
  CONFLICT: { status: 409, message: 'Conflict' },
  UNPROCESSABLE_ENTITY: { status: 422, message: 'Unprocessable entity' },
  LIMITS_REACHED: { status: 429, message: 'Limits reached' },
  GENERIC_ERROR: { status: 500, message: 'Something went wrong' },
  NOT_IMPLEMENTED: { status: 501, message: 'Not implemented' },
  BAD_GATEWAY: { status: 502, message: 'Bad gateway' },
  SERVICE_UNAVAILABLE: { status: 503, message: 'Service unavailable' },
  GATEWAY_TIMEOUT: { status: 504, message: 'Gateway timeout' },
} as const

/** A code of the vendor's error vocabulary. */
export type ErrorCode = keyof typeof ERRORS

/** The message of a database error, whatever its cause. */
const SYSTEM_ERROR = 'System error occurred'

/** The message of an exhausted `rate/poll` limit. */
export const POLL_LIMIT_MESSAGE = 'You have exceeded your allocated rate limits: rate/poll'

/** A refusal, thrown by a handler and answered as JSON. */
export class ApiError extends Error {
  override readonly name: string = 'ApiError'
  readonly code: ErrorCode
  readonly status: number

  constructor(code: ErrorCode, message: string = ERRORS[code].message) {
    super(message)
    this.code = code
    this.status = ERRORS[code].status
  }
}

/** The 500 that a refusal of the database ends in. */
export function systemError(): ApiError {
  return new ApiError('GENERIC_ERROR', SYSTEM_ERROR)
}

/** A JSON answer. */
export function jsonResponse(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    statusText: reasonPhrase(status),
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/**
 * The answer to a refused request. A plain handler names a 403 in the header `X-Failure-Code` too; the listings do
 * not, and put `code` before `message`.
 */
export function errorResponse(error: ApiError, from: 'handler' | 'listing'): Response {
  const { code, message, status } = error
  if (from === 'listing') return jsonResponse({ code, message }, status)
  return jsonResponse({ message, code }, status, status === 403 ? { 'x-failure-code': code } : {})
}

/** The error object of a failure that came when status 200 was already sent. */
export const LATE_FAILURE: { readonly code: string; readonly message: string } = {
  code: 'GENERIC_ERROR',
  message: SYSTEM_ERROR,
}

/** The body that an error of this status has. */
export function errorBody(status: number): { readonly code: string; readonly message: string } {
  if (status === 429) return { code: 'LIMITS_REACHED', message: POLL_LIMIT_MESSAGE }
  const found = Object.entries(ERRORS).find(([, error]) => error.status === status)
  if (found === undefined || status === 500) return LATE_FAILURE
  const [code, { message }] = found
  return { message, code }
}
