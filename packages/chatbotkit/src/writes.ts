import { type Contact, ContactsError, type UpsertResult } from '@anycontact/core'
import {
  type AdapterContext,
  type CallScope,
  type ContactWrite,
  changedError,
  createOnce,
  diffContact,
  otherKey,
  sameContact,
} from '@anycontact/core/adapter-kit'
import { PROVIDER } from './api/errors.ts'
import type { Transport } from './api/transport.ts'
import type { ChatBotKitRecord } from './api/wire.ts'
import { checkId, getContact } from './lookup.ts'
import { type ChatBotKitBody, type ChatBotKitVendorFields, canonical, toBody } from './mapping.ts'
import { changedMeta, newMeta } from './quirks/meta.ts'
import { findUnverified } from './quirks/unverified.ts'

type Found = Contact<ChatBotKitRecord>
type Context = AdapterContext<ChatBotKitVendorFields>

/** Creates a contact; when the answer is lost and there is an external id, it is found out what became of it. */
export async function createContact(
  transport: Transport,
  input: ContactWrite,
  context: Context,
): Promise<Found> {
  checkVendor(context)
  return prepareCreate(transport, input, context).create(false)
}

/** Changes a contact and reads it back. */
export async function updateContact(
  transport: Transport,
  id: string,
  patch: ContactWrite,
  context: Context,
): Promise<Found> {
  if (patch.externalId === null) {
    context.dropField('externalId', 'ChatBotKit can replace a fingerprint, but not remove it')
  }
  checkVendor(context)
  return writeChanges(transport, checkId(id), patch, context, context.current)
}

/** Deletes a contact, for good. */
export async function deleteContact(transport: Transport, id: string, call: CallScope): Promise<void> {
  await transport.write('deleteContact', { params: { contactId: checkId(id) }, json: {} }, call, id)
}

/**
 * Upserts by external id. It begins with a `create`, which answers 409 for a fingerprint in use, because `ensure` never
 * tells whether it created; a contact that is there is then named by `ensure`, and updated only where it differs.
 */
export async function upsertContact(
  transport: Transport,
  write: ContactWrite,
  context: Context,
): Promise<UpsertResult<Found>> {
  checkVendor(context)
  const { body, create, find } = prepareCreate(transport, write, context)
  try {
    return { contact: await create(true), outcome: 'created' }
  } catch (error) {
    if (!isConflict(error)) throw error
  }
  const verified = await find()
  const existing = verified ?? (await findUnverified(transport, body.fingerprint, context))
  // Its column may fold case: then the fingerprint that is in use is another one.
  if (existing.externalId !== write.externalId) throw otherKey(PROVIDER, 'externalId')
  const changes = differences(existing, write, context)
  // From now on `ensure` is to accept the record, unless the caller wants it unverified.
  const verifiedAt = verified || !body.verifiedAt ? undefined : new Date(body.verifiedAt).toISOString()
  if (!changes && !verifiedAt) return { contact: existing, outcome: 'unchanged' }
  const contact = await writeChanges(
    transport,
    existing.id,
    { ...changes, ...(verifiedAt && { verifiedAt }) },
    context,
    existing,
  )
  const isSame =
    sameContact(existing, contact) && samePreferences(existing.raw.preferences, contact.raw.preferences)
  return { contact, outcome: isSame ? 'unchanged' : 'updated' }
}

/** Sends the changes of a contact, as few requests as they take, and reads the record back. */
async function writeChanges(
  transport: Transport,
  id: string,
  changes: ContactWrite,
  context: Context,
  current: Contact | undefined,
): Promise<Found> {
  const { call, vendor } = context
  const body = toBody(changes, vendor)
  const readStored = async () => (current ?? (await getContact(transport, id, call))).customFields
  const meta = await changedMeta(changes.customFields, readStored, context)
  if (meta !== undefined) body.meta = meta
  if (Object.keys(body).length > 0) {
    await transport.write('updateContact', { params: { contactId: id }, json: body }, call, id)
  }
  return getContact(transport, id, call)
}

/** A create that can be sent. */
interface Create {
  readonly body: ChatBotKitBody
  /**
   * Sends it and reads the contact back.
   *
   * @param isRepeatable - whether the call can be made again without making a second contact
   * @throws ContactsError `conflict` when the fingerprint is in use by another contact
   */
  create(isRepeatable: boolean): Promise<Found>
  /** The contact that has its fingerprint; `undefined` when that is unverified. */
  find(): Promise<Found | undefined>
}

/** How a create gives its contact: the id alone, or the contact as it was found. */
interface Made {
  readonly id: string
  readonly contact?: Found
}

/**
 * Prepares a create. With an external id it is verified at once, so that a later `ensure` accepts the record, unless the
 * caller wants it unverified. ChatBotKit takes a fingerprint once, so that a create which has one is sent again when its answer
 * is lost; its refusal then tells that the record is there, perhaps by the attempt before.
 */
function prepareCreate(transport: Transport, write: ContactWrite, context: Context): Create {
  const { call, vendor } = context
  const body = toBody(write, vendor)
  const meta = newMeta(write.customFields, context)
  if (meta !== undefined) body.meta = meta
  const startedAt = call.clock.now()
  if (body.fingerprint !== undefined && write.verifiedAt !== null) body.verifiedAt ??= startedAt
  let isTaken = false
  let found: Promise<Found | undefined> | undefined
  const find: Create['find'] = () => {
    found ??= nameTaken(transport, body, call)
    return found
  }
  const key = {
    isUnique: true,
    async find(): Promise<Made | undefined> {
      // `ensure` would create it where it is not known to be there.
      const contact = isTaken ? await find() : undefined
      return contact && { id: contact.id, contact }
    },
    isOurs: ({ contact }: Made) =>
      contact !== undefined &&
      wasMadeBy(contact, write, body, startedAt) &&
      differences(contact, write, context) === undefined,
  }
  return {
    body,
    find,
    async create(isRepeatable) {
      const { made } = await createOnce<Made>({
        call,
        async send(effect) {
          try {
            return await transport.write('createContact', { json: body, effect }, call)
          } catch (error) {
            isTaken = isConflict(error)
            throw error
          }
        },
        key: body.fingerprint === undefined ? undefined : key,
      })
      return made.contact ?? readCreated(transport, made.id, call, isRepeatable)
    },
  }
}

/**
 * The contact that has the body's fingerprint, which a `create` has just shown to be in use; `undefined` when it is unverified.
 * Nothing else gives its id. It only reads, unless the contact is deleted in between: then it is created here.
 */
async function nameTaken(
  transport: Transport,
  { verifiedAt: _ignored, ...json }: ChatBotKitBody,
  call: CallScope,
): Promise<Found | undefined> {
  const ask = async (): Promise<Found> => {
    const { id } = await transport.write('ensureContact', { json, effect: 'read' }, call)
    return getContact(transport, id, call)
  }
  try {
    return await ask()
  } catch (error) {
    if (!isConflict(error)) throw error
    // A 500 refuses an unverified record; a 409 says that another call has just made the record, which is there now.
    return error.status === 409 ? ask() : undefined
  }
}

/** A clock of ours may be that far behind the vendor's, or ahead of it. */
const CLOCK_TOLERANCE_MS = 10_000

/**
 * Whether a record was made by this very write, an answer of which was lost. A `create` leaves the `verifiedAt` that it
 * sent, to the millisecond. One that the caller chose proves little: then the record must also be as young as the write.
 */
function wasMadeBy({ raw }: Found, write: ContactWrite, body: ChatBotKitBody, startedAt: number): boolean {
  if (raw.verifiedAt !== body.verifiedAt) return false
  if (typeof write.verifiedAt !== 'string') return true
  return raw.createdAt === raw.updatedAt && (raw.createdAt ?? 0) > startedAt - CLOCK_TOLERANCE_MS
}

/**
 * Reads back what was just created. A failure names the new contact: whoever then creates again makes a second one.
 *
 * @param isRepeatable - whether the same call can be made again without making a second contact
 */
async function readCreated(
  transport: Transport,
  id: string,
  call: CallScope,
  isRepeatable: boolean,
): Promise<Found> {
  try {
    return await getContact(transport, id, call)
  } catch (error) {
    if (!ContactsError.is(error) || call.signal.aborted) throw error
    const isStale = error.code === 'not_found'
    const advice = isRepeatable ? 'Try again.' : 'Do not create it again; get it by that id.'
    throw changedError(error, {
      code: isStale ? 'unavailable' : error.code,
      message: `The contact was created, with the id ${id}, but could not be read back. ${advice} Reason: ${error.message}`,
      retryable: isRepeatable && (isStale || error.retryable),
      cause: error,
    })
  }
}

/** The changes that a write makes to a contact; `undefined` when it makes none, `{}` when they are in vendor-only fields. */
function differences(existing: Found, write: ContactWrite, { vendor }: Context): ContactWrite | undefined {
  const changes = diffContact(existing, write, (key, a, b) => canonical(key, a) === canonical(key, b))
  const wanted = vendor?.preferences
  const isSame = wanted === undefined || samePreferences(existing.raw.preferences, wanted)
  return changes ?? (isSame ? undefined : {})
}

function samePreferences(a: string | null | undefined, b: string | null | undefined): boolean {
  return (a || null) === (b || null)
}

/** What the vendor's own fields may be. The rest is `unsupported_field`: it must not be left out in silence. */
function checkVendor({ vendor, dropField }: Context): void {
  for (const [field, value] of Object.entries(vendor ?? {})) {
    if (field !== 'preferences' && value !== undefined) dropField(`vendor.${field}`, 'it has no such field')
  }
}

function isConflict(error: unknown): error is ContactsError {
  return ContactsError.is(error) && error.code === 'conflict'
}
