import { listMethods, MAX_LIMIT } from './api/requests.ts'
import { type ContactMethodRecord, parseRecord } from './api/wire.ts'
import { endless, isCode, type NextCall, readClient } from './calls.ts'
import type { ContactMethodsRuntime } from './runtime.ts'

/** So many clients are named in one filter. */
const CLIENTS_PER_FILTER = 100

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Records by client, in the order in which the clients came. */
export type ByClient = Map<string, ContactMethodRecord[]>

/** Groups records by client. */
export function groupByClient(records: readonly ContactMethodRecord[]): ByClient {
  const groups: ByClient = new Map()
  for (const record of records) {
    const group = groups.get(record.clientId)
    if (group) group.push(record)
    else groups.set(record.clientId, [record])
  }
  return groups
}

/**
 * Reads all the methods of some clients: by one filter for many clients where the server takes that, else client by client.
 * Clients without methods are left out.
 */
export async function readClients(
  runtime: ContactMethodsRuntime,
  ids: readonly string[],
  next: NextCall,
): Promise<ByClient> {
  if (ids.length > 1 && runtime.found.filtersBySeveral !== false) {
    const groups = await filterClients(runtime, ids, next)
    runtime.found.filtersBySeveral = groups !== undefined
    if (groups) return groups
  }
  return readEach(runtime, ids, next)
}

/** Reads clients one by one, several at once. What the server refuses as an id that cannot be is no client. */
export async function readEach(
  runtime: ContactMethodsRuntime,
  ids: readonly string[],
  next: NextCall,
): Promise<ByClient> {
  const groups: ByClient = new Map()
  const read = await Promise.all(
    ids.map(async (id) => {
      try {
        return await readClient(runtime, id, next)
      } catch (error) {
        if (isCode(error, 'not_found') || (isCode(error, 'invalid_input') && !UUID.test(id))) return []
        throw error
      }
    }),
  )
  for (const records of read) {
    for (const [id, group] of groupByClient(records)) groups.set(id, group)
  }
  return groups
}

/** Reads clients by a filter; `undefined` when the server does not take such a filter, or passes over it. */
async function filterClients(
  { transport }: ContactMethodsRuntime,
  ids: readonly string[],
  next: NextCall,
): Promise<ByClient | undefined> {
  const records: ContactMethodRecord[] = []
  for (let start = 0; start < ids.length; start += CLIENTS_PER_FILTER) {
    const wanted = ids.slice(start, start + CLIENTS_PER_FILTER)
    const request = { filter: { clientId: { in: wanted } }, limit: MAX_LIMIT }
    let cursor: string | undefined
    do {
      const call = next()
      const page = await listMethods(transport, { ...request, cursor }, call).catch((error: unknown) => {
        if (isCode(error, 'invalid_input')) return undefined
        throw error
      })
      if (!page) return undefined
      for (const [index, value] of page.records.entries()) {
        const record = parseRecord(value, `data.${index}`, call.operation)
        if (!wanted.includes(record.clientId)) return undefined
        records.push(record)
      }
      if (page.nextCursor !== undefined && page.nextCursor === cursor) throw endless(call.operation)
      cursor = page.nextCursor
    } while (cursor !== undefined)
  }
  return groupByClient(records)
}
