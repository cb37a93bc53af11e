import {
  type AdapterContext,
  type Contact,
  ContactsError,
  type ContactWrite,
  diffContact,
  type UpsertResult,
} from '@anycontact/core'
import { createContact } from './api/contacts.ts'
import { positionOf } from './api/position.ts'
import { walkContacts } from './api/walk.ts'
import { parseIdAnswer } from './api/wire.ts'
import { callOf, isCode, type NextCall, readContact, wasLost } from './calls.ts'
import { differences, ensure, isOurs } from './ensure.ts'
import type { ChatBotKitBody, ChatBotKitRecord, ChatBotKitVendorFields } from './mapping.ts'
import type { ChatBotKitRuntime } from './runtime.ts'
import { createBody, writeChanges } from './writes.ts'

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
  const next = callOf(runtime, context)
  const body = createBody(runtime, write, context)
  let lost = false
  try {
    const id = parseIdAnswer(await createContact(runtime.client, body, next()))
    return { contact: await readContact(runtime.client, id, next()), outcome: 'created' }
  } catch (error) {
    lost = wasLost(error)
    if (!lost && !isCode(error, 'conflict')) throw error
  }
  const existing = await ensure(runtime, body, next)
  if (existing === undefined) {
    return { contact: await repairUnverified(runtime, write, body, context, next), outcome: 'updated' }
  }
  const changes = differences(existing, write, context)
  if (changes === undefined)
    return { contact: existing, outcome: lost && isOurs(existing, body) ? 'created' : 'unchanged' }
  const contact = await writeChanges(runtime, existing.id, changes, context, next)
  // A value that ChatBotKit rewrites, such as a phone number, can differ as text and change nothing.
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

/** A contact with this fingerprint exists unverified, so `ensure` refuses it: it is found by a listing and verified. */
async function repairUnverified(
  runtime: ChatBotKitRuntime,
  write: ContactWrite,
  body: ChatBotKitBody,
  context: AdapterContext<ChatBotKitVendorFields>,
  next: NextCall,
): Promise<Found> {
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
  const verifiedAt = new Date(body.verifiedAt ?? runtime.now()).toISOString()
  return writeChanges(runtime, id, { ...differences(existing, write, context), verifiedAt }, context, next)
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
