import type { Contact } from '@anycontact/core'
import type { AdapterContext, ResolvedRef } from '@anycontact/core/adapter-kit'
import type { ImbraceClient } from './api/client.ts'
import type { ChannelInboxRecord } from './api/wire.ts'
import { toContact } from './mapping.ts'

/** Reads a contact by its id, the one key that the inbox looks up by. @throws ContactsError `not_found` */
export async function readContact(
  { contacts }: ImbraceClient,
  { value: id }: ResolvedRef,
  { call }: AdapterContext,
): Promise<Contact<ChannelInboxRecord>> {
  return toContact(await contacts.get(id, call))
}
