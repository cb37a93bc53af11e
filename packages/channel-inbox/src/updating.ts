import type { AdapterContext, Contact, ContactWrite, ResolvedRef } from '@anycontact/core'
import { callOf } from './calls.ts'
import {
  type ChannelInboxRecord,
  type ChannelInboxVendorFields,
  notStored,
  toContact,
  toUpdateBody,
} from './mapping.ts'
import type { ChannelInboxRuntime } from './runtime.ts'

type Found = Contact<ChannelInboxRecord>

/** Reads a contact. @throws ContactsError `not_found` */
export async function readContact(
  runtime: ChannelInboxRuntime,
  ref: ResolvedRef,
  context: AdapterContext,
): Promise<Found> {
  return toContact(await runtime.client.contacts.get(ref.value, callOf(runtime, context)()))
}

/**
 * Changes a contact. The vendor's descriptions contradict each other about the names of fields, and what the server does not
 * know it passes over in silence: so its answer, the record as stored, is held against what was written.
 */
export async function update(
  runtime: ChannelInboxRuntime,
  ref: ResolvedRef,
  write: ContactWrite,
  context: AdapterContext<ChannelInboxVendorFields>,
): Promise<Found> {
  const { body, unsendable } = toUpdateBody(write, context.vendor, runtime.dialect)
  for (const { path, reason } of unsendable) context.dropField(path, reason)
  if (Object.keys(body).length === 0) return readContact(runtime, ref, context)
  const answer = await runtime.client.contacts.update(ref.value, body, callOf(runtime, context)())
  const contact = toContact(answer)
  for (const { path, reason } of notStored(contact, write, runtime.dialect)) context.dropField(path, reason)
  return contact
}
