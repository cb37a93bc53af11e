import { firstAfter, isKnown, MAX_TEXTS, MIN_INNER, type Needle, prepareNeedles } from './needles.ts'
import { pattern } from './pattern.ts'
import { folded, type Skeleton, skeletonOf, type TextView, unescaped } from './plain-view.ts'

/** What stands in the place of something that must not be shown. */
export const REDACTED = '[redacted]'

/** Takes what was sent out of a text. */
export interface Scrubber {
  /**
   * @param text - one line, not longer than a message
   * @param isOpaque - whether it names a request, so that short values are found in it by chance. @default false
   */
  scrub(text: string, isOpaque?: boolean): string
  /** Whether so much was sent that it cannot be searched for: then nothing of the other side's may be shown. */
  readonly isOverfull: boolean
}

/** So much of a text is compared in all: more than a message can hold. */
const COMPARED_LENGTH = 8_000
/** Letters so few are found as whole words alone. */
const MIN_PART_OF_WORD = 6
/** So long ones are found whatever separates their words. */
const MIN_ANYWHERE = 8
/** So much of the beginning of a value that is cut off gives it away; less where the cut is marked. */
const MIN_CUT = 6
const MIN_MARKED_CUT = 3

/** An address, in whole or cut off. */
const EMAIL = pattern`/[^\s@"'\x60<>()[\]{},;:=/\\|?&]+@[\p{L}\p{N}][\p{L}\p{N}.-]*/gu`
/** An international number. */
const INTERNATIONAL = pattern`/[+\uff0b][\s().-]{0,3}\p{Nd}(?:[\s().\-/]{0,3}\p{Nd}){7,}/gu`
/** What belongs to a number before and behind some of its digits. */
const BEFORE_DIGITS = pattern`/[+\uff0b(]?(?:[\p{Nd}(][\p{Nd}\s().\-/]*)?$/u`
const BEHIND_DIGITS = pattern`/^(?:[\s().\-/]{0,3}\p{Nd})*(?:\s*(?:ext\.?|x|#|;ext=)\s*\p{Nd}+)?/iu`
/** The signs before the first and behind the last letter or digit. */
const LEADING_SIGNS = pattern`/^[^\p{L}\p{M}\p{N}]*/u`
const TRAILING_SIGNS = pattern`/[^\p{L}\p{M}\p{N}]*$/u`
/** Two letters, two digits, or one of each. */
const TWO_IN_WORDS = pattern`/^[\p{L}\p{N}]{2}$/u`
const TWO_OF_A_KIND = pattern`/^(?:\p{L}{2}|\p{N}{2})$/u`
/** So many signs before or behind a value belong to it. */
const MAX_SIGNS = 40
/** How a text that was cut off is marked. */
const CUT_MARK = /^\s*(?:\u2026|\.\.)/

/** Where something that was sent stands, in a text without escapes. */
type Span = readonly [from: number, to: number]

/**
 * Prepares texts that were sent, to be taken out of what the other side says: in every spelling that differs only in case, accents,
 * escapes of HTML, URLs and JSON, separators, or the punctuation of a number; cut off; and email addresses and international
 * numbers whoever sent them. The words that APIs themselves use stay.
 *
 * The work grows with the length of the texts by n log n: each is prepared once, and a message is walked through once.
 *
 * @param sent - every text that was sent
 */
export function createScrubber(sent: readonly string[]): Scrubber {
  const isOverfull = sent.length > MAX_TEXTS
  const { needles, literals } = isOverfull ? { needles: [], literals: [] } : prepareNeedles(sent)
  return {
    isOverfull,
    scrub(text, isOpaque = false) {
      const plain = unescaped(text)
      const spans = [...shapes(plain.text), ...literalSpans(plain.text, literals)]
      const isId = isOpaque && /^[\w.:/+=-]+$/.test(text)
      spans.push(...needleSpans(plain.text, needles, isId))
      return withoutSpans(text, plain, spans)
    },
  }
}

function* shapes(text: string): Generator<Span> {
  for (const shape of [EMAIL(), INTERNATIONAL()]) {
    for (const { 0: match, index } of text.matchAll(shape)) yield [index, index + match.length]
  }
}

function* literalSpans(text: string, literals: readonly string[]): Generator<Span> {
  const folds = text.toLowerCase()
  const lower = folds.length === text.length ? folds : text
  for (const literal of literals) {
    for (let at = lower.indexOf(literal); at >= 0; at = lower.indexOf(literal, at + literal.length)) {
      yield [at, at + literal.length]
    }
  }
}

function* needleSpans(text: string, needles: readonly Needle[], isId: boolean): Generator<Span> {
  if (needles.length === 0) return
  const skeleton = skeletonOf(text)
  for (let start = 0; start < skeleton.text.length; start++) {
    const rest = skeleton.text.slice(start)
    const next = firstAfter(needles, rest)
    const before = needles[next - 1]
    let needle = before
    while (needle && !(rest.startsWith(needle.text) && isThere(skeleton, start, needle, isId))) {
      needle = needle.prefix
    }
    if (needle) yield spanOf(text, skeleton, start, needle, rest)
    const cut = longestCut(text, skeleton, start, [before, needles[next]])
    if (cut > 0 && !isId) yield [skeleton.from[start] ?? 0, skeleton.to[start + cut - 1] ?? 0]
  }
}

/** Whether a value that occurs is meant: not a part of another word, and not by chance. */
function isThere(skeleton: Skeleton, start: number, { text, words }: Needle, isId: boolean): boolean {
  const end = start + text.length
  if (words === '') return true
  if (isId && text.length < MIN_ANYWHERE) return text.length === skeleton.text.length
  if (text.length < MIN_ANYWHERE && wordsOf(skeleton, start, end) !== words) return false
  const isApart = isBorder(skeleton, start, true) && isBorder(skeleton, end, true)
  if (text.length < MIN_INNER) return isApart
  if (isApart) return true
  if (/^\p{L}+$/u.test(text) && text.length < MIN_PART_OF_WORD) {
    return isBorder(skeleton, start) && isBorder(skeleton, end)
  }
  return !isKnown(wordsAround(skeleton, start, end))
}

/**
 * Whether one word ends and another begins somewhere.
 *
 * @param isStrict - whether it takes a separator, and digits behind letters are not enough
 */
function isBorder({ text, startsWord }: Skeleton, index: number, isStrict = false): boolean {
  if (index === 0 || index >= text.length || startsWord[index]) return true
  const pair = text.slice(index - 1, index + 1)
  // Scripts without capitals are mostly written without blanks.
  if (/\p{Lo}/u.test(pair) || !TWO_IN_WORDS().test(pair)) return true
  return !isStrict && !TWO_OF_A_KIND().test(pair)
}

function wordsOf(skeleton: Skeleton, start: number, end: number): string {
  let words = ''
  for (let index = start; index < end; index++) {
    if (index > start && skeleton.startsWord[index]) words += ' '
    words += skeleton.text.charAt(index)
  }
  return words
}

function wordsAround(skeleton: Skeleton, start: number, end: number): string {
  let [first, last] = [start, end]
  while (first > 0 && !skeleton.startsWord[first]) first--
  while (last < skeleton.text.length && !skeleton.startsWord[last]) last++
  return wordsOf(skeleton, first, last)
}

/** Where a value stands, with the signs that belong to it. */
function spanOf(text: string, skeleton: Skeleton, start: number, needle: Needle, rest: string): Span {
  let length = needle.text.length
  if (needle.whole !== undefined) {
    needle.wholeText ??= folded(unescaped(needle.whole.slice(0, COMPARED_LENGTH)).text).replaceAll(' ', '')
    length = commonLength(rest, needle.wholeText)
  }
  let from = skeleton.from[start] ?? 0
  let to = skeleton.to[start + length - 1] ?? 0
  if (needle.words === '') {
    from -= BEFORE_DIGITS().exec(text.slice(Math.max(0, from - MAX_SIGNS), from))?.[0].length ?? 0
    to += BEHIND_DIGITS().exec(text.slice(to, to + MAX_SIGNS))?.[0].length ?? 0
    return [from, to]
  }
  const lead = LEADING_SIGNS().exec(needle.value)?.[0] ?? ''
  const ending = (needle.whole ?? needle.value).trimEnd().slice(-MAX_SIGNS)
  const trail = TRAILING_SIGNS().exec(ending)?.[0] ?? ''
  if (text.slice(0, from).endsWith(lead)) from -= lead.length
  if (text.startsWith(trail, to)) to += trail.length
  return [from, to]
}

/** How much of the beginning of a value stands somewhere, where that is a value cut off; else 0. */
function longestCut(
  text: string,
  skeleton: Skeleton,
  start: number,
  candidates: readonly (Needle | undefined)[],
): number {
  if (!isBorder(skeleton, start, true)) return 0
  let longest = 0
  for (const needle of candidates) {
    if (needle === undefined) continue
    const length = withoutOtherWords(
      skeleton,
      start,
      commonLength(skeleton.text.slice(start), needle.text),
      needle,
    )
    if (length <= longest || length >= needle.text.length) continue
    if (isCut(text, skeleton, start, length, needle)) longest = length
  }
  return longest
}

/** Where a word begins that does not begin in the value, the value has ended. */
function withoutOtherWords(skeleton: Skeleton, start: number, length: number, { words }: Needle): number {
  if (words === '') return length
  let at = 0
  for (let index = 0; index < length; index++, at++) {
    const isBegun = words.charAt(at) === ' '
    if (isBegun) at++
    if (index > 0 && skeleton.startsWord[start + index] && !isBegun) return index
  }
  return length
}

function isCut(text: string, skeleton: Skeleton, start: number, length: number, needle: Needle): boolean {
  const end = start + length
  const isMarked = CUT_MARK.test(text.slice(skeleton.to[end - 1] ?? 0))
  if (length < (isMarked ? MIN_MARKED_CUT : MIN_CUT)) return false
  const words = wordsOf(skeleton, start, end)
  if (isKnown(words)) return false
  if (needle.words === '' || isMarked) return true
  if (length < MIN_ANYWHERE && !needle.words.startsWith(words)) return false
  if (!isBorder(skeleton, end)) return length >= 2 * MIN_CUT
  // A word of the language that a value happens to begin with is not that value.
  return !(/^\p{L}+$/u.test(words) && needle.words.charAt(words.length) === ' ')
}

function commonLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length++
  return length
}

function withoutSpans(original: string, plain: TextView, spans: readonly Span[]): string {
  let clean = ''
  let end = 0
  let isOpen = false
  for (const [start, stop] of [...spans].sort(([a], [b]) => a - b)) {
    const [from, to] = [plain.from[start] ?? 0, plain.to[stop - 1] ?? 0]
    if (from > end || !isOpen) {
      clean += original.slice(end, from) + REDACTED
      isOpen = true
    }
    end = Math.max(end, to)
  }
  return clean + original.slice(end)
}
