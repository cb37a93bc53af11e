import type { CallOptions } from '../call/settings.ts'
import { ContactsError, type ContactsErrorIssue } from '../errors.ts'
import { isPlainObject } from '../model/json.ts'

/**
 * The options of a call, as a program that TypeScript did not check may give them; `null` counts as absent.
 *
 * @param operation - for the error
 * @throws ContactsError `invalid_input` for what cannot be options
 */
export function checkOptions<Options extends CallOptions>(
  provider: string,
  operation: string,
  options: Options | undefined,
): Options | undefined {
  if (options === undefined || options === null) return undefined
  const issues = findIssues(options)
  if (issues.length === 0) return options
  const words = issues.map(({ path, message }) => (path === '' ? message : `${path} ${message}`))
  throw new ContactsError({
    code: 'invalid_input',
    message: `The options of ${operation} cannot be used: ${words.join('; ')}. Nothing was sent.`,
    provider,
    operation,
    issues,
  })
}

function findIssues(options: CallOptions): ContactsErrorIssue[] {
  if (typeof options !== 'object') return [{ path: '', message: 'they must be an object' }]
  const { signal, timeoutMs, headers } = options
  const issues: ContactsErrorIssue[] = []
  if (signal !== undefined && signal !== null && !isSignal(signal)) {
    issues.push({ path: 'signal', message: 'must be an AbortSignal' })
  }
  if (timeoutMs !== undefined && !(typeof timeoutMs === 'number' && timeoutMs > 0)) {
    issues.push({ path: 'timeoutMs', message: 'must be a number of milliseconds above 0' })
  }
  if (headers !== undefined && !isHeaders(headers)) {
    issues.push({ path: 'headers', message: 'must be a plain object of strings' })
  }
  return issues
}

/** By what it can do, because a signal can come from another realm. */
function isSignal(signal: unknown): boolean {
  return (
    typeof signal === 'object' &&
    signal !== null &&
    typeof Reflect.get(signal, 'aborted') === 'boolean' &&
    typeof Reflect.get(signal, 'addEventListener') === 'function'
  )
}

function isHeaders(headers: unknown): boolean {
  return isPlainObject(headers) && Object.values(headers).every((value) => typeof value === 'string')
}
