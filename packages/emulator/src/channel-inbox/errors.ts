import { reasonPhrase } from '../reason-phrase.ts'

/** A refusal, thrown by a handler and answered as JSON with the body as it is. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal'
  readonly status: number
  readonly body: object

  constructor(status: number, body: object) {
    super(`HTTP ${status}`)
    this.status = status
    this.body = body
  }
}

/** The service's own codes, by the status they travel under. */
const SERVICE_CODES: Readonly<Record<number, { readonly code: number; readonly message: string }>> = {
  400: { code: 40_000, message: 'Bad request' },
  401: { code: 40_001, message: 'Unauthorized' },
  403: { code: 40_003, message: 'Insufficient permission' },
  500: { code: 99_999, message: 'Internal server error' },
}

/** The refusal of the service behind the gateway. */
export function badRequest(message: string): Refusal {
  return new Refusal(400, { code: 40_000, message })
}

/** The refusal of the gateway where there was an API key. */
export function keyRefusal(status: 401 | 403, message: string, requestId: string): Refusal {
  return new Refusal(status, { error: reasonPhrase(status), message, request_id: requestId })
}

/** The refusal of the gateway where there was a token, or nothing. */
export function tokenRefusal(status: 401 | 403, message: string): Refusal {
  return new Refusal(status, { message })
}

/** The refusal for something that is not there: a message and no code. Under 400 the message never says what. */
export function notFound(status: 400 | 404, what?: 'Contact'): Refusal {
  const message = what === undefined || status === 400 ? 'Not Found' : `${what} not found`
  return new Refusal(status, { message })
}

/** A JSON answer. */
export function jsonResponse(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    statusText: reasonPhrase(status),
    headers: { 'content-type': 'application/json; charset=utf-8' },
  })
}

/** The body that an error of this status has, where a fault does not say which. */
export function errorBody(status: number): object {
  return SERVICE_CODES[status] ?? { message: reasonPhrase(status) || 'Error' }
}
