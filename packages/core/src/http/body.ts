/** Bytes that are not shared between threads, as `fetch` gives them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** How far a body could be read. */
export interface BodyRead {
  readonly bytes: Bytes
  /** `cut`: there is more than the limit, the rest was cancelled. `broken`: reading failed, or was aborted. */
  readonly end: 'complete' | 'cut' | 'broken'
  /** Why it broke. */
  readonly error?: unknown
}

/**
 * Reads a body up to a number of bytes. Never throws. An abort ends it at once, even where the body itself does not heed
 * the signal.
 */
export async function readBody(response: Response, limit: number, signal: AbortSignal): Promise<BodyRead> {
  const reader = response.body?.getReader()
  if (reader === undefined) return { bytes: new Uint8Array(0), end: 'complete' }
  const cancel = (): void => {
    reader.cancel(signal.reason).catch(() => {})
  }
  if (signal.aborted) cancel()
  else signal.addEventListener('abort', cancel, { once: true })
  const chunks: Bytes[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (signal.aborted) throw signal.reason
      if (done) return { bytes: concatBytes(chunks), end: 'complete' }
      length += value.byteLength
      if (length > limit) {
        cancel()
        chunks.push(value.subarray(0, value.byteLength - (length - limit)))
        return { bytes: concatBytes(chunks), end: 'cut' }
      }
      chunks.push(value)
    }
  } catch (error) {
    return { bytes: concatBytes(chunks), end: 'broken', error }
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** One array out of several; a single one is passed on as it is. */
export function concatBytes(chunks: readonly Bytes[]): Bytes {
  const [first] = chunks
  if (first !== undefined && chunks.length === 1) return first
  let length = 0
  for (const chunk of chunks) length += chunk.byteLength
  const joined = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.byteLength
  }
  return joined
}

/** UTF-8 to text; a byte order mark is dropped, broken bytes become U+FFFD. */
export function decodeUtf8(bytes: Bytes): string {
  return new TextDecoder().decode(bytes)
}

/** Gives up a body that nobody reads, so that its connection is free. */
export function discardBody(response: Response): void {
  response.body?.cancel().catch(() => {})
}

/** Whether the headers already say that the body is larger than allowed. */
export function declaresMoreThan(response: Response, limit: number): boolean {
  // The answer to a HEAD has the length and no body.
  return response.body !== null && Number(response.headers.get('content-length')) > limit
}
