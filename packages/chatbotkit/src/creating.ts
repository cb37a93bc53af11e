import { type AdapterContext, type Contact, ContactsError, type ContactWrite } from '@anycontact/core'
import { createContact } from './api/contacts.ts'
import { parseIdAnswer } from './api/wire.ts'
import { isCode, type NextCall, readContact } from './calls.ts'
import { isOurs } from './ensure.ts'
import type { ChatBotKitBody, ChatBotKitRecord } from './mapping.ts'
import type { ChatBotKitRuntime } from './runtime.ts'

type Found = Contact<ChatBotKitRecord>

/** What became of a create: the new contact's id, or that its fingerprint is in use. */
type Creation =
  | { readonly id: string }
  | {
      readonly id?: undefined
      /** The vendor's refusal. */
      readonly taken: ContactsError
      /** Whether it was sent more than once. */
      readonly repeated: boolean
      /** Whether a contact is the one that this create made in an attempt whose answer was lost. */
      isOurs(contact: Found): boolean
    }

/**
 * Sends a create. With a fingerprint it is sent again when its answer is lost, once even where the client does not retry:
 * it cannot be doubled, because the vendor takes a fingerprint once. Its refusal then tells that the record is there,
 * perhaps by the attempt before.
 *
 * @throws ContactsError of any other failure
 */
export async function sendCreate(
  runtime: ChatBotKitRuntime,
  write: ContactWrite,
  body: ChatBotKitBody,
  next: NextCall,
): Promise<Creation> {
  const startedAt = runtime.now()
  let repeated = false
  const onRetry = (): void => {
    repeated = true
  }
  const idempotent = body.fingerprint !== undefined
  const send = async (): Promise<string> =>
    parseIdAnswer(await createContact(runtime.client, body, next({ idempotent, onRetry })))
  try {
    try {
      return { id: await send() }
    } catch (error) {
      if (!idempotent || repeated || !isLost(error)) throw error
      repeated = true
      return { id: await send() }
    }
  } catch (error) {
    if (!idempotent || !isCode(error, 'conflict')) throw error
    return {
      taken: error,
      repeated,
      isOurs: (contact) => repeated && isOurs(contact, write, body, startedAt),
    }
  }
}

/** Tells whether a write may have been applied although it failed, and the provider did not ask to wait. */
function isLost(error: unknown): boolean {
  return (
    isCode(error, 'network', 'timeout', 'unavailable', 'bad_response') && error.retryAfterMs === undefined
  )
}

/**
 * Reads back what was just created. A failure must not look as if nothing had been written: whoever then creates again
 * makes a second contact.
 *
 * @param repeatable - whether the same call can be made again without making a second contact
 * @throws ContactsError that names the new contact's id
 */
export async function readCreated(
  runtime: ChatBotKitRuntime,
  id: string,
  context: AdapterContext,
  next: NextCall,
  repeatable = false,
): Promise<Found> {
  try {
    return await readContact(runtime.client, id, next())
  } catch (error) {
    if (!ContactsError.is(error) || context.signal?.aborted) throw error
    const isStale = error.code === 'not_found'
    const advice = repeatable ? 'Try again.' : 'Do not create it again; get it by that id.'
    throw new ContactsError({
      ...error.toJSON(),
      code: isStale ? 'unavailable' : error.code,
      message: `The contact was created, with the id ${id}, but could not be read back. ${advice} Reason: ${error.message}`,
      retryable: repeatable && (isStale || error.retryable),
      cause: error,
    })
  }
}
