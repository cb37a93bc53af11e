import { type AdapterContext, type Contact, ContactsError, type ContactsErrorCode } from '@anycontact/core'
import type { EndpointCall } from './api/call.ts'
import type { ContactClient } from './api/contact-client.ts'
import { fetchContact } from './api/contacts.ts'
import { type ChatBotKitRecord, toContact } from './mapping.ts'
import type { ChatBotKitRuntime } from './runtime.ts'

/** Gives each request of one operation its settings; all of them share the operation's deadline. */
export type NextCall = (more?: Pick<EndpointCall, 'idempotent' | 'onRetry'>) => EndpointCall

/**
 * Begins an operation of possibly several requests.
 *
 * @param runtime - the adapter's client, clock and deadline
 * @param context - what the caller asked for
 */
export function callOf(runtime: ChatBotKitRuntime, context: AdapterContext): NextCall {
  const { operation, signal, timeoutMs, headers } = context
  const endsAt = runtime.deadlineMs === undefined ? undefined : runtime.now() + runtime.deadlineMs
  return (more) => {
    const deadlineMs = endsAt === undefined ? undefined : endsAt - runtime.now()
    if (deadlineMs !== undefined && deadlineMs <= 0) {
      throw new ContactsError({
        code: 'timeout',
        message: `The deadline of ${runtime.deadlineMs} ms passed between two requests of ${operation}. What was sent before may be in force; look the contact up.`,
        operation,
      })
    }
    return { operation, signal, timeoutMs, headers, deadlineMs, ...more }
  }
}

/**
 * Reads one contact by its id.
 *
 * @throws ContactsError `not_found`, `bad_response`
 */
export async function readContact(
  client: ContactClient,
  id: string,
  call: EndpointCall,
): Promise<Contact<ChatBotKitRecord>> {
  return toContact(await fetchContact(client, id, call))
}

/**
 * Refuses what ChatBotKit would not take for an id: `(Jane Doe)` names a contact there, and `@alias` is a lookup that
 * contacts do not have. Source: the vendor's server source.
 *
 * @param id - from the caller
 */
export function checkId(id: string): string {
  if (!/^\s*[(@]/.test(id)) return id
  throw new ContactsError({
    code: 'invalid_input',
    message:
      'This is no ChatBotKit id: what begins with ( or @ would name another record there. Nothing was sent.',
  })
}

/** Tells whether an error is a `ContactsError` with one of these codes. */
export function isCode(error: unknown, ...codes: readonly ContactsErrorCode[]): error is ContactsError {
  return ContactsError.is(error) && codes.includes(error.code)
}
