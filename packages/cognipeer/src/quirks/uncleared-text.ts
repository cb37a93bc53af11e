// A server may take null for "leave it", and empty text for "nothing". Source: the vendor's types let null be sent, nothing says what it does.
import type { CognipeerRecord } from '../api/wire.ts'
import type { Data } from '../mapping.ts'

/**
 * What a second update sends: empty text for each text that null did not clear. Empty where there are none.
 *
 * @param sent - what the first update sent
 * @param record - the contact as it came out
 */
export function emptyTexts(sent: Data, record: CognipeerRecord): Data {
  const kept = Object.entries(sent).filter(
    ([field, value]) => value === null && typeof record[field] === 'string' && record[field] !== '',
  )
  return Object.fromEntries(kept.map(([field]) => [field, '']))
}
