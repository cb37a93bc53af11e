import { hash as digest } from 'node:crypto'
import type { FieldValues, Snapshot } from '../ledger/pair.ts'
import { canonicalJson } from '../project/forms.ts'
import { CUSTOM } from '../project/places.ts'
import type { Projection } from '../project/plan.ts'

/** How many characters of base64url hold 128 bits. */
const HASH_LENGTH = 22
/** So many characters stand for a custom field's name: enough to tell the fields of one contact apart. */
const NAME_LENGTH = 6

/** How a snapshot is taken. */
export interface SnapshotOptions {
  readonly projection: Pick<Projection, 'form'>
  readonly keep: 'values' | 'hashes'
  /** The ledger's, so that hashes of two ledgers, or of guessed values, tell nothing. */
  readonly salt: string
}

/**
 * A salted hash of text, of 128 bits: for keys and values. Half of a SHA-256 is kept, so that no hash can be gone on from, and a plain one
 * is as good as an HMAC, which costs three times as much: it is taken several times a contact.
 *
 * @param salt - the ledger's
 */
export function hashText(salt: string, text: string): string {
  return digest('sha256', `${salt}\n${text}`, 'base64url').slice(0, HASH_LENGTH)
}

/**
 * What the synced fields of a contact are now. Two snapshots have the same hash where all their values are the same as people mean it,
 * whatever their spelling.
 *
 * Where only hashes are kept, the hash also tells by name, again as hashes, which custom fields there were: what the source has given up
 * is then told from what it never had.
 */
export function snapshot(values: FieldValues, { projection, keep, salt }: SnapshotOptions): Snapshot {
  const forms: FieldValues = {}
  for (const [field, value] of Object.entries(values)) forms[field] = projection.form(field, value)
  const hash = hashText(salt, canonicalJson(forms))
  if (keep === 'values') return { hash, values }
  const names = Object.keys(values)
    .filter((field) => field.startsWith(CUSTOM))
    .map((field) => nameHash(salt, field))
    .sort()
  return { hash: [hash, ...names].join('.') }
}

/**
 * Whether a field had a value when a snapshot was taken.
 *
 * @param field - a custom field; of others a snapshot without values does not tell
 */
export function hadField({ hash, values }: Snapshot, field: string, salt: string): boolean {
  if (values) return Object.hasOwn(values, field)
  return hash.split('.').slice(1).includes(nameHash(salt, field))
}

function nameHash(salt: string, field: string): string {
  return hashText(salt, `name of ${field}`).slice(0, NAME_LENGTH)
}
