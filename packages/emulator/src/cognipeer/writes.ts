import type { ReadWrite } from '../audit.ts'
import { isJsonObject } from '../json.ts'

/** Tells what a request writes. A listing is a POST too. */
export const readWrite: ReadWrite = ({ method, path, json }) => {
  if (method === 'PATCH') return { kind: 'change' }
  if (method !== 'POST' || path.endsWith('/list')) return undefined
  const key = isJsonObject(json) ? json.integrationId : undefined
  return {
    kind: 'create',
    made: [{ content: json, key: typeof key === 'string' && key !== '' ? key : undefined }],
  }
}
