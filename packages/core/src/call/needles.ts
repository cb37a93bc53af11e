import { KNOWN_WORDS } from './known-words.ts'
import { pattern } from './pattern.ts'
import { folded, unescaped } from './plain-view.ts'

/** More texts are not searched for. */
export const MAX_TEXTS = 50_000
/** So much of a text is prepared before it is known that it occurs. */
const PREPARED_LENGTH = 300
/** The longest escape. */
const MAX_ESCAPE = 12
/** What is nested deeper is no input that passes a check. */
const MAX_DEPTH = 200
/** Shorter values, without what separates words, are found between separators alone. */
export const MIN_INNER = 4

/** What may be a number that can be called, or an id that consists of digits. */
const DIGITS = pattern`/\p{Nd}(?:[\s().\-/]{0,3}\p{Nd}){6,}/gu`
/** What is neither a letter, a digit nor a usual separator. */
const OTHER_SIGN = pattern`/[^\p{L}\p{M}\p{N}\s_-]/u`

/** A value that was sent, prepared. */
export interface Needle {
  /** Without what separates words. */
  readonly text: string
  /** The words, with a blank between them; empty where what separates digits does not count. */
  readonly words: string
  /** Without escapes, for what is before its first and behind its last word. */
  readonly value: string
  /** The value as it was sent, where there is more of it than was prepared. */
  readonly whole: string | undefined
  /** Of such a value as much as a message can hold, without what separates words: made when it is found. */
  wholeText: string | undefined
  /** The longest other one that this one begins with. */
  prefix: Needle | undefined
}

/** Values that were sent, prepared. */
export interface Needles {
  /** In the order of their texts. */
  readonly needles: readonly Needle[]
  /** What is found as it is, in lower case. */
  readonly literals: readonly string[]
}

/** What of a value was sent: the texts in it, and numbers long enough to be someone's. A contact's `raw` says nothing new. */
export function textsIn(value: unknown): string[] {
  const texts: string[] = []
  const visit = (part: unknown, depth: number): void => {
    if (typeof part === 'string' || typeof part === 'number') {
      const text = String(part)
      // A few digits stand in every message.
      if (text.length >= MIN_INNER || /[^\p{N}\s]/u.test(text)) texts.push(text)
    } else if (typeof part === 'object' && part !== null && depth < MAX_DEPTH && !ArrayBuffer.isView(part)) {
      const isContact = 'raw' in part && 'contactMethods' in part
      for (const [key, member] of Object.entries(part)) {
        if (!isContact || key !== 'raw') visit(member, depth + 1)
      }
    }
  }
  try {
    visit(value, 0)
  } catch {
    // A getter or a proxy of the caller's; what cannot be read is not sent either.
  }
  return texts
}

/** Prepares values that were sent. */
export function prepareNeedles(sent: readonly string[]): Needles {
  const found = new Map<string, Needle>()
  const literals = new Set<string>()
  const add = (text: string, words: string, value: string, whole?: string): void => {
    const known = found.get(text)
    // What is found whatever separates its words is found in more places.
    if (known === undefined || (known.words !== '' && words === '')) {
      found.set(text, { text, words, value, whole, wholeText: undefined, prefix: undefined })
    }
  }
  for (const original of new Set(sent)) {
    const isLonger = original.length > PREPARED_LENGTH
    const value = unescaped(original.slice(0, PREPARED_LENGTH)).text.trim()
    // An escape at the end may have been cut in two.
    const words = folded(isLonger ? value.slice(0, -MAX_ESCAPE) : value).trim()
    if (words === '' || isKnown(words)) {
      // What is nothing but known words stays; with other signs between them it is found as it is.
      if (value.length > 1 && OTHER_SIGN().test(value)) literals.add(value.toLowerCase())
      continue
    }
    add(words.replaceAll(' ', ''), words, value, isLonger ? original : undefined)
    for (const [number] of value.matchAll(DIGITS())) {
      for (const digits of spellingsOf(number)) add(digits, '', digits)
    }
  }
  const needles = [...found.values()].sort((a, b) => (a.text < b.text ? -1 : 1))
  const open: Needle[] = []
  for (const needle of needles) {
    while (open.length > 0 && !needle.text.startsWith(open.at(-1)?.text ?? '')) open.pop()
    needle.prefix = open.at(-1)
    open.push(needle)
  }
  return { needles, literals: [...literals] }
}

/** The digits of a number as it may be written elsewhere: without the zeros and the country that go before it. */
function spellingsOf(number: string): string[] {
  const digitsOf = (text: string): string => text.replace(/\D/g, '')
  const written = /^[ -~]*$/.test(number) ? number : folded(number)
  const digits = digitsOf(written)
  const national = digits.replace(/^0+/, '')
  const international = digitsOf(written.replace('(0)', ''))
  return [digits, national, international, digits.slice(-8)].filter(({ length }) => length >= 7)
}

/** Whether a text consists of words that APIs themselves use. */
export function isKnown(words: string): boolean {
  return words.split(' ').every((word) => KNOWN_WORDS.has(word))
}

/** The index of the first needle that comes after a text, in the order of texts. */
export function firstAfter(needles: readonly Needle[], text: string): number {
  let low = 0
  let high = needles.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((needles[middle]?.text ?? '') <= text) low = middle + 1
    else high = middle
  }
  return low
}
