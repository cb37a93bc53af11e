import type { AdapterListQuery, AdapterPage } from '../adapter/adapter.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { Condition, ListQuery, OrderBy } from '../model/query.ts'
import { createPager, type Page, type Pager } from '../pager.ts'
import { compileTextSearch } from '../text-match.ts'
import { compileConditions } from '../where/evaluate.ts'
import { parseWhere } from '../where/parse.ts'
import { splitConditions } from '../where/split.ts'
import type { QueryPlan } from './explain.ts'
import { type Call, capability, createContext, named, nativeMethod, type Runtime } from './runtime.ts'
import type { CountQuery, PageQuery } from './types.ts'

/** A listing's query, checked and split between the provider and us. */
interface PlannedQuery {
  readonly adapterQuery: AdapterListQuery
  readonly residual: readonly Condition[]
}

/** Lists contacts, filtering here what the provider cannot. */
export function listContacts(runtime: Runtime, query: ListQuery = {}, operation = 'list'): Pager<Contact> {
  return pageThrough(runtime, query, { ...query, operation })
}

/** Finds contacts by text: natively, or by matching the listing's contacts as they pass. */
export function searchContacts(runtime: Runtime, text: string, query: PageQuery = {}): Pager<Contact> {
  const call: Call = { ...query, operation: 'search' }
  if (capability(runtime, 'search').mode === 'emulated') {
    const matches = compileTextSearch(text)
    return pageThrough(runtime, query, call, matches)
  }
  const search = nativeMethod(runtime, 'search', runtime.adapter.search)
  return createPager<Contact>({
    cursor: query.cursor,
    signal: query.signal,
    fetchPage: (cursor, signal) =>
      namedErrors(runtime, 'search', async () => {
        const pageQuery = { pageSize: checkPageSize(query.pageSize), cursor }
        const context = createContext(runtime, { ...call, signal })
        return toPage(await search.call(runtime.adapter, text, pageQuery, context), undefined)
      }),
  })
}

/** Counts contacts: natively, from a page's total, or by reading the listing. */
export async function countContacts(runtime: Runtime, query: CountQuery = {}): Promise<number> {
  const declared = capability(runtime, 'count')
  const { adapterQuery, residual } = planQuery(runtime, query)
  if (declared.mode === 'native' && runtime.adapter.count && residual.length === 0) {
    const context = createContext(runtime, { ...query, operation: 'count' })
    return runtime.adapter.count(adapterQuery.where, context)
  }
  if (capability(runtime, 'list').total && residual.length === 0) {
    const page = await listContacts(runtime, { ...query, pageSize: 1 }, 'count')
    if (page.total !== undefined) return page.total
  }
  let count = 0
  for await (const _ of listContacts(runtime, query, 'count')) count++
  return count
}

/** Tells which part of a listing runs where. */
export function explainQuery(runtime: Runtime, query: ListQuery = {}): QueryPlan {
  const declared = capability(runtime, 'list')
  const { adapterQuery, residual } = planQuery(runtime, query)
  return {
    provider: runtime.adapter.provider,
    pushedDown: adapterQuery.where,
    evaluatedHere: residual,
    ...(adapterQuery.orderBy && { orderBy: adapterQuery.orderBy }),
    pagination: declared.pagination,
    streaming: declared.streaming === true,
    total: declared.total && residual.length === 0,
    complete: declared.complete,
  }
}

function pageThrough(
  runtime: Runtime,
  query: ListQuery,
  call: Call,
  matches?: (contact: Contact) => boolean,
): Pager<Contact> {
  const { adapter } = runtime
  const { operation } = call
  // Planned on first use, so that a bad query rejects like every other failure of the call.
  let planned: { readonly query: AdapterListQuery; readonly keep: ((contact: Contact) => boolean) | undefined } | undefined
  const plan = (): NonNullable<typeof planned> => {
    if (planned) return planned
    const { adapterQuery, residual } = planQuery(runtime, query)
    const filter = residual.length > 0 ? compileConditions(residual) : undefined
    const keep = filter && matches ? (contact: Contact) => filter(contact) && matches(contact) : (filter ?? matches)
    planned = { query: adapterQuery, keep }
    return planned
  }
  const { stream, laterCursors } = adapter
  return createPager<Contact>({
    cursor: query.cursor,
    signal: query.signal,
    ...(runtime.policy.concurrency !== undefined && { concurrency: runtime.policy.concurrency }),
    fetchPage: (cursor, signal) =>
      namedErrors(runtime, operation, async () => {
        const { query: adapterQuery, keep } = plan()
        const list = nativeMethod(runtime, 'list', adapter.list)
        const context = createContext(runtime, { ...call, signal })
        return toPage(await list.call(adapter, { ...adapterQuery, cursor }, context), keep)
      }),
    ...(laterCursors && {
      laterCursors: (first: Page<Contact>) => laterCursors.call(adapter, first, plan().query),
    }),
    ...(stream && {
      async *batches(signal: AbortSignal) {
        try {
          const { query: adapterQuery, keep } = plan()
          const context = createContext(runtime, { ...call, signal })
          for await (const batch of stream.call(adapter, adapterQuery, context)) {
            yield keep ? batch.filter(keep) : batch
          }
        } catch (error) {
          throw named(error, adapter.provider, operation)
        }
      },
    }),
  })
}

async function namedErrors<T>(runtime: Runtime, operation: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw named(error, runtime.adapter.provider, operation)
  }
}

function toPage(page: AdapterPage<Contact>, keep: ((contact: Contact) => boolean) | undefined): Page<Contact> {
  return {
    items: keep ? page.items.filter(keep) : [...page.items],
    ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
    // A total over contacts that are then left out here would be wrong.
    ...(page.total !== undefined && !keep && { total: page.total }),
    ...(page.extra && { extra: page.extra }),
  }
}

function planQuery(runtime: Runtime, query: ListQuery): PlannedQuery {
  const declared = capability(runtime, 'list')
  const { adapter } = runtime
  const { pushed, residual } = splitConditions(parseWhere(query.where), declared.where, (condition) =>
    adapter.canFilter ? adapter.canFilter(condition) : true,
  )
  const orderBy = query.orderBy && checkOrder(adapter.provider, declared.orderBy, query.orderBy)
  const pageSize = checkPageSize(query.pageSize)
  if (query.cursor !== undefined && (typeof query.cursor !== 'string' || query.cursor.trim() === '')) {
    throw badQuery('cursor must be the nextCursor of an earlier page; leave it out to begin at the start')
  }
  return {
    adapterQuery: {
      where: pushed,
      cursor: query.cursor,
      ...(orderBy && { orderBy }),
      ...(pageSize !== undefined && { pageSize: Math.min(pageSize, declared.maxPageSize) }),
    },
    residual,
  }
}

function checkPageSize(pageSize: number | undefined): number | undefined {
  if (pageSize === undefined || (Number.isSafeInteger(pageSize) && pageSize > 0)) return pageSize
  throw badQuery('pageSize must be a whole number of 1 or more')
}

function checkOrder(provider: string, fields: readonly string[], orderBy: OrderBy): Required<OrderBy> {
  const { field, direction = 'asc' } = orderBy
  if (direction !== 'asc' && direction !== 'desc') throw badQuery("orderBy.direction must be 'asc' or 'desc'")
  if (fields.includes(field)) return { field, direction }
  throw new ContactsError({
    code: 'unsupported',
    message:
      fields.length === 0
        ? `${provider} cannot sort; leave orderBy out.`
        : `${provider} cannot sort by that field; it can by ${fields.join(', ')}.`,
  })
}

function badQuery(message: string): ContactsError {
  return new ContactsError({ code: 'invalid_input', message: `The listing cannot be asked for: ${message}.` })
}
