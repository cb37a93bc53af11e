import type { ContactFields } from './contact.ts'
import { ApiError } from './errors.ts'
import { untrustedFingerprint } from './fingerprint.ts'
import type { ContactRow, ContactStore } from './store.ts'

const TOO_SHORT = 16

/**
 * Finds or creates a contact. With a fingerprint the contact is trusted and must be verified; without one it is
 * found by its name, email, phone and nick, and must not be. A found one is never changed.
 *
 * @param now - milliseconds since the epoch
 */
export async function ensureContact(
  store: ContactStore,
  account: string,
  fields: ContactFields,
  now: number,
): Promise<ContactRow> {
  const trusted = Boolean(fields.fingerprint)
  const fingerprint = trusted ? trustedFingerprint(fields.fingerprint) : await untrustedFingerprint(fields)
  const existing = store.findByFingerprint(account, fingerprint)
  if (existing === undefined) {
    return store.create(account, { ...fields, fingerprint, verifiedAt: trusted ? Math.trunc(now) : null })
  }
  const verified = existing.record.verifiedAt !== null
  if (trusted && !verified) throw new ApiError('GENERIC_ERROR', 'Contact is not verified')
  if (!trusted && verified) throw new ApiError('GENERIC_ERROR', 'Contact is verified')
  return existing
}

function trustedFingerprint(sent: string | null | undefined): string {
  const fingerprint = (sent ?? '').trim()
  if (fingerprint.length <= TOO_SHORT) throw new ApiError('GENERIC_ERROR', 'fingerprint is too short')
  return fingerprint
}
