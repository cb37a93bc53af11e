import { type Contact, ContactsError } from '@anycontact/core'
import type { AdapterContext, ContactWrite, ResolvedRef } from '@anycontact/core/adapter-kit'
import type { ContactMethodRequests } from '../api/contact-methods/index.ts'
import { badInput, PROVIDER } from '../api/errors.ts'
import { readTarget } from '../lookup.ts'
import { type ContactMethodsClientRecord, toContact } from '../mapping.ts'
import { readOrNone } from '../quirks/other-path.ts'
import { applySteps } from './apply-methods.ts'
import { planMethods } from './plan-methods.ts'

export { applySteps } from './apply-methods.ts'
export { changeOf, newMethod, planMethods } from './plan-methods.ts'

type Found = Contact<ContactMethodsClientRecord>

/** Creates the contact methods of a client that has none yet. */
export async function createContact(
  requests: ContactMethodRequests,
  write: ContactWrite,
  context: AdapterContext,
): Promise<Found> {
  refuseVendorFields(context)
  const { id: clientId } = write
  if (clientId === undefined) {
    throw badInput([{ path: 'id', message: "must be given: it is the client's id" }])
  }
  const steps = planMethods([], write, context)
  if (steps.length === 0) {
    const message =
      'must hold a contact method, or email or phone be given: a client without any is no contact here'
    throw badInput([{ path: 'contactMethods', message }])
  }
  if ((await readOrNone(requests, clientId, context)).length > 0) {
    throw new ContactsError({
      code: 'conflict',
      message: 'The client has contact methods already. Update the contact, or upsert it by id.',
      provider: PROVIDER,
    })
  }
  return toContact(clientId, await applySteps(requests, { clientId, present: [], write, steps }, context))
}

/** Changes the contact methods of a client. */
export async function updateContact(
  requests: ContactMethodRequests,
  ref: ResolvedRef,
  write: ContactWrite,
  context: AdapterContext,
): Promise<Found> {
  refuseVendorFields(context)
  const { clientId, contactMethods: present } =
    recordsOf(context.current) ?? (await readTarget(requests, ref, context))
  const steps = planMethods(present, write, context)
  const deletes = steps.filter(({ kind }) => kind === 'delete').length
  const creates = steps.filter(({ kind }) => kind === 'create').length
  if (present.length - deletes + creates === 0) {
    const message =
      'must leave at least one contact method, because a client without any is no contact here; delete the contact to remove all'
    throw badInput([{ path: goneBy(write), message }])
  }
  return toContact(clientId, await applySteps(requests, { clientId, present, write, steps }, context))
}

/** Deletes all the contact methods of a client; the client itself stays, and is no contact any more. */
export async function deleteContact(
  requests: ContactMethodRequests,
  ref: ResolvedRef,
  context: AdapterContext,
): Promise<void> {
  const { clientId, contactMethods: present } = await readTarget(requests, ref, context)
  const write = { contactMethods: [] }
  const steps = planMethods(present, write, context)
  await applySteps(requests, { clientId, present, write, steps }, context)
}

/** Nothing that was given is dropped in silence. */
function refuseVendorFields(context: AdapterContext): void {
  if (context.vendor !== undefined) context.dropField('vendor', 'it has no fields of its own')
}

/** The records of a contact that this adapter has just read. */
function recordsOf(contact: Contact | undefined): ContactMethodsClientRecord | undefined {
  if (contact?.provider !== PROVIDER || typeof contact.raw !== 'object') return undefined
  return contact.raw as ContactMethodsClientRecord // our own contacts have no other raw
}

/** The field of a write that leaves no method. */
function goneBy(write: ContactWrite): string {
  if (write.contactMethods !== undefined) return 'contactMethods'
  return write.email === null ? 'email' : 'phone'
}
