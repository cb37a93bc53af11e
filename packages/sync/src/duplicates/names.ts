import type { Contact } from '@anycontact/core'
import { distance } from 'fastest-levenshtein'

/** Letters of Latin scripts that are others with a stroke, or two in one, and do not come apart by Unicode's own rules. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** Longer names are only compared for being the same. */
const LONGEST_COMPARED = 200

const PLAIN = /^[\x20-\x7e]*$/

/**
 * The form in which the name of a contact is compared: its words in small letters without accents, the surname last; `undefined` where
 * there is no name. The full name where there is one, else given and family name.
 */
export function nameForm(contact: Contact): string | undefined {
  const { name, givenName, familyName } = contact
  const parts = givenName !== undefined && familyName !== undefined ? `${givenName} ${familyName}` : undefined
  const written = parts ?? name ?? familyName ?? givenName
  if (written === undefined) return undefined
  const comma = parts === undefined ? written.indexOf(',') : -1
  const form = plainWords(comma < 0 ? written : `${written.slice(comma + 1)} ${written.slice(0, comma)}`)
  return form === '' ? undefined : form
}

function plainWords(text: string): string {
  let letters = text
  if (!PLAIN.test(text)) {
    // Upper and then lower case is what comes nearest to Unicode's folding: it makes `ß` into `ss`. Only the accents of European
    // scripts go: the marks of others are vowels.
    letters = text
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\u0300-\u036f\p{Cf}]/gu, '')
      .replace(/[æœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
      .normalize('NFC')
  }
  return letters
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

/** The last word of a name in the form of {@link nameForm}; `undefined` where it has only one. */
export function surnameOf(name: string): string | undefined {
  const start = name.lastIndexOf(' ')
  return start < 0 ? undefined : name.slice(start + 1)
}

/** The first word of a name in the form of {@link nameForm}: the surname, where it is written first. */
export function firstWordOf(name: string): string {
  const end = name.indexOf(' ')
  return end < 0 ? name : name.slice(0, end)
}

/** A name with its words in the order of the alphabet, so that their order does not count. */
export function inOrder(name: string): string {
  return name.includes(' ') ? name.split(' ').sort().join(' ') : name
}

/**
 * How like two names are: 1 for the same ones, less the share of letters that have to be changed, added or taken away.
 *
 * @param least - below this they are no more than not alike, and 0 is answered
 */
export function similarity(one: string, other: string, least: number): number {
  if (one === other) return 1
  const longest = Math.max(one.length, other.length)
  if (longest > LONGEST_COMPARED) return 0
  const allowed = (1 - least) * longest + 1e-9
  if (longest - Math.min(one.length, other.length) > allowed || allowed < 1) return 0
  const differing = distance(one, other)
  return differing > allowed ? 0 : 1 - differing / longest
}
