import type { VCardVersion } from './escape.ts'
import type { ContentLine } from './lines.ts'
import type { TextReader } from './text.ts'

/** What a line of a card says. */
export interface Property {
  /** What it belongs together with: the properties of the same group, in small letters. */
  readonly group?: string
  /** In capitals. */
  readonly name: string
  /** By their names in capitals. Types, `PREF` among them, are in small letters, in whatever way they are given. */
  readonly params: ReadonlyMap<string, readonly string[]>
  /** Its text, of which escapes and the signs between its parts are as they stand. */
  readonly value: string
  /** Whether it is bytes, which were not read. */
  readonly isBinary?: boolean
}

/** Why a line says nothing: it is no property; its bytes are no text; they are not the text that it says they are. */
export type LineProblem = 'no property' | 'no text' | 'damaged text'

const HEAD = /^(?:((?!X-)[\w-]+)\.)?([\w.-]+)[ \t]*(?=[;:])/i
const ENCODINGS = ['quoted-printable', 'base64', 'b', '8bit', '7bit']
const VALUES = ['inline', 'url', 'content-id', 'cid']
/** A label as Android writes it in vCard 2.1: `X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=C3=A9)`. */
export const ANDROID_LABEL = 'X-CUSTOM'
/** The name of a parameter that no object can have as a key like others. */
export const PROTO = '__PROTO__'
const DATA = /^(?:PHOTO|LOGO|SOUND|KEY)$/

interface RawProperty {
  readonly group?: string
  readonly name: string
  readonly params: Map<string, string[]>
  readonly value: string
}

/** Reads a line. */
export function readProperty(
  { raw }: ContentLine,
  version: VCardVersion,
  reader: TextReader,
): Property | LineProblem {
  const cut = cutLine(raw)
  if (!cut) return 'no property'
  const { params } = cut
  const encoding = params.get('ENCODING')?.[0]?.toLowerCase() ?? ''
  const charset = params.get('CHARSET')?.[0]
  const problem = charset === undefined ? 'no text' : 'damaged text'
  for (const [name, values] of params) {
    const isQuoted = name === ANDROID_LABEL
    const texts = values.map((value) => (isQuoted ? reader.quoted(value) : reader.text(value, charset)))
    if (texts.includes(undefined)) return problem
    const read = texts.map((text = '') => (version === '4.0' ? uncaret(text) : text))
    params.set(name, name === 'TYPE' ? typesOf(read) : read)
  }
  const isBase64 = encoding === 'base64' || encoding === 'b'
  if (isBase64 && DATA.test(cut.name)) return { ...cut, value: '', isBinary: true }
  if (isBase64) {
    const text = reader.base64(cut.value, charset)
    return text === undefined ? { ...cut, value: '', isBinary: true } : { ...cut, value: text }
  }
  const value =
    encoding === 'quoted-printable' ? reader.quoted(cut.value, charset) : reader.text(cut.value, charset)
  return value === undefined ? problem : { ...cut, value }
}

/** Cuts a line into its parts. */
function cutLine(raw: string): RawProperty | undefined {
  const head = HEAD.exec(raw)
  if (!head) return undefined
  const [{ length }, group, name = ''] = head
  const params = new Map<string, string[]>()
  let at = length
  while (raw[at] === ';') {
    const from = at + 1
    at = endOf(raw, from, '=;:')
    const word = raw.slice(from, at).trim()
    if (raw[at] === '=') {
      const values: string[] = []
      do {
        const { text, end } = readParamValue(raw, at + 1)
        values.push(text)
        at = end
      } while (raw[at] === ',')
      const isLabel = word.startsWith(`${ANDROID_LABEL}(`)
      if (isLabel) addParam(params, ANDROID_LABEL, [values.at(-1)?.replace(/\)$/, '') ?? ''])
      else addParam(params, word.toUpperCase(), values)
    } else if (word !== '') addParam(params, kindOf(word), [word])
  }
  if (raw[at] !== ':') return undefined
  return {
    ...(group && { group: group.toLowerCase() }),
    name: name.toUpperCase(),
    params,
    value: raw.slice(at + 1),
  }
}

function endOf(raw: string, from: number, signs: string): number {
  let at = from
  while (at < raw.length && !signs.includes(raw[at] ?? '')) at++
  return at
}

function readParamValue(raw: string, from: number): { readonly text: string; readonly end: number } {
  const close = raw[from] === '"' ? raw.indexOf('"', from + 1) : -1
  const after = raw[close + 1]
  if (close > 0 && (after === undefined || ',;:'.includes(after))) {
    return { text: raw.slice(from + 1, close), end: close + 1 }
  }
  const end = endOf(raw, from, ',;:')
  return { text: raw.slice(from, end), end }
}

function addParam(params: Map<string, string[]>, name: string, values: readonly string[]): void {
  const same = params.get(name)
  if (same) for (const value of values) same.push(value)
  else params.set(name, [...values])
}

/** What a word stands for that has no name, as in vCard 2.1: mostly a type. */
function kindOf(word: string): string {
  const plain = word.toLowerCase()
  if (ENCODINGS.includes(plain)) return 'ENCODING'
  return VALUES.includes(plain) ? 'VALUE' : 'TYPE'
}

function typesOf(values: readonly string[]): string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((type) => type.trim().toLowerCase())
    .filter((type) => type !== '')
}

/** Undoes how vCard 4.0 writes line ends and quotes in parameters. */
function uncaret(text: string): string {
  return text.replace(/\^([n'^])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign === "'" ? '"' : '^'))
}

/** How a parameter's value is printed in vCard 4.0. */
export function caret(text: string): string {
  return text.replace(/\^|"|\r\n?|\n/g, (sign) => (sign === '^' ? '^^' : sign === '"' ? "^'" : '^n'))
}

/** The types of a property, without whether it is preferred. */
export function typesIn({ params }: Pick<Property, 'params'>): readonly string[] {
  return (params.get('TYPE') ?? []).filter((type) => type !== 'pref')
}

/** The types of a property; what Google writes as one word is two. */
export function wordsOf(property: Pick<Property, 'params'>): readonly string[] {
  return typesIn(property).flatMap((type) => {
    const [, place] = /^(home|work|other)fax$/.exec(type) ?? []
    return place ? [place, 'fax'] : type
  })
}

/** How much a property is preferred to its like: the lower, the more. */
export function rankOf({ params }: Pick<Property, 'params'>): number {
  const pref = Number.parseInt(params.get('PREF')?.[0] ?? '', 10)
  if (pref >= 1) return pref
  return params.has('PREF') || params.get('TYPE')?.includes('pref') ? 1 : NOT_PREFERRED
}

const NOT_PREFERRED = 101
