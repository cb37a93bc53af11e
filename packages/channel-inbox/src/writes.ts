import type { Contact } from '@anycontact/core'
import type { AdapterContext, ContactWrite, ResolvedRef } from '@anycontact/core/adapter-kit'
import type { ImbraceClient } from './api/client.ts'
import type { ImbraceDialect } from './api/types.ts'
import type { ChannelInboxRecord } from './api/wire.ts'
import { readContact } from './lookup.ts'
import { type ChannelInboxVendorFields, toContact, toUpdateBody } from './mapping.ts'

/** Changes a contact by its id. Where no field has a place in the dialect, nothing is sent, and the contact is read. */
export async function updateContact(
  client: ImbraceClient,
  dialect: ImbraceDialect,
  ref: ResolvedRef,
  write: ContactWrite,
  context: AdapterContext<ChannelInboxVendorFields>,
): Promise<Contact<ChannelInboxRecord>> {
  const { body, unsendable } = toUpdateBody(write, context.vendor, dialect)
  for (const { path, reason } of unsendable) context.dropField(path, reason)
  if (Object.keys(body).length === 0) return readContact(client, ref, context)
  return toContact(await client.contacts.update(ref.value, body, context.call))
}
