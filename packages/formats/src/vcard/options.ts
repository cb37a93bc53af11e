import type { ContactsErrorIssue, RefKey } from '@anycontact/core'
import { isPlainObject, REF_KEYS } from '@anycontact/core/adapter-kit'
import { badOptions } from '../problems.ts'
import { isEncoding } from '../source/decode.ts'

/**
 * How a vCard file is read.
 *
 * @typeParam By - the key that each card must have
 */
export interface ReadVCardsOptions<By extends RefKey = RefKey> {
  /**
   * The key by which contacts are told apart, as in `upsertMany`: a card without it is refused, and so is one whose key an earlier
   * card has. The keys of the whole file are then kept in memory, about a hundred bytes each.
   * @default none
   */
  readonly by?: By | undefined
  /**
   * How bytes are read where neither a byte order mark nor the card says it (`CHARSET=`): `windows-1252` for what older versions of
   * Outlook save, or any other label of the Encoding Standard.
   * @default 'utf-8'
   */
  readonly encoding?: string | undefined
  /**
   * What a number becomes that is marked as mobile (`CELL`): a contact method of the type `mobile`, or of the type `phone` with
   * the label `mobile`, so that it can be the contact's `phone`. Many cards have no other number, and many providers keep only one.
   * @default 'phone' with `by: 'phone'`, else 'mobile'
   */
  readonly mobileAs?: 'mobile' | 'phone' | undefined
}

/** Options that have been checked. */
export interface VCardSettings extends ReadVCardsOptions {
  readonly encoding: string
  readonly mobileAs: 'mobile' | 'phone'
}

const KNOWN = ['by', 'encoding', 'mobileAs']
const MOBILE: readonly unknown[] = ['mobile', 'phone']

/**
 * Checks options.
 *
 * @throws ContactsError `invalid_input` for what cannot work; tells of all that is wrong
 */
export function checkVCardOptions(given: ReadVCardsOptions = {}): VCardSettings {
  if (!isPlainObject(given)) {
    throw badOptions('readVCards', [{ path: 'options', message: 'must be a plain object' }])
  }
  const options: ReadVCardsOptions = given
  const issues: ContactsErrorIssue[] = Object.keys(options)
    .filter((key) => !KNOWN.includes(key))
    .map((path) => ({ path, message: `is not an option; the options are ${KNOWN.join(', ')}` }))
  const { by, encoding = 'utf-8', mobileAs = by === 'phone' ? 'phone' : 'mobile' } = options
  if (by !== undefined && !REF_KEYS.includes(by)) {
    issues.push({ path: 'by', message: `must be one of ${REF_KEYS.join(', ')}` })
  }
  if (!isEncoding(encoding)) {
    issues.push({ path: 'encoding', message: 'is not the label of an encoding that can be read here' })
  }
  if (!MOBILE.includes(mobileAs)) issues.push({ path: 'mobileAs', message: "must be 'mobile' or 'phone'" })
  if (issues.length > 0) throw badOptions('readVCards', issues)
  return { by, encoding, mobileAs }
}
