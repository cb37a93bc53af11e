import { type AdapterContext, type Contact, type ContactWrite, diffContact } from '@anycontact/core'
import { ensureContact } from './api/contacts.ts'
import { parseIdAnswer } from './api/wire.ts'
import { isCode, type NextCall, readContact } from './calls.ts'
import {
  type ChatBotKitBody,
  type ChatBotKitRecord,
  type ChatBotKitVendorFields,
  canonicalPhone,
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

/** A clock of ours may be that far behind the vendor's, or ahead of it. */
const CLOCK_TOLERANCE_MS = 10_000

/**
 * Whether a record was made by this very write, an answer of which was lost. A `create` leaves the `verifiedAt` that it
 * sent, to the millisecond. One that the caller chose proves little: then the record must also be as young as the write.
 *
 * @param startedAt - when the write began, in milliseconds
 */
export function isOurs(
  { raw }: Found,
  write: ContactWrite,
  body: ChatBotKitBody,
  startedAt: number,
): boolean {
  if (raw.verifiedAt !== body.verifiedAt) return false
  if (typeof write.verifiedAt !== 'string') return true
  return raw.createdAt === raw.updatedAt && (raw.createdAt ?? 0) > startedAt - CLOCK_TOLERANCE_MS
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
  if (changes?.phone && existing.phone && existing.phone === canonicalPhone(changes.phone)) {
    const { phone: _same, ...rest } = changes
    return Object.keys(rest).length === 0 && sameVendor ? undefined : rest
  }
  return changes ?? (sameVendor ? undefined : {})
}
