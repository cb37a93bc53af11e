import type { Contact } from '@anycontact/core'
import type { CallScope } from '@anycontact/core/adapter-kit'
import { badInput } from './api/errors.ts'
import type { Transport } from './api/transport.ts'
import type { ChatBotKitRecord } from './api/wire.ts'
import { toContact } from './mapping.ts'

/**
 * Reads one contact by its id: the only key that ChatBotKit looks up by.
 *
 * @throws ContactsError `not_found`, `bad_response`
 */
export async function getContact(
  transport: Transport,
  id: string,
  call: CallScope,
): Promise<Contact<ChatBotKitRecord>> {
  return toContact(await transport.json('fetchContact', { params: { contactId: checkId(id) } }, call))
}

/**
 * Refuses what ChatBotKit would not take for an id: `(Jane Doe)` names a contact there, and `@alias` is a lookup that
 * contacts do not have. Source: the vendor's server source.
 *
 * @param id - from the caller
 */
export function checkId(id: string): string {
  if (!/^\s*[(@]/.test(id)) return id
  throw badInput('This is no ChatBotKit id: what begins with ( or @ would name another record there.')
}
