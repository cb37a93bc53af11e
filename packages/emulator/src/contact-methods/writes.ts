import type { Made, ReadWrite } from '../audit.ts'
import { isJsonObject } from '../json.ts'

/** Tells what a request writes. What is written by an external id is there once, because the vendor keeps it unique. */
export const readWrite: ReadWrite = ({ method, path, json }) => {
  if (method === 'GET' || path.endsWith('/contact-methods/list')) return undefined
  if (method !== 'POST') return { kind: 'change' }
  const body = isJsonObject(json) ? json : {}
  const items = Array.isArray(body.items) ? body.items : [json]
  if (!path.endsWith('/sync')) return { kind: 'create', made: items.map((content) => ({ content })) }
  const made: Made[] = items.filter(isNew).map((content) => ({ content: [path, content] }))
  return made.length > 0 ? { kind: 'create', made } : { kind: 'change' }
}

/** Whether an item of a sync is created however often it is sent. */
function isNew(item: unknown): boolean {
  return isJsonObject(item) && item.id === undefined && item.externalId === undefined
}
