import { badFile, badOptions } from '../problems.ts'
import type { FileChunk } from './input.ts'

/** The sign that stands where bytes are no text in the encoding that they were read in. */
export const NO_TEXT = '\uFFFD'

/** How many bytes it takes to tell what a file begins with. */
const START = 64

/**
 * Makes text of the parts of a file. A byte order mark at its beginning is left out; it says how bytes are to be read, whatever
 * `encoding` says.
 *
 * @param encoding - how bytes without a byte order mark are read, by a label of the Encoding Standard
 * @throws ContactsError `invalid_input` for bytes that look like UTF-16 and have no byte order mark
 */
export async function* decodeText(
  chunks: AsyncIterable<FileChunk>,
  encoding: string,
): AsyncGenerator<string, void, undefined> {
  let start: Uint8Array | undefined = new Uint8Array()
  let decoder: TextDecoder | undefined
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
      decoder = decoderFor(start, encoding)
      yield withoutMark(decoder.decode(start, { stream: true }))
      start = undefined
    } else {
      decoder ??= makeDecoder(encoding)
      yield withoutMark(decoder.decode(chunk, { stream: true }))
    }
  }
  if (start?.length) yield withoutMark(decoderFor(start, encoding).decode(start))
  else if (decoder) yield decoder.decode()
}

/** Whether a label names an encoding that can be read here. */
export function isEncoding(label: unknown): boolean {
  try {
    return typeof label === 'string' && new TextDecoder(label) instanceof TextDecoder
  } catch {
    return false
  }
}

function decoderFor(start: Uint8Array, encoding: string): TextDecoder {
  const [a, b, c] = start
  if (a === 0xef && b === 0xbb && c === 0xbf) return makeDecoder('utf-8')
  if (a === 0xff && b === 0xfe) return makeDecoder('utf-16le')
  if (a === 0xfe && b === 0xff) return makeDecoder('utf-16be')
  const decoder = makeDecoder(encoding)
  if (start.includes(0) && !decoder.encoding.startsWith('utf-16')) {
    throw badFile(
      "holds zero bytes near its beginning: it is no text, or UTF-16 without a byte order mark, which `encoding: 'utf-16le'` reads",
    )
  }
  return decoder
}

function makeDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true })
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
