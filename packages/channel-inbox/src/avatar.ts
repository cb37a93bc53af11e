import type { AdapterContext, UploadSource } from '@anycontact/core'
import { callOf, withinDeadline } from './calls.ts'
import type { ChannelInboxRuntime } from './runtime.ts'

/** Uploads a picture as a form. A stream is read whole first, because the length of a form's part must be known. */
export async function uploadAvatar(
  runtime: ChannelInboxRuntime,
  { data, name = nameOf(data), type = typeOf(data) }: UploadSource,
  context: AdapterContext,
): Promise<{ readonly url: string }> {
  const next = callOf(runtime, context)
  const parts =
    data instanceof ReadableStream
      ? await withinDeadline(runtime, context, (signal) => readAll(data, signal))
      : [data]
  const form = new FormData()
  form.append('file', new Blob(parts, { type }), name)
  const { url } = await runtime.client.contacts.uploadAvatar(form, next())
  return { url }
}

async function readAll(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const reader = stream.getReader()
  const onAbort = (): void => {
    reader.cancel(signal?.reason).catch(() => undefined)
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  const chunks: Uint8Array<ArrayBuffer>[] = []
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = await reader.read()
      signal?.throwIfAborted()
      if (done) return chunks
      chunks.push(value)
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}

function nameOf(data: UploadSource['data']): string {
  return data instanceof File && data.name !== '' ? data.name : 'avatar'
}

function typeOf(data: UploadSource['data']): string {
  return data instanceof Blob && data.type !== '' ? data.type : 'application/octet-stream'
}
