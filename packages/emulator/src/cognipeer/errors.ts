import type { JsonObject } from '../json.ts'
import { reasonPhrase } from '../reason-phrase.ts'
import type { CognipeerSwitches } from './options.ts'

/** A refusal, thrown by a handler. */
export class ApiError extends Error {
  override readonly name: string = 'ApiError'
  readonly status: number
  readonly details: JsonObject | undefined

  constructor(status: number, message: string, details?: JsonObject) {
    super(message)
    this.status = status
    this.details = details
  }
}

/** An unknown contact, whose answer has several forms. */
export class ContactNotFound extends ApiError {
  constructor() {
    super(404, 'Contact not found')
  }
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
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })
}

/** The answer to a refused request. */
export function errorResponse(error: ApiError, switches: CognipeerSwitches): Response {
  const { message, details } = error
  if (!(error instanceof ContactNotFound)) {
    return jsonResponse(errorBody(error.status, switches, message, details), error.status)
  }
  switch (switches.notFound) {
    case '404':
      return jsonResponse(errorBody(404, switches, message), 404)
    case '400':
      return jsonResponse(errorBody(400, switches, message), 400)
    case 'success-false':
      return jsonResponse({ success: false, error: message })
    case 'null-data':
      return jsonResponse({ success: true, data: null })
  }
}

const CODES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  429: 'rate_limit_exceeded',
  500: 'internal_error',
}

/** The body that an error of this status has. */
export function errorBody(
  status: number,
  { errorShape }: Pick<CognipeerSwitches, 'errorShape'>,
  message: string = usualMessage(status),
  details?: JsonObject,
): JsonObject {
  switch (errorShape) {
    case 'flat':
      return { message, statusCode: status, ...(details && { details }) }
    case 'envelope':
      return { success: false, error: message }
    case 'nested':
      return { error: { code: CODES[status] ?? 'error', message, status } }
  }
}

function usualMessage(status: number): string {
  if (status === 404) return 'Contact not found'
  if (status === 429) return 'Too many requests'
  return reasonPhrase(status) || 'Request failed'
}
