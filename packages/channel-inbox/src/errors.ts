import {
  ContactsError,
  type ContactsErrorCode,
  type ErrorClassification,
  type ErrorResponse,
  isPlainObject,
} from '@anycontact/core'

/** The name that stands in every contact and error of this package. */
export const PROVIDER = 'channel-inbox'

/** The service's own codes. Source: the vendor's SDK and documentation. */
const codes: Readonly<Record<string, ContactsErrorCode>> = {
  40000: 'invalid_input',
  40001: 'unauthenticated',
  40003: 'forbidden',
  40010: 'rate_limited',
  99999: 'unavailable',
  LICENSE_INVALID: 'forbidden',
}

/** Codes whose answer does not change when the request is sent again. */
const final: ReadonlySet<string> = new Set(['40010', 'LICENSE_INVALID'])

/** `Not Found` and `Contact not found`, under which the service also sends a 400. */
const NOT_FOUND = /^\s*(?:\w+ )?not[ _]found\W*$/i

/**
 * Reads an error answer, whoever of the many on the way wrote it: the service (`code`, `message`), the gateway (`error`,
 * `message`, `request_id`, or `message` alone), another service (`statusCode`, `code`, `error`, `message`, or `detail`). What is
 * no JSON, such as an HTML page or the limiter's plain text, is left to the status.
 */
export function classifyInboxError({ status, json }: ErrorResponse): ErrorClassification {
  if (!isPlainObject(json)) return {}
  const message = messageOf(json)
  const vendorCode = textOf(json.code) ?? textOf(json.error)
  const isMissing = status === 400 && message !== undefined && NOT_FOUND.test(message)
  const known = vendorCode !== undefined && Object.hasOwn(codes, vendorCode) ? codes[vendorCode] : undefined
  // A status that is more exact than the code that came with it counts.
  const code = isMissing ? 'not_found' : status === 404 || status === 429 ? undefined : known
  return {
    code,
    message,
    vendorCode,
    ...(vendorCode !== undefined && final.has(vendorCode) && { retryable: false }),
  }
}

/** An answer that cannot be understood. `what` must hold nothing of the answer. */
export function badAnswer(what: string, operation: string | undefined): ContactsError {
  const who = operation === undefined ? PROVIDER : `${PROVIDER} ${operation}`
  return new ContactsError({
    code: 'bad_response',
    message: `${who}: ${what}`,
    provider: PROVIDER,
    operation,
  })
}

/** What was given cannot be sent; nothing was. */
export function badInput(message: string): ContactsError {
  return new ContactsError({ code: 'invalid_input', message, provider: PROVIDER })
}

function messageOf({ message, detail }: Record<string, unknown>): string | undefined {
  if (isPlainObject(message)) return textOf(message.message)
  if (Array.isArray(detail)) return textOf(isPlainObject(detail[0]) ? detail[0].msg : undefined)
  return textOf(message) ?? textOf(detail)
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
