import { reasonPhrase } from '../reason-phrase.ts'
import type { ContactMethodsSwitches } from './options.ts'

/** The error codes of oRPC, with the status each travels under and its usual message. */
const ERRORS = {
  BAD_REQUEST: { status: 400, message: 'Bad Request' },
  UNAUTHORIZED: { status: 401, message: 'Unauthorized' },
  FORBIDDEN: { status: 403, message: 'Forbidden' },
  NOT_FOUND: { status: 404, message: 'Not Found' },
  TIMEOUT: { status: 408, message: 'Request Timeout' },
  CONFLICT: { status: 409, message: 'Conflict' },
  PAYLOAD_TOO_LARGE: { status: 413, message: 'Payload Too Large' },
  UNPROCESSABLE_CONTENT: { status: 422, message: 'Unprocessable Content' },
  TOO_MANY_REQUESTS: { status: 429, message: 'Too Many Requests' },
  INTERNAL_SERVER_ERROR: { status: 500, message: 'Internal Server Error' },
  BAD_GATEWAY: { status: 502, message: 'Bad Gateway' },
  SERVICE_UNAVAILABLE: { status: 503, message: 'Service Unavailable' },
  GATEWAY_TIMEOUT: { status: 504, message: 'Gateway Timeout' },
} as const

/** A code of the vendor's error vocabulary. */
export type ErrorCode = keyof typeof ERRORS

/** One thing wrong with an input, as a schema library tells it. */
export interface Issue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** A refusal, thrown by a handler and answered as JSON. */
export class ApiError extends Error {
  override readonly name: string = 'ApiError'
  readonly code: ErrorCode
  readonly status: number
  readonly issues: readonly Issue[]

  constructor(code: ErrorCode, message: string = ERRORS[code].message, issues: readonly Issue[] = []) {
    super(message)
    this.code = code
    this.status = ERRORS[code].status
    this.issues = issues
  }
}

/** The 400 of a failed validation. */
export function invalid(issues: readonly Issue[]): ApiError {
  return new ApiError('BAD_REQUEST', 'Input validation failed', issues)
}

/** The same error about an item of a list. */
export function atItem(error: ApiError, index: number): ApiError {
  const issues = error.issues.map(({ path, message }) => ({ path: ['items', index, ...path], message }))
  return new ApiError(error.code, error.message, issues)
}

/** A JSON answer. */
export function jsonResponse(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    statusText: reasonPhrase(status),
    headers: { 'content-type': 'application/json' },
  })
}

/** The body of a refusal. */
export function bodyOf(error: ApiError, shape: ContactMethodsSwitches['errorBody']): object {
  const { code, status, message, issues } = error
  if (shape === 'message') return { message }
  return {
    defined: false,
    code,
    ...(shape === 'orpc-1' && { status }),
    message,
    ...(issues.length > 0 && { data: { issues } }),
  }
}

/** The body that an error of this status has. */
export function errorBody(status: number, shape: ContactMethodsSwitches['errorBody']): object {
  const found = (Object.keys(ERRORS) as ErrorCode[]).find((code) => ERRORS[code].status === status)
  return bodyOf(new ApiError(found ?? 'INTERNAL_SERVER_ERROR'), shape)
}
