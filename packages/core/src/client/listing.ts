import type { AdapterListQuery, AdapterPage } from '../adapter/adapter.ts'
import type { ListCapability } from '../adapter/capabilities.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { Condition, ListQuery, OrderBy } from '../model/query.ts'
import { createPager, type Page, type Pager } from '../pager.ts'
import { compileTextSearch } from '../text-match.ts'
import { compileConditions } from '../where/evaluate.ts'
import { parseWhere } from '../where/parse.ts'
import { splitConditions } from '../where/split.ts'
import type { QueryPlan } from './explain.ts'
import type { CountQuery, PageQuery } from './options.ts'
import { badQuery, checkCursor, checkPageSize, toPage } from './page-query.ts'
import { type Call, capability, createContext, nameError, nativeMethod, type Runtime } from './runtime.ts'

type Keep = (contact: Contact) => boolean

/** A listing's query, checked and split between the provider and us. */
interface PlannedQuery {
  readonly adapterQuery: AdapterListQuery
  readonly residual: readonly Condition[]
}

/** Lists contacts, filtering here what the provider cannot. */
export function listContacts(runtime: Runtime, query: ListQuery = {}, operation = 'list'): Pager<Contact> {
  return pageThrough(runtime, query, operation)
}

/** Lists the contacts that a predicate holds for: how a scan looks one up. */
export function scanContacts(
  runtime: Runtime,
  query: ListQuery,
  operation: string,
  matches: (contact: Contact) => boolean,
): Pager<Contact> {
  return pageThrough(runtime, query, operation, () => matches)
}

/** Finds contacts by text: natively, or by matching the listing's contacts as they pass. */
export function searchContacts(runtime: Runtime, text: string, query: PageQuery = {}): Pager<Contact> {
  if (capability(runtime, 'search').mode === 'emulated') {
    return pageThrough(runtime, query, 'search', () => compileTextSearch(text))
  }
  const { adapter } = runtime
  return createPager<Contact>({
    cursor: query.cursor,
    signal: query.signal,
    nameError: (error) => nameError(error, runtime, 'search', query.signal),
    ...(isNumbered(runtime) && { idOf: ({ id }: Contact) => id }),
    async fetchPage(cursor, signal) {
      checkText(text)
      checkCursor(query.cursor)
      const search = nativeMethod(runtime, 'search', adapter.search)
      const pageQuery = { pageSize: checkPageSize(query.pageSize), cursor }
      const context = createContext(runtime, { ...query, operation: 'search', signal })
      return toPage(await search.call(adapter, text, pageQuery, context))
    },
  })
}

/** Counts contacts: natively, from a page's total, or by reading the listing. */
export async function countContacts(runtime: Runtime, query: CountQuery = {}): Promise<number> {
  const { adapter } = runtime
  const declared = capability(runtime, 'count')
  const { where, includeDeleted, signal, timeoutMs, headers } = query
  const listQuery: ListQuery = { where, includeDeleted, signal, timeoutMs, headers }
  const { adapterQuery, residual } = planQuery(runtime, listQuery)
  if (residual.length === 0 && declared.mode === 'native') {
    const count = nativeMethod(runtime, 'count', adapter.count)
    return count.call(
      adapter,
      adapterQuery.where,
      createContext(runtime, { ...listQuery, operation: 'count' }),
    )
  }
  if (residual.length === 0 && capability(runtime, 'list').total) {
    const page = await listContacts(runtime, { ...listQuery, pageSize: 1 }, 'count')
    if (page.total !== undefined) return page.total
  }
  let count = 0
  for await (const _ of listContacts(runtime, listQuery, 'count')) count++
  return count
}

/** Tells which part of a listing runs where. */
export function explainQuery(runtime: Runtime, query: ListQuery = {}): QueryPlan {
  const { provider } = runtime.adapter
  try {
    const declared = capability(runtime, 'list')
    const { adapterQuery, residual } = planQuery(runtime, query)
    return {
      provider,
      pushedDown: adapterQuery.where,
      evaluatedHere: residual,
      ...(adapterQuery.orderBy && { orderBy: adapterQuery.orderBy }),
      pagination: declared.pagination,
      streaming: declared.streaming === true,
      total: declared.total && residual.length === 0,
      complete: declared.complete,
    }
  } catch (error) {
    throw nameError(error, runtime, 'explain', query.signal)
  }
}

function pageThrough(
  runtime: Runtime,
  query: ListQuery,
  operation: string,
  compileSearch?: () => Keep,
): Pager<Contact> {
  const { adapter, policy } = runtime
  const { stream, laterCursors } = adapter
  const call: Call = { ...query, operation }
  // Planned on first use, so that a bad query rejects like every other failure of the call.
  let planned: { readonly query: AdapterListQuery; readonly keep: Keep | undefined } | undefined
  const plan = (): NonNullable<typeof planned> => {
    if (planned) return planned
    const { adapterQuery, residual } = planQuery(runtime, query)
    const filter = residual.length > 0 ? compileConditions(residual) : undefined
    planned = { query: adapterQuery, keep: both(filter, compileSearch?.()) }
    return planned
  }
  // What is left out here still counts for where the later pages are.
  const unfiltered = new WeakMap<Page<Contact>, AdapterPage<Contact>>()
  return createPager<Contact>({
    cursor: query.cursor,
    signal: query.signal,
    concurrency: policy.concurrency,
    nameError: (error) => nameError(error, runtime, operation, query.signal),
    async fetchPage(cursor, signal) {
      const { query: adapterQuery, keep } = plan()
      const list = nativeMethod(runtime, 'list', adapter.list)
      const context = createContext(runtime, { ...call, signal })
      const given = await list.call(adapter, { ...adapterQuery, cursor }, context)
      const page = toPage(given, keep)
      unfiltered.set(page, given)
      return page
    },
    ...(isNumbered(runtime) && { idOf: ({ id }: Contact) => id }),
    ...(laterCursors && {
      laterCursors: (first: Page<Contact>) =>
        laterCursors.call(adapter, unfiltered.get(first) ?? first, plan().query),
    }),
    ...(stream && {
      async *batches(signal: AbortSignal) {
        const { query: adapterQuery, keep } = plan()
        const context = createContext(runtime, { ...call, signal })
        for await (const batch of stream.call(adapter, adapterQuery, context)) {
          yield keep ? batch.filter(keep) : batch
        }
      },
    }),
  })
}

/** Whether records can move from one page to the next when others come or go while they are listed. */
export function isNumbered(runtime: Runtime): boolean {
  const pagination = runtime.adapter.capabilities.list?.pagination
  return pagination === 'page' || pagination === 'offset'
}

function both(filter: Keep | undefined, matches: Keep | undefined): Keep | undefined {
  if (!filter || !matches) return filter ?? matches
  return (contact) => filter(contact) && matches(contact)
}

function planQuery(runtime: Runtime, query: ListQuery): PlannedQuery {
  const declared = capability(runtime, 'list')
  const { adapter } = runtime
  const conditions = withoutDeleted(parseWhere(query.where), query.includeDeleted, declared)
  const { pushed, residual } = splitConditions(conditions, declared.where, (condition) =>
    adapter.canFilter ? adapter.canFilter(condition) : true,
  )
  const orderBy = query.orderBy && checkOrder(adapter.provider, declared.orderBy, query.orderBy)
  const pageSize = checkPageSize(query.pageSize)
  return {
    adapterQuery: {
      where: pushed,
      cursor: checkCursor(query.cursor),
      ...(orderBy && { orderBy }),
      ...(pageSize !== undefined && { pageSize: Math.min(pageSize, declared.maxPageSize) }),
    },
    residual,
  }
}

/** Leaves out what the provider keeps as deleted, unless the caller says which of those are wanted. */
function withoutDeleted(
  conditions: readonly Condition[],
  includeDeleted: boolean | undefined,
  { softDeletes = false }: ListCapability,
): readonly Condition[] {
  if (includeDeleted !== undefined && typeof includeDeleted !== 'boolean') {
    throw badQuery('includeDeleted must be true or false')
  }
  if (!softDeletes || includeDeleted || conditions.some(({ field }) => field === 'deleted')) return conditions
  return [...conditions, { field: 'deleted', operator: 'ne', value: true }]
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

/** As the emulated search does: there must be something to look for. */
function checkText(text: unknown): void {
  if (typeof text === 'string' && text.trim() !== '') return
  throw new ContactsError({
    code: 'invalid_input',
    message: 'Cannot search for blank text: give at least one word, or list the contacts instead.',
    issues: [{ path: 'text', message: 'must hold a word' }],
  })
}
