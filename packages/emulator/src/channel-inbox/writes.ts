import type { Made, ReadWrite } from '../audit.ts'
import { isJsonObject, type JsonObject } from '../json.ts'
import type { RecordedRequest } from '../recorder.ts'
import { CREATE_FIELDS } from './create.ts'

/** Tells what a request writes. Contacts, comments and uploads are created, none of them by a key: each is there once more every time. */
export const readWrite: ReadWrite = (request) => {
  const { method, path } = request
  if (method === 'GET' || path.endsWith('/contacts/_search')) return undefined
  const made = method === 'POST' ? madeBy(request) : undefined
  return made === undefined ? { kind: 'change' } : { kind: 'create', made: [made] }
}

/** What a POST creates; nothing when it notes something about what is there. */
function madeBy(request: RecordedRequest): Made | undefined {
  const { path, json } = request
  if (path.endsWith('/contacts')) return { content: ['contact', only(json, CREATE_FIELDS)] }
  if (path.endsWith('/contacts/_fileupload')) return { content: ['upload', unbounded(request)] }
  const [, contact] = /\/contacts\/([^/]+)\/comments$/.exec(path) ?? []
  return contact === undefined ? undefined : { content: ['comment', contact, only(json, ['content'])] }
}

/** What of a body is made something of: the rest is passed over. */
function only(json: unknown, names: readonly string[]): JsonObject {
  const body = isJsonObject(json) ? json : {}
  return Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)))
}

/** An uploaded form without its boundary, which is another one every time. */
function unbounded({ headers, bodyText }: RecordedRequest): string {
  const [, boundary] = /boundary="?([^";]+)/i.exec(headers['content-type'] ?? '') ?? []
  return boundary === undefined ? bodyText : bodyText.replaceAll(boundary, '')
}
