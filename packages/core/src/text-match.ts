import { ContactsError } from './errors.ts'
import type { Contact } from './model/contact.ts'

/** Marks that only modify a letter, in the scripts in which they may be left out, and characters that nobody sees. */
const FOLDED_AWAY =
  /(?![\u3099\u309a])(?=[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Cf}])[\p{M}\p{Cf}]|\u0640/gu
const ASCII = /^[\0-\x7f]*$/
const ARABIC_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g
const PHONE_WORD = /^[+().-]*\d[\d+().-]*$/
const MIN_PHONE_DIGITS = 3

/** Something to look for. */
interface Needle {
  readonly text: string
  /** The digits, where they are to be looked for among those of the phone numbers too. */
  readonly digits?: string
}

/** Words in a row that may be one phone number, or a single word. */
interface Term {
  readonly words: readonly Needle[]
  readonly whole: Needle
}

/**
 * Makes the test for a text search that the provider does not do itself.
 *
 * A contact matches when every word occurs in its name, given name, family name, nickname, email, phone, external id,
 * note, tags or contact methods, each word in any of them, also inside a longer word. Upper and lower case, accents, full-width
 * and half-width forms are the same, and so are Arabic and Hebrew with and without vowel signs.
 *
 * A phone number is found however it is written: words in a row that hold digits and `+ - ( ) .` alone, at least three digits
 * together, are also looked for among the digits of the phone numbers.
 *
 * @param text - words with white space between them
 * @throws ContactsError `invalid_input` for blank text
 *
 * @example
 * ```ts
 * const matches = compileTextSearch('jose +1 415')
 * contacts.filter(matches) // José, +1 (415) 555-2671
 * ```
 */
export function compileTextSearch(text: string): (contact: Contact) => boolean {
  const words = typeof text === 'string' ? fold(text).split(/\s+/).filter(Boolean) : []
  if (words.length === 0) {
    throw new ContactsError({
      code: 'invalid_input',
      message: 'Cannot search for blank text: give at least one word, or list the contacts instead.',
      issues: [{ path: 'text', message: 'must hold a word' }],
    })
  }
  const terms = toTerms(words)
  const readsPhones = terms.some(({ whole }) => whole.digits !== undefined)
  return (contact) => {
    const content = fold(textsOf(contact).join('\n'))
    const phones = readsPhones ? fold(phonesOf(contact).join('\n')).replace(/[^\d\n]/g, '') : ''
    const has = ({ text, digits }: Needle): boolean =>
      content.includes(text) || (digits !== undefined && phones.includes(digits))
    return terms.every(({ whole, words }) => has(whole) || words.every(has))
  }
}

function toTerms(words: readonly string[]): Term[] {
  const runs: string[][] = []
  let inPhone = false
  for (const word of words) {
    const isPhone = PHONE_WORD.test(word)
    if (isPhone && inPhone) runs.at(-1)?.push(word)
    else runs.push([word])
    inPhone = isPhone
  }
  return runs.map((run) => ({ words: run.map(toNeedle), whole: toNeedle(run.join(' ')) }))
}

function toNeedle(text: string): Needle {
  const digits = text.replace(/\D/g, '')
  const isPhone = digits.length >= MIN_PHONE_DIGITS && text.split(' ').every((word) => PHONE_WORD.test(word))
  return isPhone ? { text, digits } : { text }
}

function textsOf(contact: Contact): readonly (string | undefined)[] {
  return [
    contact.name,
    contact.givenName,
    contact.familyName,
    contact.nickname,
    contact.email,
    contact.phone,
    contact.externalId,
    contact.note,
    ...(contact.tags ?? []),
    ...contact.contactMethods.map(({ value }) => value),
  ]
}

function phonesOf(contact: Contact): readonly (string | undefined)[] {
  const others = contact.contactMethods.filter(({ type }) => type !== 'email')
  return [contact.phone, ...others.map(({ value }) => value)]
}

/** Brings text into a form in which what reads the same compares as the same. */
function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  // By way of upper case: it makes one of ß and ss. A final sigma is one by its place only.
  return text
    .normalize('NFKD')
    .replace(FOLDED_AWAY, '')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replace(ARABIC_DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf))
    .normalize('NFC')
}
