import type { CallOptions } from '@anycontact/core'
import { iterableStream } from '@anycontact/core/adapter-kit'
import type { ImbraceClient } from '../api/client.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** How to export. */
export interface ExportInboxCsvOptions extends CallOptions {
  /** A field's name in the vendor's words, with a minus in front for descending: `-created_at`. @default the vendor's */
  readonly sort?: string | undefined
}

/**
 * The inbox's own export of every contact, byte for byte, with the vendor's columns. `exportCsv` prints the columns of
 * AnyContact instead, the same for every provider, and escapes what a spreadsheet would run as a formula; this does not.
 *
 * Nothing is requested before the first read, and cancelling the stream ends the request. An export that breaks off throws from
 * the reader.
 *
 * @param contacts - a channel inbox client
 * @param options - the order, and signal, time limits, headers and retry of the request
 * @returns a stream that can be read once
 *
 * @example
 * ```ts
 * const inbox = channelInbox({ apiKey: process.env.IMBRACE_API_KEY ?? '' })
 * const bytes = await new Response(exportInboxCsv(inbox)).bytes()
 * ```
 */
export function exportInboxCsv(
  { api }: { readonly api: ImbraceClient },
  { sort, ...options }: ExportInboxCsvOptions = {},
): ReadableStream<Bytes> & AsyncIterable<Bytes> {
  const left = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal
  let reader: ReadableStreamDefaultReader<Bytes> | undefined
  const stream: ReadableStream<Bytes> = new ReadableStream(
    {
      async pull(controller) {
        reader ??= (await api.contacts.exportCsvStream({ sort }, { ...options, signal })).getReader()
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel(reason) {
        if (reader) await reader.cancel(reason)
        else left.abort(reason ?? new DOMException('The export was left.', 'AbortError'))
      },
    },
    { highWaterMark: 0 },
  )
  return iterableStream(stream)
}
