import { type AdapterContext, ContactsError, type ContactsErrorCode } from '@anycontact/core'
import type { EndpointCall } from './api/options.ts'
import type { CognipeerRuntime } from './runtime.ts'

/** Gives each request of one operation its settings; all of them share the operation's deadline. */
export type NextCall = () => EndpointCall

/**
 * Begins an operation of possibly several requests.
 *
 * @param runtime - the adapter's clock and deadline
 * @param context - what the caller asked for
 */
export function callOf(runtime: CognipeerRuntime, context: AdapterContext): NextCall {
  const { operation, signal, timeoutMs, headers } = context
  const endsAt = runtime.deadlineMs === undefined ? undefined : runtime.now() + runtime.deadlineMs
  return () => {
    const deadlineMs = endsAt === undefined ? undefined : endsAt - runtime.now()
    if (deadlineMs !== undefined && deadlineMs <= 0) {
      throw new ContactsError({
        code: 'timeout',
        message: `The deadline of ${runtime.deadlineMs} ms passed between two requests of ${operation}. What was sent before may be in force; look the contact up.`,
        operation,
      })
    }
    return { operation, signal, timeoutMs, headers, deadlineMs }
  }
}

/** Tells whether an error is a `ContactsError` with one of these codes. */
export function isCode(error: unknown, ...codes: readonly ContactsErrorCode[]): error is ContactsError {
  return ContactsError.is(error) && codes.includes(error.code)
}

/** Tells whether a write may have been applied although it failed: its answer did not arrive, or made no sense. */
export function wasLost(error: unknown): boolean {
  return isCode(error, 'network', 'timeout', 'unavailable', 'bad_response')
}
