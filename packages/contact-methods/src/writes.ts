import type { AdapterContext, Contact, ContactWrite, ResolvedRef } from '@anycontact/core'
import { ContactsError } from '@anycontact/core'
import { listMethods } from './api/requests.ts'
import type { ContactMethodRecord } from './api/wire.ts'
import { applySteps } from './apply.ts'
import { callOf, isCode, type NextCall, readClient } from './calls.ts'
import { badInput, PROVIDER } from './errors.ts'
import { clientIdOf, noContact } from './lookup.ts'
import { type ContactMethodsClientRecord, toContact } from './mapping.ts'
import { type DropField, planMethods } from './plan.ts'
import type { ContactMethodsRuntime } from './runtime.ts'

type Found = Contact<ContactMethodsClientRecord>

const NO_METHODS =
  'must leave at least one contact method, because a client without any is no contact here; delete the contact to remove all'

/** Creates the contact methods of a client that has none yet. */
export async function create(
  runtime: ContactMethodsRuntime,
  write: ContactWrite,
  context: AdapterContext,
): Promise<Found> {
  const next = callOf(runtime, context)
  refuseVendorFields(context)
  const { id: clientId } = write
  if (clientId === undefined) {
    throw badInput([{ path: 'id', message: "must be given: it is the client's id" }])
  }
  const dropField = dropper(context)
  const steps = planMethods([], write, dropField)
  if (steps.length === 0) {
    const message =
      'must hold a contact method, or email or phone be given: a client without any is no contact here'
    throw badInput([{ path: 'contactMethods', message }])
  }
  if ((await readOrNone(runtime, clientId, next)).length > 0) {
    throw new ContactsError({
      code: 'conflict',
      message: 'The client has contact methods already. Update the contact, or upsert it by id.',
      provider: PROVIDER,
    })
  }
  const change = { clientId, present: [], write, steps, dropField }
  return toContact(clientId, await applySteps(runtime, change, next))
}

/** Changes the contact methods of a client. */
export async function update(
  runtime: ContactMethodsRuntime,
  ref: ResolvedRef,
  write: ContactWrite,
  context: AdapterContext,
): Promise<Found> {
  const next = callOf(runtime, context)
  refuseVendorFields(context)
  const { clientId, present } = await readTarget(runtime, ref, context, next)
  const dropField = dropper(context)
  const steps = planMethods(present, write, dropField)
  const deletes = steps.filter(({ kind }) => kind === 'delete').length
  const creates = steps.filter(({ kind }) => kind === 'create').length
  if (present.length - deletes + creates === 0) {
    throw badInput([{ path: goneBy(write), message: NO_METHODS }])
  }
  const change = { clientId, present, write, steps, dropField }
  return toContact(clientId, await applySteps(runtime, change, next))
}

/** Deletes all the contact methods of a client; the client itself stays, and is no contact any more. */
export async function remove(
  runtime: ContactMethodsRuntime,
  ref: ResolvedRef,
  context: AdapterContext,
): Promise<void> {
  const next = callOf(runtime, context)
  const clientId = await clientIdOf(runtime, ref, next)
  const present = await readClient(runtime, clientId, next)
  if (present.length === 0) throw noContact(ref.key)
  const write = { contactMethods: [] }
  const steps = planMethods(present, write, () => {})
  await applySteps(runtime, { clientId, present, write, steps, dropField: () => {} }, next)
}

/** What is told of a write's parts that cannot be stored. */
export function dropper(context: AdapterContext): DropField {
  return (path, reason) => context.dropField(path, reason)
}

/** Nothing that was given is dropped in silence. */
function refuseVendorFields(context: AdapterContext): void {
  if (context.vendor !== undefined) context.dropField('vendor', 'it has no fields of its own')
}

async function readTarget(
  runtime: ContactMethodsRuntime,
  ref: ResolvedRef,
  { current }: AdapterContext,
  next: NextCall,
): Promise<{ readonly clientId: string; readonly present: readonly ContactMethodRecord[] }> {
  const known = current && recordsOf(current)
  if (known) return { clientId: known.clientId, present: known.contactMethods }
  const clientId = await clientIdOf(runtime, ref, next)
  const present = await readClient(runtime, clientId, next)
  if (present.length === 0) throw noContact(ref.key)
  return { clientId, present }
}

/** The records of a contact that this adapter has just read. */
function recordsOf({ raw, provider }: Contact): ContactMethodsClientRecord | undefined {
  if (provider !== PROVIDER || typeof raw !== 'object' || raw === null) return undefined
  return raw as ContactMethodsClientRecord // our own contacts have no other raw
}

/**
 * A client without methods and one that the server does not know are the same to a create. But a server whose path for reading a
 * client is another answers `not_found` too, and then all that the client has would be made again; so the listing is asked, whose
 * path is documented.
 */
async function readOrNone(
  runtime: ContactMethodsRuntime,
  clientId: string,
  next: NextCall,
): Promise<readonly ContactMethodRecord[]> {
  try {
    return await readClient(runtime, clientId, next)
  } catch (error) {
    if (!isCode(error, 'not_found')) throw error
  }
  const { records } = await listMethods(runtime.transport, { filter: { clientId }, limit: 1 }, next())
  const isThere = records.some(
    (record) => typeof record === 'object' && record !== null && Reflect.get(record, 'clientId') === clientId,
  )
  if (!isThere) return []
  throw new ContactsError({
    code: 'config',
    message:
      'The server answers "not found" where the methods of a client are read, and lists methods of that client. Give the path by which it reads them as `endpoints.listByClient`. Nothing was written.',
    provider: PROVIDER,
  })
}

/** The field of a write that leaves no method. */
function goneBy(write: ContactWrite): string {
  if (write.contactMethods !== undefined) return 'contactMethods'
  return write.email === null ? 'email' : 'phone'
}
