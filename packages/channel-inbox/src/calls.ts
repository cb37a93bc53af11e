import { type AdapterContext, ContactsError } from '@anycontact/core'
import type { EndpointCall } from './api/call.ts'
import { badInput, PROVIDER } from './errors.ts'
import type { ChannelInboxRuntime } from './runtime.ts'

/** Gives each request of one operation its settings; all of them share the operation's deadline. */
export type NextCall = (more?: Pick<EndpointCall, 'onRetry'>) => EndpointCall

/**
 * Begins an operation of possibly several requests.
 *
 * @param runtime - the adapter's client, clock and deadline
 * @param context - what the caller asked for
 */
export function callOf(runtime: ChannelInboxRuntime, context: AdapterContext): NextCall {
  const { operation, signal, timeoutMs, headers } = context
  const endsAt = runtime.deadlineMs === undefined ? undefined : runtime.clock.now() + runtime.deadlineMs
  return (more) => {
    const deadlineMs = endsAt === undefined ? undefined : endsAt - runtime.clock.now()
    if (deadlineMs !== undefined && deadlineMs <= 0) {
      throw new ContactsError({
        code: 'timeout',
        message: `The deadline of ${runtime.deadlineMs} ms passed between two requests of ${operation}. What was sent before is in force.`,
        operation,
      })
    }
    return { operation, signal, timeoutMs, headers, deadlineMs, ...more }
  }
}

/**
 * Does work that is no request, such as reading what the caller gave, and ends it when the operation's deadline passes.
 *
 * @param runtime - the adapter's clock and deadline
 * @param context - what the caller asked for
 * @param work - given the signal that it has to stop at
 */
export async function withinDeadline<Result>(
  { deadlineMs, clock }: ChannelInboxRuntime,
  { operation, signal }: AdapterContext,
  work: (signal: AbortSignal | undefined) => Promise<Result>,
): Promise<Result> {
  if (deadlineMs === undefined) return work(signal)
  const late = new AbortController()
  const done = new AbortController()
  const message = `The deadline of ${deadlineMs} ms passed before ${operation} sent anything.`
  clock.sleep(deadlineMs, done.signal).then(
    () => late.abort(new ContactsError({ code: 'timeout', message, provider: PROVIDER, operation })),
    () => undefined,
  )
  try {
    return await work(signal ? AbortSignal.any([signal, late.signal]) : late.signal)
  } finally {
    done.abort()
  }
}

/** Refuses a cursor where the inbox gives everything at once, so that there can be none. */
export function checkNoCursor(cursor: string | undefined): void {
  if (cursor !== undefined) throw badInput('The inbox gives this listing all at once: leave cursor out.')
}
