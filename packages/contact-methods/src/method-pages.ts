import type { AdapterContext } from '@anycontact/core'
import { ContactsError } from '@anycontact/core'
import { listMethods, MAX_LIMIT } from './api/requests.ts'
import type { ContactMethodFilter } from './api/types.ts'
import { type ContactMethodRecord, parseRecord } from './api/wire.ts'
import { isCode, type NextCall, type ParseRecords } from './calls.ts'
import { PROVIDER } from './errors.ts'
import type { ContactMethodsRuntime } from './runtime.ts'

/** One page of contact methods, checked. */
export interface MethodPage {
  readonly records: readonly ContactMethodRecord[]
  /** Absent at the end. */
  readonly nextCursor?: string
}

/** Which page to read. */
export interface MethodPageRequest {
  readonly filter?: ContactMethodFilter | undefined
  /** Whether to ask for the methods sorted by client. */
  readonly sort?: 'asc' | 'desc' | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Reads one page. Records that cannot be read are treated as the client's `onInvalid` says. */
export async function readPage(
  { transport, clientSort }: ContactMethodsRuntime,
  { filter, sort, cursor, limit }: MethodPageRequest,
  context: AdapterContext,
  next: NextCall,
): Promise<MethodPage> {
  const order = sort && clientSort ? clientSort[sort] : undefined
  const request = { limit, cursor, ...(filter && { filter }), ...(order && { sort: order }) }
  const { records, nextCursor } = await listMethods(transport, request, next())
  return {
    records: parseAs(context)(records, context.operation),
    ...(nextCursor !== undefined && { nextCursor }),
  }
}

/** Reads the records of a listing as the client's `onInvalid` says. */
export function parseAs(context: AdapterContext): ParseRecords {
  return (records, operation) =>
    context.mapRecords(records, (record, index) => parseRecord(record, `data.${index}`, operation))
}

/** Reads the first page of a listing sorted by client; `undefined` when the server is known not to sort, or refuses to. */
export async function readFirstSorted(
  runtime: ContactMethodsRuntime,
  limit: number,
  context: AdapterContext,
  next: NextCall,
): Promise<MethodPage | undefined> {
  if (!runtime.clientSort || runtime.found.sortsByClient === false) return undefined
  try {
    return await readPage(runtime, { sort: 'asc', limit }, context, next)
  } catch (error) {
    if (!isCode(error, 'invalid_input')) throw error
    runtime.found.sortsByClient = false
    return undefined
  }
}

/**
 * Finds out whether the server really sorts by client: the first page must ascend, the same listing the other way round must
 * descend, and begin beyond the first page. A server that passes over the order, or over its field, gives itself away.
 *
 * @param first - the first page of the ascending listing
 */
export async function sortsByClient(
  runtime: ContactMethodsRuntime,
  first: MethodPage,
  context: AdapterContext,
  next: NextCall,
): Promise<boolean> {
  if (runtime.found.sortsByClient !== undefined) return runtime.found.sortsByClient
  const low = first.records[0]?.clientId
  const high = first.records.at(-1)?.clientId
  if (low === undefined || high === undefined || !isAscending(first.records)) return false
  const { records } = await readPage(runtime, { sort: 'desc', limit: MAX_LIMIT }, context, next)
  const top = records[0]?.clientId
  const isSorted = top !== undefined && top > low && top >= high && isAscending([...records].reverse())
  // That it does not may be because there is one client alone; so that is asked again the next time.
  if (isSorted) runtime.found.sortsByClient = true
  return isSorted
}

/**
 * Checks that a page goes on where the client before it ended.
 *
 * @param after - the client of the record before; absent at the start
 * @throws ContactsError `bad_response` when the server does not sort after all; it is then no longer taken to
 */
export function checkSorted(
  runtime: ContactMethodsRuntime,
  records: readonly ContactMethodRecord[],
  after: string | undefined,
): void {
  const [first] = records
  if (isAscending(records) && (first === undefined || after === undefined || first.clientId >= after)) return
  runtime.found.sortsByClient = false
  throw new ContactsError({
    code: 'bad_response',
    message:
      'The server does not keep the listing sorted by client, so contacts that were given may lack methods. List again: this client now reads the listing unsorted. Make it with clientSort: false to do so from the start.',
    provider: PROVIDER,
    retryable: true,
  })
}

/** Whether records come in the order of their clients. */
export function isAscending(records: readonly ContactMethodRecord[]): boolean {
  let last = ''
  for (const { clientId } of records) {
    if (clientId < last) return false
    last = clientId
  }
  return true
}
