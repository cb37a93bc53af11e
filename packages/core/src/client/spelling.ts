import type { WritableField } from '../model/input.ts'
import { isPlainObject, type JsonValue, sameJson } from '../model/json.ts'

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
export function isBeginning(field: WritableField, present: string, wanted: string): boolean {
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
export function sameMoment(a: string, b: string, withinMs = 1): boolean {
  if (!MOMENT.test(a) || !MOMENT.test(b)) return false
  const cut = (time: string): number => Math.floor(Date.parse(time) / withinMs)
  return cut(a) === cut(b)
}

/** Whether a custom field holds what was written: as text, or in an object with members that were there before. */
export function isValueSpelling(now: JsonValue, wanted: JsonValue): boolean {
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
