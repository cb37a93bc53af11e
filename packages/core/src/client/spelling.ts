import type { Contact } from '../model/contact.ts'
import type { WritableField } from '../model/input.ts'
import { isPlainObject, type JsonValue, sameJson } from '../model/json.ts'
import type { RefKey } from '../model/ref.ts'

/**
 * How what is stored differs from what was written. `empty`: nothing is stored. `uncleared`: what was to be cleared is still there.
 * `old`: the value from before. `cut`: only its beginning. `other`: a value that is no spelling of the one that was written.
 * `rewritten`: another spelling of it. `unfindable`: one by which an upsert does not find the contact again.
 */
export type DeviationKind = 'empty' | 'uncleared' | 'old' | 'cut' | 'other' | 'rewritten' | 'unfindable'

/** A part of a write that is not stored as it was written. */
export interface Deviation {
  /** Dotted, for example `customFields.plan`. */
  readonly path: string
  readonly kind: DeviationKind
}

/** What is said of each. */
export const REASONS: Readonly<Record<Exclude<DeviationKind, 'rewritten'>, string>> = {
  empty: 'the provider took the write and did not keep it',
  uncleared: 'the provider took the write and did not clear it',
  old: 'the provider took the write and kept the old value',
  cut: 'the provider kept only the beginning of it',
  other: 'the provider took the write and has another value',
  unfindable: 'the provider stores another form of it, by which the next upsert does not find the contact',
}

/**
 * Compares a text that was written with what is stored.
 *
 * @param before - what was stored before, where that is known
 * @param canonical - the spelling under which the provider stores a value. @default the value itself
 * @returns `undefined` when it is stored as it was written
 */
export function compareText(
  field: WritableField,
  wanted: string | null,
  present: string | undefined,
  before: string | undefined,
  canonical: (value: string) => string = (value) => value,
): DeviationKind | undefined {
  if (wanted === null) return present === undefined ? undefined : 'uncleared'
  if (present === undefined) return 'empty'
  if (present === wanted || canonical(present) === canonical(wanted)) return undefined
  if (sameMoment(present, wanted)) return undefined
  // A provider may keep a picture's copy and answer its address.
  if (field === 'avatarUrl') return present === before ? 'old' : 'rewritten'
  if (present !== before && isBeginning(field, present, wanted)) return 'cut'
  if (isSpelling(field, present, wanted)) return 'rewritten'
  if (present === before) return 'old'
  const now = loosely(present)
  return now !== '' && loosely(wanted).startsWith(now) ? 'cut' : 'other'
}

/** As {@link compareText}, for a custom field: null means that there is none. */
export function compareValue(
  wanted: JsonValue,
  now: JsonValue,
  before: JsonValue | undefined,
): DeviationKind | undefined {
  if (sameJson(now, wanted)) return undefined
  if (now === null) return 'empty'
  if (wanted === null) return 'uncleared'
  if (typeof now === 'string' && typeof wanted === 'string') {
    if (sameMoment(now, wanted)) return undefined
    if (now !== before && isBeginning('note', now, wanted)) return 'cut'
  }
  if (before !== undefined && sameJson(now, before)) return 'old'
  return isValueSpelling(now, wanted) ? 'rewritten' : 'other'
}

/** Whether a value is another spelling of the one that was written, and not another value. */
export function isSpelling(field: WritableField, present: string, wanted: string): boolean {
  // In an address every sign counts.
  if (field === 'email') return present.trim().toLowerCase() === wanted.trim().toLowerCase()
  if (loosely(present) === loosely(wanted) || sameMoment(present, wanted, 1000)) return true
  if (field !== 'phone') return false
  // It may keep a number with or without its country.
  const [a, b] = [present, wanted].map((phone) => phone.replace(/\D/g, '').replace(/^0+/, ''))
  return a !== undefined && b !== undefined && a !== '' && b !== '' && (a.endsWith(b) || b.endsWith(a))
}

/** A text without what a provider may tidy up: case, blanks, signs, composition. */
export function loosely(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Whether all that is stored is the beginning of what was written. */
function isBeginning(field: WritableField, present: string, wanted: string): boolean {
  if (field === 'phone' || field === 'email') return false
  const [now, whole] = [present.trim(), wanted.trim()]
  return now.length < whole.length && whole.startsWith(now)
}

const MOMENT = /^\d{4}-\d\d-\d\d(?:T|$)/

/**
 * Tells whether two texts are the same time.
 *
 * @param withinMs - how exactly the provider keeps times. @default 1
 */
function sameMoment(a: string, b: string, withinMs = 1): boolean {
  if (!MOMENT.test(a) || !MOMENT.test(b)) return false
  const cut = (time: string): number => Math.floor(Date.parse(time) / withinMs)
  return cut(a) === cut(b)
}

/** Whether a custom field holds what was written: as text, or in an object with members that were there before. */
function isValueSpelling(now: JsonValue, wanted: JsonValue): boolean {
  if (isPlainObject(now) && isPlainObject(wanted)) {
    return Object.entries(wanted).every(
      ([key, member]) => Object.hasOwn(now, key) && sameJson(now[key], member),
    )
  }
  if (typeof now === 'object' || typeof wanted === 'object') return false
  if (typeof now === 'number' || typeof wanted === 'number') {
    return String(now).trim() !== '' && Number(now) === Number(wanted)
  }
  return loosely(String(now)) === loosely(String(wanted))
}

/** Tells a spelling of the key that an upsert goes by, by which the contact is not found again, from others. */
export function asUnfindable(by: RefKey, deviations: readonly Deviation[]): Deviation[] {
  return deviations.map((one) =>
    one.path === by && one.kind === 'rewritten' ? { path: by, kind: 'unfindable' } : one,
  )
}

/** Whether an answer says nothing of a contact but its id, and when it was made. */
export function isBare({ provider: _, id: _id, raw: _raw, createdAt, updatedAt, ...said }: Contact): boolean {
  return Object.values(said).every((value) => typeof value === 'object' && Object.keys(value).length === 0)
}
