import type { Contact } from '@anycontact/core'
import {
  type AdapterContext,
  type ContactWrite,
  createOnce,
  type ResolvedRef,
} from '@anycontact/core/adapter-kit'
import { type ImbraceClient, transportOf } from './api/client.ts'
import type { ImbraceDialect } from './api/types.ts'
import type { ChannelInboxRecord } from './api/wire.ts'
import { readContact } from './lookup.ts'
import { type ChannelInboxVendorFields, toContact, toCreateBody, toUpdateBody } from './mapping.ts'

/** Creates a contact. Nothing tells it from others with the same address, so that it is sent once. */
export async function createContact(
  client: ImbraceClient,
  write: ContactWrite,
  { call, vendor, dropField }: AdapterContext<ChannelInboxVendorFields>,
): Promise<Contact<ChannelInboxRecord>> {
  const { body, unsendable } = toCreateBody(write, vendor)
  for (const { path, reason } of unsendable) dropField(path, reason)
  const { made } = await createOnce({
    call,
    send: (effect) =>
      transportOf(client).json('createContact', { json: body, effect }, call, (answer) => toContact(answer)),
  })
  return made
}

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

/** Deletes a contact by its id. What is answered is not published, so that every success counts. */
export async function deleteContact(
  client: ImbraceClient,
  { value: id }: ResolvedRef,
  { call }: AdapterContext,
): Promise<void> {
  await transportOf(client).done('deleteContact', { params: { id } }, call)
}
