/**
 * Makes a stream one that `for await` reads, in every engine and for every compiler: some browsers have no iterator on their
 * streams, nor has the DOM library of TypeScript before 6.
 *
 * Leaving the loop early cancels the stream, as the platform's own iterator does.
 *
 * @param stream - a stream that nobody reads yet
 * @returns the same stream
 */
export function iterableStream<T>(stream: ReadableStream<T>): ReadableStream<T> & AsyncIterable<T> {
  if (isIterable(stream)) return stream
  return Object.assign(stream, { [Symbol.asyncIterator]: () => chunksOf(stream.getReader()) })
}

function isIterable<T>(stream: ReadableStream<T>): stream is ReadableStream<T> & AsyncIterable<T> {
  return Symbol.asyncIterator in stream
}

async function* chunksOf<T>(reader: ReadableStreamDefaultReader<T>): AsyncGenerator<T, void, undefined> {
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    // Does nothing to a stream that ended, and fails as a failed one did.
    await reader.cancel().finally(() => reader.releaseLock())
  }
}
