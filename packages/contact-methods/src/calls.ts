import { type AdapterContext, ContactsError, type ContactsErrorCode } from '@anycontact/core'
import type { EndpointCall } from './api/call.ts'
import { listClientMethods, MAX_LIMIT } from './api/requests.ts'
import { type ContactMethodRecord, parseRecord } from './api/wire.ts'
import { badAnswer } from './errors.ts'
import type { ContactMethodsRuntime } from './runtime.ts'

/** Gives each request of one operation its settings; all of them share the operation's deadline. */
export type NextCall = () => EndpointCall

/**
 * Begins an operation of possibly several requests.
 *
 * @param runtime - the adapter's client, clock and deadline
 * @param context - what the caller asked for
 */
export function callOf(runtime: ContactMethodsRuntime, context: AdapterContext): NextCall {
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

/**
 * Reads all the contact methods of a client, page by page to the end.
 *
 * @returns an empty list for a client without any; a server that tells it from no client at all answers `not_found` to that
 * @throws ContactsError `not_found`, `bad_response`
 */
export async function readClient(
  { transport }: ContactMethodsRuntime,
  clientId: string,
  next: NextCall,
): Promise<ContactMethodRecord[]> {
  const records: ContactMethodRecord[] = []
  let cursor: string | undefined
  do {
    const call = next()
    const page = await listClientMethods(transport, clientId, { cursor, limit: MAX_LIMIT }, call)
    for (const [index, value] of page.records.entries()) {
      const record = parseRecord(value, `data.${index}`, call.operation)
      if (record.clientId !== clientId) {
        throw badAnswer(
          'the methods of one client were asked for, and those of another came.',
          call.operation,
        )
      }
      records.push(record)
    }
    if (page.nextCursor !== undefined && page.nextCursor === cursor) throw endless(call.operation)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return records
}

/** The error for a listing that would never end. */
export function endless(operation: string | undefined): ContactsError {
  return badAnswer('the server gave the same cursor twice, so the listing would never end.', operation)
}

/** Tells whether an error is a `ContactsError` with one of these codes. */
export function isCode(error: unknown, ...codes: readonly ContactsErrorCode[]): error is ContactsError {
  return ContactsError.is(error) && codes.includes(error.code)
}

/** Tells whether a write may have been applied although it failed: its answer did not arrive, or made no sense. */
export function wasLost(error: unknown): boolean {
  return isCode(error, 'network', 'timeout', 'unavailable', 'bad_response')
}
