import type { ContactsErrorCode, ContactsErrorIssue } from '@anycontact/core'
import {
  type ErrorClassification,
  type ErrorResponse,
  errorClassifier,
  providerErrors,
  readMember,
  readText,
} from '@anycontact/core/adapter-kit'

/** The name that stands in every contact and error of this package. */
export const PROVIDER = 'contact-methods'

export const { badAnswer, badConfig, badInput, badRecord, notFound } = providerErrors(PROVIDER)

/** What a listing warns of whose page came full. */
export const OPEN_END = 'The provider gave a full page and does not say whether more follow.'

/** The vendor's error codes, which are those of oRPC. Source: inferred from the vendor's OpenAPI file. */
const codes: Readonly<Record<string, ContactsErrorCode>> = {
  BAD_REQUEST: 'invalid_input',
  UNAUTHORIZED: 'unauthenticated',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not_found',
  CONFLICT: 'conflict',
  UNPROCESSABLE_CONTENT: 'invalid_input',
  TOO_MANY_REQUESTS: 'rate_limited',
  INTERNAL_SERVER_ERROR: 'unavailable',
}

/** Our word for a code of the vendor's; `undefined` for one that is not known. */
export function codeOf(vendorCode: string): ContactsErrorCode | undefined {
  return Object.hasOwn(codes, vendorCode) ? codes[vendorCode] : undefined
}

/**
 * Reads an error answer of the vendor's: `{ code, message, data: { issues } }`, with or without `status`, of which each member
 * may be missing. What it does not say is left to the status.
 */
export const classify: (response: ErrorResponse) => ErrorClassification = errorClassifier({
  read({ code, message, data }) {
    const issues = issuesOf(data)
    const isRefused = typeof code === 'string' && codeOf(code) === 'invalid_input'
    // Programs read the issues of a validation error without asking whether there are any.
    if (issues.length > 0 || !isRefused) return { code, message, issues }
    return {
      code,
      message,
      issues: [{ path: '', message: typeof message === 'string' ? message : 'is refused' }],
    }
  },
  codes,
})

function issuesOf(data: unknown): ContactsErrorIssue[] {
  const issues = readMember(data, 'issues')
  if (!Array.isArray(issues)) return []
  return issues.map((issue: unknown) => {
    const path = readMember(issue, 'path')
    const keys: unknown[] = Array.isArray(path) ? path : []
    return { path: keys.map(keyText).join('.'), message: readText(issue, 'message') ?? 'is refused' }
  })
}

/** Some schema libraries give a key as it is, others wrapped. */
function keyText(segment: unknown): string {
  return String(typeof segment === 'object' ? readMember(segment, 'key') : segment)
}
