import { FetchError } from 'ofetch'
import { sanitize } from './redact.ts'

/** As runtimes write them: `ECONNREFUSED`, `UND_ERR_SOCKET`, `ConnectionRefused`. */
const errorCode = /^[A-Z][A-Za-z0-9_]{2,39}$/

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Looks for an error code along the causes, where runtimes put the socket's own error. */
function codeOf(error: unknown): string | undefined {
  let current = error
  for (let depth = 0; depth < 5 && current !== undefined; depth++) {
    const code = member(current, 'code')
    if (typeof code === 'string' && errorCode.test(code)) return code
    current = member(current, 'cause') ?? member(member(current, 'errors'), '0')
  }
  return undefined
}

/**
 * What may be shown of an error that `fetch` threw: its message freed of what was sent and of URLs, and its code. The error
 * itself is not kept, because it, or the request it refers to, can hold the URL and the headers.
 */
export function safeCause(error: unknown, sent: readonly string[]): Error & { code?: string } {
  const original = error instanceof FetchError ? error.cause : error
  const found = codeOf(original)
  const code = found === undefined || sent.includes(found) ? undefined : found
  const message = original instanceof Error ? sanitize(original.message, sent) : undefined
  const cause: Error & { code?: string } = new Error(message ?? 'the connection failed')
  if (code !== undefined) cause.code = code
  return cause
}
