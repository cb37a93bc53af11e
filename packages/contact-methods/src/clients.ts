import { listMethods, MAX_LIMIT } from './api/requests.ts'
import { walkPages } from './api/walk-pages.ts'
import type { ContactMethodRecord, RecordPage } from './api/wire.ts'
import { isCode, type NextCall, type ParseRecords, parseAll, readClient } from './calls.ts'
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
  parse?: ParseRecords,
): Promise<ByClient> {
  if (ids.length < 2 || runtime.found.filtersBySeveral === false) return readEach(runtime, ids, next, parse)
  const groups = (await filterClients(runtime, ids, next, parse)) ?? new Map()
  // One that is missing was deleted in between, or the server took the filter for another one.
  const missing = ids.filter((id) => !groups.has(id))
  const rest = await readEach(runtime, missing, next, parse)
  runtime.found.filtersBySeveral = rest.size === 0
  return new Map([...groups, ...rest])
}

/** Reads clients one by one, several at once. What the server refuses as an id that cannot be is no client. */
export async function readEach(
  runtime: ContactMethodsRuntime,
  ids: readonly string[],
  next: NextCall,
  parse?: ParseRecords,
): Promise<ByClient> {
  const groups: ByClient = new Map()
  const read = await Promise.all(
    ids.map(async (id) => {
      try {
        return await readClient(runtime, id, next, parse)
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
  parse: ParseRecords = parseAll,
): Promise<ByClient | undefined> {
  const { operation } = next()
  const result: ContactMethodRecord[] = []
  for (let start = 0; start < ids.length; start += CLIENTS_PER_FILTER) {
    const wanted = ids.slice(start, start + CLIENTS_PER_FILTER)
    const request = { filter: { clientId: { in: wanted } }, limit: MAX_LIMIT }
    const readPage = (cursor: string | undefined): Promise<RecordPage> =>
      listMethods(transport, { ...request, cursor }, next())
    try {
      for await (const { records } of walkPages(readPage, operation)) {
        for (const record of parse(records, operation)) {
          if (!wanted.includes(record.clientId)) return undefined
          result.push(record)
        }
      }
    } catch (error) {
      if (isCode(error, 'invalid_input')) return undefined
      throw error
    }
  }
  return groupByClient(result)
}
