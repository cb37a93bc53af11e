import { pattern } from './pattern.ts'

/** A text in another form. Of every unit of it is known where in the original it stands. */
export interface TextView {
  readonly text: string
  /** Where in the original each unit begins. */
  readonly from: readonly number[]
  /** Where in the original each unit ends. */
  readonly to: readonly number[]
}

/** A text without what separates words, so that spellings of one value are the same text. */
export interface Skeleton extends TextView {
  /** For each unit, whether something separates it from the one before. The first begins a word. */
  readonly startsWord: readonly boolean[]
}

/** Escapes of URLs, HTML and JSON. */
const ESCAPED =
  /(?:%[0-9a-f]{2})+|&#(?:x[0-9a-f]{1,6}|\d{1,7});?|&[a-z]{2,12};|\\(?:u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|x[0-9a-f]{2}|["'\\/bfnrt])/gi

/** An escape may be escaped in its turn, so often. */
const MAX_LEVELS = 4

/** The named characters of HTML that are not letters, as far as they stand in addresses and names. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  ast: '*',
  colon: ':',
  comma: ',',
  commat: '@',
  equals: '=',
  gt: '>',
  lbrack: '[',
  lowbar: '_',
  lpar: '(',
  lt: '<',
  lsquo: "'",
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quot: '"',
  rbrack: ']',
  rpar: ')',
  rsquo: "'",
  semi: ';',
  sol: '/',
}

/** Letters that Unicode does not take apart, in the way in which they are written without them. */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
}
const WRITTEN_OUT_LETTERS: RegExp = new RegExp(`[${Object.keys(WRITTEN_OUT).join('')}]`, 'g')

/** Of HTML's names the accented letters: the letter, and an accent that is left out in any case. */
const ACCENTED =
  /^([a-z])(?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron|breve|macr|ogon|strok|dot|dblac)$/i
const LIGATURE = /^(sz|ae|oe)lig$|^(?:(th)orn|(et)h)$/i

/** Accents, and characters that nobody sees. */
const MARKS = pattern`/[\p{M}\p{Cf}]+/gu`
const BETWEEN_WORDS = pattern`/(?:[^\p{L}\p{N}\p{S}]|[$+<=>^\x60|~\ufffd])+/gu`

/** The first digit of scripts that have digits of their own. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50]
const OTHER_DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g

/**
 * Takes the escapes of URLs, HTML and JSON out of a text, also where one is inside another.
 *
 * @param text - the original
 */
export function unescaped(text: string): TextView {
  const positions = Array.from({ length: text.length + 1 }, (_, index) => index)
  let view: TextView = { text, from: positions.slice(0, -1), to: positions.slice(1) }
  for (let level = 0; level < MAX_LEVELS; level++) {
    const next = unescapedOnce(view)
    if (next === view) break
    view = next
  }
  return view
}

function unescapedOnce(view: TextView): TextView {
  const { text } = view
  let end = 0
  let made = ''
  const from: number[] = []
  const to: number[] = []
  const add = (written: string, start: number, stop: number): void => {
    made += written
    for (let unit = 0; unit < written.length; unit++) {
      from.push(view.from[start] ?? 0)
      to.push(view.to[stop - 1] ?? 0)
    }
  }
  const keepUpTo = (stop: number): void => {
    for (let index = end; index < stop; index++) add(text.charAt(index), index, index + 1)
  }
  for (const match of text.matchAll(ESCAPED)) {
    keepUpTo(match.index)
    end = match.index + match[0].length
    if (!match[0].startsWith('%')) add(meant(match[0]), match.index, end)
    else
      for (const [written, start, stop] of bytesOf(match[0]))
        add(written, match.index + start, match.index + stop)
  }
  if (end === 0) return view
  keepUpTo(text.length)
  return { text: made, from, to }
}

/** What an escape of HTML or JSON stands for. */
function meant(written: string): string {
  if (written.startsWith('&#')) {
    const digits = written.slice(2).replace(';', '')
    return character(/^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number(digits))
  }
  if (written.startsWith('&')) {
    const name = written.slice(1, -1)
    const ligature = LIGATURE.exec(name)
      ?.slice(1)
      .find((letters) => letters !== undefined)
    const letters = ACCENTED.exec(name)?.[1] ?? (ligature === 'sz' ? 'ss' : ligature)
    return letters ?? (Object.hasOwn(NAMED, name.toLowerCase()) ? (NAMED[name.toLowerCase()] ?? ' ') : ' ')
  }
  const kind = written.charAt(1)
  if (kind === 'u' || kind === 'x') return character(Number.parseInt(written.replace(/[^0-9a-f]/gi, ''), 16))
  return /[bfnrt]/.test(kind) ? ' ' : kind
}

function character(code: number): string {
  return code > 0x10ffff ? ' ' : String.fromCodePoint(code)
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** The characters of a run of `%XX`, each with its place in the run. What is no UTF-8 is read as Latin-1. */
function* bytesOf(run: string): Generator<readonly [written: string, start: number, end: number]> {
  const bytes = Uint8Array.from({ length: run.length / 3 }, (_, index) =>
    Number.parseInt(run.slice(index * 3 + 1, index * 3 + 3), 16),
  )
  for (let index = 0; index < bytes.length; ) {
    const first = bytes[index] ?? 0
    const length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    let written = String.fromCharCode(first)
    let taken = 1
    try {
      written = decoder.decode(bytes.subarray(index, index + length))
      taken = length
    } catch {
      // Latin-1.
    }
    yield [written, index * 3, (index + taken) * 3]
    index += taken
  }
}

/**
 * A text in the form in which spellings are compared: lower case, without accents and invisible characters, digits and letters of
 * one kind, and one blank for all that separates words.
 *
 * @param text - without escapes
 */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(MARKS(), '')
    .toLowerCase()
    .replace(WRITTEN_OUT_LETTERS, (letter) => WRITTEN_OUT[letter] ?? letter)
    .replace(OTHER_DIGIT, digitOf)
    .replace(BETWEEN_WORDS(), ' ')
}

function digitOf(digit: string): string {
  const code = digit.charCodeAt(0)
  return String(code - (ZEROS.findLast((zero) => zero <= code) ?? code))
}

/**
 * Takes out of a text what separates its words.
 *
 * @param text - without escapes; the positions are those in it
 */
export function skeletonOf(text: string): Skeleton {
  let made = ''
  const from: number[] = []
  const to: number[] = []
  const startsWord: boolean[] = []
  let isApart = true
  let index = 0
  for (const unit of text) {
    const stop = index + unit.length
    const written = /^[a-z0-9]$/.test(unit) ? unit : folded(unit)
    // An accent belongs to the letter before.
    if (written === '' && to.length > 0 && !isApart) to[to.length - 1] = stop
    for (const letter of written.split('')) {
      if (letter === ' ') {
        isApart = true
        continue
      }
      made += letter
      from.push(index)
      to.push(stop)
      startsWord.push(isApart)
      isApart = false
    }
    index = stop
  }
  return { text: made, from, to, startsWord }
}
