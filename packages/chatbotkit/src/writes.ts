import type { AdapterContext, Contact, ContactWrite, ResolvedRef } from '@anycontact/core'
import { createContact, deleteContact, updateContact } from './api/contacts.ts'
import { parseIdAnswer } from './api/wire.ts'
import { callOf, checkId, isCode, type NextCall, readContact, wasLost } from './calls.ts'
import { metaChange, metaForCreate, replacementMeta } from './custom-fields.ts'
import { recoverCreate } from './ensure.ts'
import {
  type ChatBotKitBody,
  type ChatBotKitRecord,
  type ChatBotKitVendorFields,
  toCreateBody,
  toUpdateBody,
} from './mapping.ts'
import type { ChatBotKitRuntime } from './runtime.ts'

type Found = Contact<ChatBotKitRecord>

/** The body of a create. With an external id it is verified at once, so that a later `ensure` accepts the record. */
export function createBody(
  runtime: ChatBotKitRuntime,
  write: ContactWrite,
  context: AdapterContext<ChatBotKitVendorFields>,
): ChatBotKitBody {
  const body = toCreateBody(write, context.vendor)
  const meta = metaForCreate(write.customFields, context)
  if (meta !== undefined) body.meta = meta
  if (body.fingerprint !== undefined) body.verifiedAt ??= runtime.now()
  return body
}

/** Creates a contact; when the answer is lost and there is an external id, the record is looked up, not created again. */
export async function create(
  runtime: ChatBotKitRuntime,
  write: ContactWrite,
  context: AdapterContext<ChatBotKitVendorFields>,
): Promise<Found> {
  const next = callOf(runtime, context)
  const body = createBody(runtime, write, context)
  let id: string
  try {
    id = parseIdAnswer(await createContact(runtime.client, body, next()))
  } catch (error) {
    if (body.fingerprint === undefined || !wasLost(error)) throw error
    return recoverCreate(runtime, write, body, context, next)
  }
  return readContact(runtime.client, id, next())
}

/** Changes a contact and reads it back. */
export async function update(
  runtime: ChatBotKitRuntime,
  ref: ResolvedRef,
  patch: ContactWrite,
  context: AdapterContext<ChatBotKitVendorFields>,
): Promise<Found> {
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
