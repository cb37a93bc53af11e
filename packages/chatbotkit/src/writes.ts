import type { AdapterContext, Contact, ContactWrite, ResolvedRef } from '@anycontact/core'
import { deleteContact, updateContact } from './api/contacts.ts'
import { callOf, checkId, isCode, type NextCall, readContact } from './calls.ts'
import { readCreated, sendCreate } from './creating.ts'
import { metaChange, metaForCreate, replacementMeta } from './custom-fields.ts'
import { differences, ensure } from './ensure.ts'
import {
  type ChatBotKitBody,
  type ChatBotKitRecord,
  type ChatBotKitVendorFields,
  toCreateBody,
  toUpdateBody,
} from './mapping.ts'
import type { ChatBotKitRuntime } from './runtime.ts'

type Found = Contact<ChatBotKitRecord>

/**
 * The body of a create. With an external id it is verified at once, so that a later `ensure` accepts the record, unless the
 * caller wants it unverified.
 */
export function createBody(
  runtime: ChatBotKitRuntime,
  write: ContactWrite,
  context: AdapterContext<ChatBotKitVendorFields>,
): ChatBotKitBody {
  const body = toCreateBody(write, context.vendor)
  const meta = metaForCreate(write.customFields, context)
  if (meta !== undefined) body.meta = meta
  if (body.fingerprint !== undefined && write.verifiedAt !== null) body.verifiedAt ??= runtime.now()
  return body
}

/** Creates a contact; when the answer is lost and there is an external id, it is found out what became of it. */
export async function create(
  runtime: ChatBotKitRuntime,
  write: ContactWrite,
  context: AdapterContext<ChatBotKitVendorFields>,
): Promise<Found> {
  checkVendorFields(context)
  const next = callOf(runtime, context)
  const body = createBody(runtime, write, context)
  const creation = await sendCreate(runtime, write, body, next)
  if (creation.id !== undefined) return readCreated(runtime, creation.id, context, next)
  // Only a create that was repeated can have made the contact that is now in its way.
  if (!creation.repeated) throw creation.taken
  const found = await ensure(runtime, body, next)
  if (found && creation.isOurs(found) && differences(found, write, context) === undefined) return found
  throw creation.taken
}

/** Changes a contact and reads it back. */
export async function update(
  runtime: ChatBotKitRuntime,
  ref: ResolvedRef,
  patch: ContactWrite,
  context: AdapterContext<ChatBotKitVendorFields>,
): Promise<Found> {
  checkVendorFields(context)
  return writeChanges(runtime, checkId(ref.value), patch, context, callOf(runtime, context))
}

/** Sends the changes of a contact, as few requests as they take, and reads the record back. */
export async function writeChanges(
  runtime: ChatBotKitRuntime,
  id: string,
  changes: ContactWrite,
  context: AdapterContext<ChatBotKitVendorFields>,
  next: NextCall,
): Promise<Found> {
  if (changes.externalId === null) {
    context.dropField('externalId', 'ChatBotKit can replace a fingerprint, but not remove it')
  }
  const body = toUpdateBody(changes, context.vendor)
  const meta = await metaForUpdate(runtime, id, changes, context, next)
  if (meta !== undefined) body.meta = meta
  if (Object.keys(body).length > 0) await updateContact(runtime.client, id, body, next())
  return readContact(runtime.client, id, next())
}

/** Refuses vendor-only fields that ChatBotKit has not, as any field: they must not be left out in silence. */
export function checkVendorFields({ vendor, dropField }: AdapterContext<ChatBotKitVendorFields>): void {
  for (const [field, value] of Object.entries(vendor ?? {})) {
    if (field !== 'preferences' && value !== undefined) dropField(`vendor.${field}`, 'it has no such field')
  }
}

/** Deletes a contact. That it is gone already is a failure, unless it was a repetition of ours that found it gone. */
export async function remove(
  runtime: ChatBotKitRuntime,
  ref: ResolvedRef,
  context: AdapterContext,
): Promise<void> {
  let repeated = false
  const onRetry = (): void => {
    repeated = true
  }
  try {
    await deleteContact(runtime.client, checkId(ref.value), callOf(runtime, context)({ onRetry }))
  } catch (error) {
    if (!(repeated && isCode(error, 'not_found'))) throw error
  }
}

/** ChatBotKit merges `meta` only inside `$update`, and cannot remove a key by it: then the whole is read and replaced. */
async function metaForUpdate(
  runtime: ChatBotKitRuntime,
  id: string,
  changes: ContactWrite,
  context: AdapterContext,
  next: NextCall,
): Promise<Record<string, unknown> | undefined> {
  const change = metaChange(changes.customFields, context)
  if (change === undefined) return undefined
  if (change.clear) return {}
  if (change.remove.length > 0) {
    const { customFields } = await readContact(runtime.client, id, next())
    const replacement = replacementMeta(customFields, change, context)
    if (replacement !== undefined) return replacement
  }
  return Object.keys(change.set).length > 0 ? { $update: change.set } : undefined
}
