import { badFile } from '../problems.ts'

/** A stream, as far as it is used here: a `ReadableStream` is one. */
export interface ChunkStream<Chunk> {
  /** Begins to read it. */
  getReader(): {
    read(): Promise<{ done: boolean; value?: Chunk | undefined }>
    cancel(reason?: unknown): Promise<void>
  }
}

/** What a file is read from: text, or bytes of text. */
export type FileChunk = string | Uint8Array

/**
 * A file, however it comes: its text or its bytes; a stream of either; a `Blob` or `File`; a `Response` or `Request`; anything to
 * iterate over, also asynchronously, which a stream of Node is. It may be cut anywhere.
 */
export type FileInput =
  | FileChunk
  | ArrayBuffer
  | ChunkStream<FileChunk>
  | ChunkStream<string>
  | ChunkStream<Uint8Array>
  | { stream(): ChunkStream<Uint8Array> }
  | { readonly body: ChunkStream<Uint8Array> | null; readonly ok?: boolean; readonly status?: number }
  | Iterable<FileChunk>
  | AsyncIterable<FileChunk>

/** What is in memory is taken in parts of this length, so that what is made of it need not be there at once. */
const PART = 65_536

/**
 * Reads a file from wherever it comes, in parts.
 *
 * @throws ContactsError `invalid_input` for what is no file
 */
export async function* readChunks(input: FileInput): AsyncGenerator<FileChunk, void, undefined> {
  for await (const chunk of open(input)) {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
      throw badFile('gives something that is neither text nor bytes')
    }
    for (let at = 0; at < chunk.length; at += PART) {
      yield chunk.length <= PART ? chunk : part(chunk, at)
    }
  }
}

function part(chunk: FileChunk, at: number): FileChunk {
  return typeof chunk === 'string' ? chunk.slice(at, at + PART) : chunk.subarray(at, at + PART)
}

function open(input: FileInput): Iterable<FileChunk> | AsyncIterable<FileChunk> {
  if (typeof input === 'string') return [input]
  if (input instanceof ArrayBuffer) return [new Uint8Array(input)]
  if (ArrayBuffer.isView(input)) return [new Uint8Array(input.buffer, input.byteOffset, input.byteLength)]
  if (typeof input !== 'object' || input === null) throw notReadable()
  if ('getReader' in input) return readStream(input)
  if (Symbol.asyncIterator in input || Symbol.iterator in input) return input
  if ('stream' in input) return readStream(input.stream())
  if ('body' in input) return readBody(input)
  throw notReadable()
}

function readBody({
  body,
  ok = true,
  status,
}: Extract<FileInput, { body: unknown }>): Iterable<FileChunk> | AsyncIterable<FileChunk> {
  if (!ok) throw badFile(`is an answer with status ${status}`)
  return body ? readStream(body) : []
}

/** Not every engine has streams that can be iterated over. */
async function* readStream(stream: ChunkStream<FileChunk>): AsyncGenerator<FileChunk, void, undefined> {
  const reader = stream.getReader()
  let isOver = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (value !== undefined) yield value
    }
    isOver = true
  } catch (error) {
    isOver = true
    throw error
  } finally {
    if (!isOver) await reader.cancel()
  }
}

function notReadable(): Error {
  return badFile('must be text, bytes, a stream, a Blob, a Response, or something to iterate over')
}
