import {
  ContactsError,
  type ContactsErrorCode,
  type ContactsErrorIssue,
  type ErrorClassification,
  type ErrorResponse,
} from '@anycontact/core'

/** The name that stands in every contact and error of this package. */
export const PROVIDER = 'contact-methods'

/** The vendor's error codes, which are those of oRPC. Source: inferred from the vendor's OpenAPI file. */
const codes: Readonly<Record<string, ContactsErrorCode>> = {
  BAD_REQUEST: 'invalid_input',
  UNAUTHORIZED: 'unauthenticated',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'invalid_input',
  NOT_ACCEPTABLE: 'invalid_input',
  TIMEOUT: 'timeout',
  CONFLICT: 'conflict',
  PRECONDITION_FAILED: 'conflict',
  PAYLOAD_TOO_LARGE: 'invalid_input',
  UNSUPPORTED_MEDIA_TYPE: 'invalid_input',
  UNPROCESSABLE_CONTENT: 'invalid_input',
  TOO_MANY_REQUESTS: 'rate_limited',
  INTERNAL_SERVER_ERROR: 'unavailable',
  NOT_IMPLEMENTED: 'unavailable',
  BAD_GATEWAY: 'unavailable',
  SERVICE_UNAVAILABLE: 'unavailable',
  GATEWAY_TIMEOUT: 'unavailable',
}

/**
 * Reads an error answer of the vendor's: `{ code, message, data: { issues } }`, with or without `status`, of which each member
 * may be missing. What it does not say is left to the status.
 */
export function classifyContactMethodsError({ json }: ErrorResponse): ErrorClassification {
  const vendorCode = textOf(json, 'code')
  const message = textOf(json, 'message')
  const issues = issuesOf(json)
  return {
    ...(vendorCode !== undefined && { vendorCode, code: codeOf(vendorCode) }),
    ...(message !== undefined && { message }),
    ...(issues.length > 0 && { issues }),
  }
}

/** Our word for a code of the vendor's; `undefined` for one that is not known. */
export function codeOf(vendorCode: string): ContactsErrorCode | undefined {
  return Object.hasOwn(codes, vendorCode) ? codes[vendorCode] : undefined
}

/** An answer that cannot be understood. `what` must hold nothing of the answer. */
export function badAnswer(
  what: string,
  operation: string | undefined,
  issues?: readonly ContactsErrorIssue[],
): ContactsError {
  const who = operation === undefined ? `${PROVIDER}:` : `${PROVIDER} ${operation}:`
  return new ContactsError({
    code: 'bad_response',
    message: `${who} ${what}`,
    provider: PROVIDER,
    operation,
    issues,
  })
}

/** Input that cannot be sent. */
export function badInput(issues: readonly ContactsErrorIssue[], operation?: string): ContactsError {
  const words = issues.map(({ path, message }) => (path === '' ? `it ${message}` : `${path} ${message}`))
  return new ContactsError({
    code: 'invalid_input',
    message: `The input cannot be sent: ${words.join('; ')}. Nothing was written.`,
    provider: PROVIDER,
    operation,
    issues,
  })
}

function issuesOf(json: unknown): ContactsErrorIssue[] {
  const issues = memberOf(memberOf(json, 'data'), 'issues')
  if (!Array.isArray(issues)) return []
  return issues.map((issue: unknown) => {
    const path = memberOf(issue, 'path')
    const keys: unknown[] = Array.isArray(path) ? path : []
    return { path: keys.map(keyText).join('.'), message: textOf(issue, 'message') ?? 'is refused' }
  })
}

/** Some schema libraries give a key as it is, others wrapped. */
function keyText(segment: unknown): string {
  return String(typeof segment === 'object' ? memberOf(segment, 'key') : segment)
}

function textOf(value: unknown, key: string): string | undefined {
  const text = memberOf(value, key)
  return typeof text === 'string' && text !== '' ? text : undefined
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
