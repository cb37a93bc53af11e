import type { Contact } from '@anycontact/core'
import { copyRecord, type MemoryRecord } from './store/index.ts'

/** The name that stands in every contact and error of this adapter. */
export const PROVIDER = 'memory'

/**
 * Makes a contact out of a stored record. Nothing in it is shared with the store, and `raw` shares nothing with the rest.
 *
 * @param record - as stored
 */
export function toContact(record: MemoryRecord): Contact<MemoryRecord> {
  return { provider: PROVIDER, ...copyRecord(record), raw: copyRecord(record) }
}

/** A record in the form that the filters read; nothing is copied, because they only look. */
export function asContact(record: MemoryRecord): Contact {
  return { provider: PROVIDER, ...record, raw: record }
}
