import { type AdapterContext, ContactsError, type ContactsErrorCode } from '@anycontact/core'
import type { EndpointCall } from './api/call.ts'
import { listClientMethods, MAX_LIMIT } from './api/requests.ts'
import { walkPages } from './api/walk-pages.ts'
import { type ContactMethodRecord, parseRecord, type RecordPage } from './api/wire.ts'
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
 * @param parse - default is to throw for a record that cannot be read
 * @returns an empty list for a client without any; a server that tells it from no client at all answers `not_found` to that
 * @throws ContactsError `not_found`, `bad_response`
 */
export async function readClient(
  { transport }: ContactMethodsRuntime,
  clientId: string,
  next: NextCall,
  parse: ParseRecords = parseAll,
): Promise<ContactMethodRecord[]> {
  const { operation } = next()
  const readPage = (cursor: string | undefined): Promise<RecordPage> =>
    listClientMethods(transport, clientId, { cursor, limit: MAX_LIMIT }, next())
  const result: ContactMethodRecord[] = []
  for await (const { records } of walkPages(readPage, operation)) {
    for (const record of parse(records, operation)) {
      if (record.clientId !== clientId) {
        throw badAnswer('the methods of one client were asked for, and those of another came.', operation)
      }
      result.push(record)
    }
  }
  return result
}

/** Reads the records of a page. */
export type ParseRecords = (
  records: readonly unknown[],
  operation: string | undefined,
) => readonly ContactMethodRecord[]

/** Reads all the records of a page. @throws ContactsError `bad_response` for one that cannot be read */
export const parseAll: ParseRecords = (records, operation) =>
  records.map((record, index) => parseRecord(record, `data.${index}`, operation))

/** Tells whether an error is a `ContactsError` with one of these codes. */
export function isCode(error: unknown, ...codes: readonly ContactsErrorCode[]): error is ContactsError {
  return ContactsError.is(error) && codes.includes(error.code)
}

/** Tells whether a write may have been applied although it failed: its answer did not arrive, or made no sense. */
export function wasLost(error: unknown): boolean {
  return isCode(error, 'network', 'timeout', 'unavailable', 'bad_response')
}
