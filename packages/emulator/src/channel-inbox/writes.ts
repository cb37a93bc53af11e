import type { ReadWrite } from '../audit.ts'
import type { RecordedRequest } from '../recorder.ts'

/** Tells what a request writes. Only uploads create something: contacts come into being when somebody writes on a channel. */
export const readWrite: ReadWrite = (request) => {
  const { method, path } = request
  if (method === 'GET' || path.endsWith('/contacts/_search')) return undefined
  if (path.endsWith('/contacts/_fileupload')) {
    return { kind: 'create', made: [{ content: unbounded(request) }] }
  }
  return { kind: 'change' }
}

/** An uploaded form without its boundary, which is another one every time. */
function unbounded({ headers, bodyText }: RecordedRequest): string {
  const [, boundary] = /boundary="?([^";]+)/i.exec(headers['content-type'] ?? '') ?? []
  return boundary === undefined ? bodyText : bodyText.replaceAll(boundary, '')
}
