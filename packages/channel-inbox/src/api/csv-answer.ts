type Bytes = Uint8Array<ArrayBuffer>

/**
 * Whether an answer under a status of success can be CSV, rather than an edge's page or an object. The vendor does not publish
 * the content type, and many servers call any text HTML: only when it begins like a page, too, is it one.
 *
 * @param headers - the answer's
 * @param start - its first bytes, or all
 */
export function isCsv(headers: Headers, start: Uint8Array): boolean {
  const type = headers.get('content-type') ?? ''
  if (/^\s*application\/json\b/i.test(type)) return false
  return !(isHtml(headers) && firstCharacter(start) === '<')
}

/**
 * As {@link isCsv}, for an answer that is still arriving.
 *
 * @param headers - the answer's
 * @param data - its bytes, which are left when they are no CSV
 * @returns the same bytes; `undefined` when they are no CSV
 */
export async function csvStream(
  headers: Headers,
  data: ReadableStream<Bytes>,
): Promise<ReadableStream<Bytes> | undefined> {
  if (!isCsv(headers, new Uint8Array())) {
    await data.cancel()
    return undefined
  }
  if (!isHtml(headers)) return data
  const reader = data.getReader()
  const chunks: Bytes[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    const first = firstCharacter(value)
    if (first === '<') {
      await reader.cancel()
      return undefined
    }
    if (first !== undefined) break
  }
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const held = chunks.shift()
        if (held) return controller.enqueue(held)
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

function isHtml(headers: Headers): boolean {
  return /^\s*text\/html\b/i.test(headers.get('content-type') ?? '')
}

/** The first character that is neither white space nor of a byte order mark; `undefined` where there is none yet. */
function firstCharacter(bytes: Uint8Array): string | undefined {
  const blank = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]
  const first = bytes.find((byte) => !blank.includes(byte))
  return first === undefined ? undefined : String.fromCharCode(first)
}
