import {
  type AdapterContext,
  type Contact,
  ContactsError,
  type ContactWrite,
  diffContact,
} from '@anycontact/core'
import { ensureContact } from './api/contacts.ts'
import { parseIdAnswer } from './api/wire.ts'
import { isCode, type NextCall, readContact } from './calls.ts'
import {
  type ChatBotKitBody,
  type ChatBotKitRecord,
  type ChatBotKitVendorFields,
  samePhone,
} from './mapping.ts'
import type { ChatBotKitRuntime } from './runtime.ts'

type Found = Contact<ChatBotKitRecord>

/** The contact that has the body's fingerprint, created if need be; `undefined` when it is there and unverified. */
export async function ensure(
  runtime: ChatBotKitRuntime,
  body: ChatBotKitBody,
  next: NextCall,
): Promise<Found | undefined> {
  const { verifiedAt: _ignoredByEnsure, fingerprint = '', ...rest } = body
  const ask = async (): Promise<Found> => {
    const answer = await ensureContact(runtime.client, { ...rest, fingerprint }, next())
    return readContact(runtime.client, parseIdAnswer(answer), next())
  }
  try {
    return await ask()
  } catch (error) {
    if (!isCode(error, 'conflict')) throw error
    // A 500 refuses an unverified record; a 409 says that another call has just made the record, which is there now.
    return error.status === 409 ? ask() : undefined
  }
}

/**
 * Finds out what became of a `create` whose answer was lost, without creating twice: `ensure` with the same fingerprint
 * gives the record that is there, or makes the one that never arrived.
 *
 * @throws ContactsError `conflict` when the fingerprint was in use by a contact that is not the one to create
 */
export async function recoverCreate(
  runtime: ChatBotKitRuntime,
  write: ContactWrite,
  body: ChatBotKitBody,
  context: AdapterContext<ChatBotKitVendorFields>,
  next: NextCall,
): Promise<Found> {
  const found = await ensure(runtime, body, next)
  if (found && isOurs(found, body) && differences(found, write, context) === undefined) return found
  throw new ContactsError({
    code: 'conflict',
    message:
      'The externalId is taken by another contact. Use upsert to change that one, or give another externalId.',
    operation: context.operation,
    status: 409,
  })
}

/**
 * Whether a record was made by this very write. A `create` leaves the `verifiedAt` that it sent, to the millisecond; an
 * `ensure` that created leaves the same moment in `createdAt` and `verifiedAt`.
 */
export function isOurs({ raw }: Found, body: ChatBotKitBody): boolean {
  if (raw.verifiedAt === body.verifiedAt) return true
  const [created, verified] = [raw.createdAt ?? 0, raw.verifiedAt ?? 0]
  return raw.createdAt === raw.updatedAt && Math.abs(verified - created) < 1000
}

/** The changes that a write makes to a contact, less those that ChatBotKit would rewrite to what is there. */
export function differences(
  existing: Found,
  write: ContactWrite,
  context: AdapterContext<ChatBotKitVendorFields>,
): ContactWrite | undefined {
  const changes = diffContact(existing, write)
  const preferences = context.vendor?.preferences
  const sameVendor = preferences === undefined || (existing.raw.preferences || null) === (preferences || null)
  if (changes?.phone && existing.phone && samePhone(existing.phone, changes.phone)) {
    const { phone: _same, ...rest } = changes
    return Object.keys(rest).length === 0 && sameVendor ? undefined : rest
  }
  return changes ?? (sameVendor ? undefined : {})
}
