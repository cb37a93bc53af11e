import type { UploadSource } from '@anycontact/core'
import type { Database } from '../store/index.ts'

/** A host that can never exist (RFC 2606), so that nobody fetches the picture by mistake. */
const BASE_URL = 'https://memory.invalid/avatars'

/** Keeps an uploaded picture and gives it a URL. */
export async function storeAvatar(
  database: Database,
  { data, name = fileName(data), type = mediaType(data) }: UploadSource,
  signal: AbortSignal,
): Promise<{ readonly url: string }> {
  signal.throwIfAborted()
  const bytes = new Uint8Array(await new Response(data).arrayBuffer())
  signal.throwIfAborted()
  const id = database.nextRowId('avatar', database.avatars)
  const url = `${BASE_URL}/${encodeURIComponent(id)}/${encodeURIComponent(name)}`
  database.avatars.add({ id, url, name, type, bytes })
  return { url }
}

function fileName(data: UploadSource['data']): string {
  return data instanceof File && data.name !== '' ? data.name : 'avatar'
}

function mediaType(data: UploadSource['data']): string {
  return data instanceof Blob && data.type !== '' ? data.type : 'application/octet-stream'
}
