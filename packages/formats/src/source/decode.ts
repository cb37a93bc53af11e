import { badFile, badOptions } from '../problems.ts'
import type { FileChunk } from './input.ts'

/** The sign that stands where bytes are no text in the encoding that they were read in. */
const NO_TEXT = '\uFFFD'

/** Whether bytes were found that are no text; the sign for them may be in a file by itself. */
export interface Damage {
  isFound: boolean
}

/** Whether a text was made of bytes that are none. */
export function isDamaged(text: string, { isFound }: Damage): boolean {
  return isFound && text.includes(NO_TEXT)
}

const UTF_8 = 'utf-8'

/** How many bytes it takes to tell what a file begins with. */
const START = 64

/**
 * Makes text of the parts of a file. A byte order mark at its beginning is left out; it says how bytes are to be read, whatever
 * `encoding` says.
 *
 * @param encoding - how bytes without a byte order mark are read, by a label of the Encoding Standard; `undefined` for UTF-8 where the
 * caller of a reader has no choice
 * @param damage - takes note of bytes that are no text in that encoding
 * @throws ContactsError `invalid_input` for bytes that look like UTF-16 and have no byte order mark
 */
export async function* decodeText(
  chunks: AsyncIterable<FileChunk>,
  encoding: string | undefined,
  damage: Damage,
): AsyncGenerator<string, void, undefined> {
  let start: Uint8Array | undefined = new Uint8Array()
  let decoder: Decoder | undefined
  let isFirst = true
  const withoutMark = (text: string): string => {
    if (!isFirst || text === '') return text
    isFirst = false
    return text.startsWith('\uFEFF') ? text.slice(1) : text
  }
  for await (const chunk of chunks) {
    if (typeof chunk === 'string') {
      if (start?.length) throw badFile('gives bytes and text by turns')
      start = undefined
      yield withoutMark(chunk)
    } else if (start) {
      start = joined(start, chunk)
      if (start.length < START) continue
      decoder = decoderFor(start, encoding, damage)
      yield withoutMark(decoder.push(start))
      start = undefined
    } else {
      decoder ??= new Decoder(encoding ?? UTF_8, damage)
      yield withoutMark(decoder.push(chunk))
    }
  }
  if (start?.length) {
    decoder = decoderFor(start, encoding, damage)
    yield withoutMark(decoder.push(start))
  }
  if (decoder) yield decoder.end()
}

/** Whether a label names an encoding that can be read here. */
export function isEncoding(label: unknown): boolean {
  try {
    return typeof label === 'string' && new TextDecoder(label) instanceof TextDecoder
  } catch {
    return false
  }
}

function decoderFor(start: Uint8Array, encoding: string | undefined, damage: Damage): Decoder {
  const [a, b, c] = start
  if (a === 0xef && b === 0xbb && c === 0xbf) return new Decoder(UTF_8, damage)
  if (a === 0xff && b === 0xfe) return new Decoder('utf-16le', damage)
  if (a === 0xfe && b === 0xff) return new Decoder('utf-16be', damage)
  const decoder = new Decoder(encoding ?? UTF_8, damage)
  if (start.includes(0) && !decoder.encoding.startsWith('utf-16')) {
    const way = encoding === undefined ? ': save it as UTF-8' : ", which `encoding: 'utf-16le'` reads"
    throw badFile(
      `holds zero bytes near its beginning: it is no text, or UTF-16 without a byte order mark${way}`,
    )
  }
  return decoder
}

/** Makes text of bytes, and takes note of those that are none. */
class Decoder {
  readonly encoding: string
  readonly #decoder: TextDecoder
  /** What fails at bytes that are no text, until it has. */
  #strict: TextDecoder | undefined
  readonly #damage: Damage

  constructor(encoding: string, damage: Damage) {
    this.#decoder = makeDecoder(encoding, false)
    this.#strict = makeDecoder(encoding, true)
    this.encoding = this.#decoder.encoding
    this.#damage = damage
  }

  push(bytes: Uint8Array): string {
    this.#check(bytes)
    return this.#decoder.decode(bytes, { stream: true })
  }

  end(): string {
    this.#check()
    return this.#decoder.decode()
  }

  #check(bytes?: Uint8Array): void {
    try {
      if (bytes) this.#strict?.decode(bytes, { stream: true })
      else this.#strict?.decode()
    } catch {
      this.#strict = undefined
      this.#damage.isFound = true
    }
  }
}

function makeDecoder(encoding: string, fatal: boolean): TextDecoder {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true, fatal })
  } catch {
    const message = `${encoding} cannot be read here: save the file as UTF-8`
    throw badOptions('The reader', [{ path: 'encoding', message }])
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
