import { badFile } from '../problems.ts'
import { type Damage, decodeText } from '../source/decode.ts'
import type { FileChunk } from '../source/input.ts'

/** How the parts of a file are to be read. */
export interface RawForm {
  /** The encoding of its bytes; nothing where the parts are text. Known once the first part is there. */
  charset: string | undefined
}

/** How many bytes it takes to tell what a file begins with. */
const START = 64
/** So many characters can be made at once in every engine. */
const STEP = 8192

/**
 * Gives a file in parts in which each character stands for one byte: a line may be folded inside a character, and each property of
 * a card can have an encoding of its own. What is text already, or has characters of two bytes at least, is given as text.
 *
 * @param encoding - how bytes without a byte order mark are read
 * @param form - takes note of which of the two it is
 * @param damage - takes note of bytes that are no text, where it is text
 */
export async function* rawParts(
  chunks: AsyncGenerator<FileChunk, void, undefined>,
  encoding: string,
  form: RawForm,
  damage: Damage,
): AsyncGenerator<string, void, undefined> {
  try {
    const start = await readStart(chunks)
    const charset = charsetOf(start, encoding)
    if (charset === undefined) {
      yield* decodeText(rejoined(start, chunks), encoding, damage)
      return
    }
    form.charset = charset
    let isFirst = true
    for await (const chunk of rejoined(start, chunks)) {
      if (typeof chunk === 'string') throw badFile('gives bytes and text by turns')
      yield byteText(isFirst && hasMark(chunk) ? chunk.subarray(3) : chunk)
      isFirst = false
    }
  } finally {
    await chunks.return()
  }
}

/** The beginning of a file, in one part where that is made of bytes. */
async function readStart(chunks: AsyncGenerator<FileChunk, void, undefined>): Promise<FileChunk> {
  const start: number[] = []
  for (;;) {
    const next = await chunks.next()
    if (next.done) return Uint8Array.from(start)
    if (typeof next.value === 'string') {
      if (start.length > 0) throw badFile('gives bytes and text by turns')
      if (next.value !== '') return next.value
    } else if (start.length === 0 && next.value.length >= START) return next.value
    else {
      for (const byte of next.value) start.push(byte)
      if (start.length >= START) return Uint8Array.from(start)
    }
  }
}

/** The encoding of bytes that can be cut into lines before they are read; nothing for others. */
function charsetOf(start: FileChunk, encoding: string): string | undefined {
  if (typeof start === 'string') return undefined
  const [a, b] = start
  if (hasMark(start)) return 'utf-8'
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || start.subarray(0, START).includes(0)) {
    return undefined
  }
  const { encoding: label } = new TextDecoder(encoding)
  return /^utf-16|^iso-2022/.test(label) ? undefined : label
}

function hasMark([a, b, c]: Uint8Array): boolean {
  return a === 0xef && b === 0xbb && c === 0xbf
}

async function* rejoined(
  start: FileChunk,
  chunks: AsyncIterable<FileChunk>,
): AsyncGenerator<FileChunk, void, undefined> {
  yield start
  yield* chunks
}

function byteText(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += STEP) {
    text += Reflect.apply(String.fromCharCode, String, bytes.subarray(at, at + STEP))
  }
  return text
}
