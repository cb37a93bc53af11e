import type { UploadSource } from '@anycontact/core'
import type { AdapterContext, CallScope } from '@anycontact/core/adapter-kit'
import type { ImbraceClient } from '../api/client.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Uploads a picture as a form. A stream is read whole first, because the length of a form's part must be known. */
export async function uploadAvatar(
  { contacts }: ImbraceClient,
  { data, name = nameOf(data), type = typeOf(data) }: UploadSource,
  { call }: AdapterContext,
): Promise<{ readonly url: string }> {
  const parts = data instanceof ReadableStream ? await readAll(data, call) : [data]
  const form = new FormData()
  form.append('file', new Blob(parts, { type }), name)
  const { url } = await contacts.uploadAvatar(form, call)
  return { url }
}

/** Reads a stream to its end, or leaves it when the call is over, which then sends nothing. */
async function readAll(stream: ReadableStream<Bytes>, call: CallScope): Promise<Bytes[]> {
  const { signal } = call
  const reader = stream.getReader()
  const leave = (): void => {
    reader.cancel(call.failure(signal.reason)).catch(() => undefined)
  }
  signal.addEventListener('abort', leave, { once: true })
  const chunks: Bytes[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return chunks
      chunks.push(value)
    }
  } finally {
    signal.removeEventListener('abort', leave)
  }
}

function nameOf(data: UploadSource['data']): string {
  return data instanceof File && data.name !== '' ? data.name : 'avatar'
}

function typeOf(data: UploadSource['data']): string {
  return data instanceof Blob && data.type !== '' ? data.type : 'application/octet-stream'
}
