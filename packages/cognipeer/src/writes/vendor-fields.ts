import { type AdapterContext, sameJson } from '@anycontact/core/adapter-kit'
import type { CognipeerRecord } from '../api/wire.ts'
import type { CognipeerVendorFields } from '../mapping.ts'
import { type ObjectChange, unsettledKeys } from '../quirks/merged-objects.ts'

const NOT_KEPT = 'the server did not keep it (what else was written is in force)'
const KEPT = 'the server kept the old value (what else was written is in force)'

/**
 * Reports the vendor-only fields that did not come out as they were written. Everything else is compared by core, which does not
 * know these.
 *
 * @param changes - of which those of `metadata` count
 * @param record - the contact as it came out
 */
export function reportVendorFields(
  vendor: CognipeerVendorFields,
  changes: readonly ObjectChange[],
  record: CognipeerRecord,
  { dropField }: Pick<AdapterContext, 'dropField'>,
): void {
  for (const [field, value] of Object.entries(vendor.fields ?? {})) {
    const present = Object.hasOwn(record, field) ? record[field] : undefined
    const isCleared = value === null && (present === undefined || present === '')
    if (!isCleared && !sameJson(present, value)) {
      dropField(`vendor.fields.${field}`, present === undefined ? NOT_KEPT : KEPT)
    }
  }
  for (const change of changes) {
    if (change.field !== 'metadata') continue
    for (const key of unsettledKeys(change, record)) {
      dropField(`vendor.metadata.${key}`, Object.hasOwn(change.whole, key) ? NOT_KEPT : KEPT)
    }
  }
}
