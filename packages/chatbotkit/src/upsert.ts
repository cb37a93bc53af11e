import {
  type AdapterContext,
  type Contact,
  ContactsError,
  type ContactWrite,
  diffContact,
  type UpsertResult,
} from '@anycontact/core'
import { positionOf } from './api/position.ts'
import { walkContacts } from './api/walk.ts'
import { callOf, type NextCall, readContact } from './calls.ts'
import { readCreated, sendCreate } from './creating.ts'
import { differences, ensure } from './ensure.ts'
import type { ChatBotKitBody, ChatBotKitRecord, ChatBotKitVendorFields } from './mapping.ts'
import type { ChatBotKitRuntime } from './runtime.ts'
import { checkVendorFields, createBody, writeChanges } from './writes.ts'

type Found = Contact<ChatBotKitRecord>
type Result = UpsertResult<Found>

/**
 * Upserts by external id. It begins with a `create`, which answers 409 for a fingerprint in use, because `ensure` never
 * tells whether it created; a contact that is there is then named by `ensure`, and updated only where it differs.
 */
export async function upsertByExternalId(
  runtime: ChatBotKitRuntime,
  write: ContactWrite,
  context: AdapterContext<ChatBotKitVendorFields>,
): Promise<Result> {
  checkVendorFields(context)
  const next = callOf(runtime, context)
  const body = createBody(runtime, write, context)
  const creation = await sendCreate(runtime, write, body, next)
  if (creation.id !== undefined) {
    return { contact: await readCreated(runtime, creation.id, context, next, true), outcome: 'created' }
  }
  const existing = await ensure(runtime, body, next)
  if (existing === undefined) return repairUnverified(runtime, write, body, context, next)
  const changes = differences(existing, write, context)
  if (changes === undefined) {
    return { contact: existing, outcome: creation.isOurs(existing) ? 'created' : 'unchanged' }
  }
  const contact = await writeChanges(runtime, existing.id, changes, context, next)
  // A value that ChatBotKit rewrites, such as a phone number, can differ as text and change nothing.
  if (creation.isOurs(existing)) return { contact, outcome: 'created' }
  return { contact, outcome: hasChanged(existing, contact) ? 'updated' : 'unchanged' }
}

/** Whether a record differs from what it was in more than the time of its last update. */
function hasChanged(before: Found, after: Found): boolean {
  const { name = null, nickname = null, email = null, phone = null, note = null } = after
  const { verifiedAt = null, customFields } = after
  const written = { name, nickname, email, phone, note, verifiedAt, customFields }
  return (
    diffContact(before, written) !== undefined ||
    // A key that was removed differs only when looked at from the other side.
    diffContact(after, { customFields: before.customFields }) !== undefined ||
    before.raw.preferences !== after.raw.preferences
  )
}

/**
 * A contact with this fingerprint exists unverified, so `ensure` refuses it: it is found by a listing and verified, unless
 * the caller wants it unverified.
 */
async function repairUnverified(
  runtime: ChatBotKitRuntime,
  write: ContactWrite,
  body: ChatBotKitBody,
  context: AdapterContext<ChatBotKitVendorFields>,
  next: NextCall,
): Promise<Result> {
  const unverified = await context.batch.once('unverified', () => listUnverified(runtime, next))
  const id = unverified.get(body.fingerprint ?? '')
  if (id === undefined) {
    throw new ContactsError({
      code: 'conflict',
      message: 'The contact exists unverified, and was gone or changed when the listing was read. Try again.',
      operation: context.operation,
      retryable: true,
    })
  }
  const existing = await readContact(runtime.client, id, next())
  const changes = differences(existing, write, context)
  if (write.verifiedAt === null && changes === undefined) return { contact: existing, outcome: 'unchanged' }
  const verifiedAt =
    write.verifiedAt === null ? undefined : new Date(body.verifiedAt ?? runtime.now()).toISOString()
  const contact = await writeChanges(
    runtime,
    id,
    { ...changes, ...(verifiedAt !== undefined && { verifiedAt }) },
    context,
    next,
  )
  return { contact, outcome: hasChanged(existing, contact) ? 'updated' : 'unchanged' }
}

/** The ids of the unverified contacts by fingerprint: one listing, shared by the items of a batch. */
async function listUnverified(runtime: ChatBotKitRuntime, next: NextCall): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for await (const items of walkContacts(runtime.client, { path: 'list', query: {}, call: next() })) {
    for (const item of items) {
      const id = positionOf(item)?.id
      if (id === undefined || typeof item !== 'object' || item === null) continue
      const fingerprint: unknown = Reflect.get(item, 'fingerprint')
      const verifiedAt: unknown = Reflect.get(item, 'verifiedAt') ?? null
      if (typeof fingerprint === 'string' && verifiedAt === null) ids.set(fingerprint, id)
    }
  }
  return ids
}
