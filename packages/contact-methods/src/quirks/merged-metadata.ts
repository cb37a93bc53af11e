// A server that merges metadata keeps the keys that are not sent. Source: the vendor's pages do not say whether it merges or replaces.
import { type AdapterContext, withDigits } from '@anycontact/core/adapter-kit'
import type { ContactMethodRequests } from '../api/contact-methods/index.ts'
import type { ContactMethodRecord } from '../api/wire.ts'
import { toCustomFields } from '../mapping.ts'

/**
 * Sees to it that metadata keys are gone after an update: those that are still there are sent once more, as null, which reads as
 * absent.
 *
 * @param record - as the update left it
 * @param removed - the keys
 */
export async function removeKeys(
  requests: ContactMethodRequests,
  record: ContactMethodRecord,
  removed: readonly string[],
  { call }: AdapterContext,
): Promise<ContactMethodRecord> {
  const stored = toCustomFields(record)
  const left = removed.filter((key) => Object.hasOwn(stored, key))
  if (left.length === 0) return record
  const all = record.metadata ?? {}
  const metadata = withDigits(all, { ...all, ...Object.fromEntries(left.map((key) => [key, null])) })
  return requests.update(record.id, { metadata }, call)
}
