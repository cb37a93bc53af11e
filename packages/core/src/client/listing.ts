import type { AdapterContext } from '../adapter/context.ts'
import type { AdapterPage } from '../adapter/pages.ts'
import type { CallScope } from '../call/scope.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ListQuery } from '../model/query.ts'
import { createPager, type Pager } from '../pager.ts'
import type { PageSource, SourcePage } from '../paging/page-source.ts'
import { compileTextSearch } from '../text-match.ts'
import type { QueryPlan } from './explain.ts'
import type { CountQuery, PageQuery } from './options.ts'
import { both, checkCursor, checkPageSize, type Keep, type PlannedQuery, planQuery } from './query-plan.ts'
import { capability, createContext, named, nativeMethod, openScope, type Runtime, within } from './runtime.ts'

/** What a listing belongs to: a call of its own, or one that is under way, whose deadline then counts for all of it. */
type Owner = { readonly operation: string } | { readonly scope: CallScope }

/** Lists contacts, filtering here what the provider cannot. */
export function listContacts(runtime: Runtime, query: ListQuery = {}, operation = 'list'): Pager<Contact> {
  return pageThrough(runtime, query, { operation })
}

/** Lists the contacts that a predicate holds for, as a part of a call: how a scan looks one up. */
export function scanContacts(
  runtime: Runtime,
  query: ListQuery,
  scope: CallScope,
  matches: (contact: Contact) => boolean,
): Pager<Contact> {
  return pageThrough(runtime, query, { scope }, () => matches)
}

/** Lists contacts as a part of a call. */
export function readAll(runtime: Runtime, query: ListQuery, scope: CallScope): Pager<Contact> {
  return pageThrough(runtime, query, { scope })
}

/** Finds contacts by text: natively, or by matching the listing's contacts as they pass. */
export function searchContacts(runtime: Runtime, text: string, query: PageQuery = {}): Pager<Contact> {
  if (capability(runtime, 'search').mode === 'emulated') {
    return pageThrough(runtime, query, { operation: 'search' }, () => compileTextSearch(text))
  }
  const { adapter } = runtime
  return createPager<Contact>({
    cursor: query.cursor,
    signal: query.signal,
    nameError: (error) => named(error, runtime, 'search', query.signal),
    ...idsOnce(runtime, 'search'),
    fetchPage: (cursor, signal) =>
      within(runtime, openScope(runtime, 'search', { ...query, signal }), async (scope) => {
        checkText(text)
        checkCursor(query.cursor)
        const search = nativeMethod(runtime, 'search', adapter.search)
        const pageQuery = { pageSize: checkPageSize(query.pageSize), cursor }
        return readPage(runtime, scope, (context) => search.call(adapter, text, pageQuery, context))
      }),
  })
}

/** Counts contacts: natively, from a page's total, or by reading the listing. */
export async function countContacts(
  runtime: Runtime,
  { where, includeDeleted }: CountQuery,
  scope: CallScope,
): Promise<number> {
  const { adapter } = runtime
  const declared = capability(runtime, 'count')
  const { adapterQuery, filter } = planQuery(runtime, { where, includeDeleted })
  if (filter.exact && declared.mode === 'native') {
    const count = nativeMethod(runtime, 'count', adapter.count)
    return count.call(adapter, adapterQuery.where, createContext(runtime, { scope }))
  }
  if (filter.exact && filter.total) {
    const page = await readAll(runtime, { where, includeDeleted, pageSize: 1 }, scope)
    if (page.total !== undefined) return page.total
  }
  let count = 0
  for await (const _ of readAll(runtime, { where, includeDeleted }, scope)) count++
  return count
}

/** Tells which part of a listing runs where. */
export function explainQuery(runtime: Runtime, query: ListQuery = {}): QueryPlan {
  const { provider } = runtime.adapter
  try {
    const declared = capability(runtime, 'list')
    const { adapterQuery, filter, conditions } = planQuery(runtime, query)
    return {
      provider,
      pushedDown: filter.pushed,
      evaluatedHere: filter.exact ? [] : conditions,
      exact: filter.exact,
      ...(adapterQuery.orderBy && { orderBy: adapterQuery.orderBy }),
      pagination: declared.pagination,
      streaming: declared.streaming === true,
      total: filter.total && filter.exact,
      complete: filter.complete,
    }
  } catch (error) {
    throw named(error, runtime, 'explain', query.signal)
  }
}

function pageThrough(
  runtime: Runtime,
  query: ListQuery,
  owner: Owner,
  compileSearch?: () => Keep,
): Pager<Contact> {
  const { adapter, policy } = runtime
  const { stream, laterCursors } = adapter
  const operation = 'scope' in owner ? owner.scope.operation : owner.operation
  const scopeFor = (signal: AbortSignal | undefined, isStream: boolean): CallScope => {
    if (!('scope' in owner)) return openScope(runtime, operation, { ...query, signal }, isStream)
    // The signal of a part follows its call's.
    return owner.scope.part(signal ?? owner.scope.signal)
  }
  // Planned on first use, so that a bad query rejects like every other failure of the call.
  let planned: (PlannedQuery & { readonly matches: Keep | undefined }) | undefined
  const plan = (): NonNullable<typeof planned> => {
    if (planned) return planned
    const made = planQuery(runtime, query)
    planned = { ...made, matches: both(made.keep, compileSearch?.()) }
    return planned
  }
  return createPager<Contact>({
    cursor: query.cursor,
    signal: 'scope' in owner ? owner.scope.signal : query.signal,
    concurrency: policy.concurrency,
    nameError: (error) => named(error, runtime, operation, query.signal),
    ...idsOnce(runtime, operation),
    fetchPage: (cursor, signal) =>
      within(runtime, scopeFor(signal, false), async (scope) => {
        const { adapterQuery, filter, matches } = plan()
        const list = nativeMethod(runtime, 'list', adapter.list)
        const pageQuery = { ...adapterQuery, cursor }
        const page = await readPage(runtime, scope, (context) => list.call(adapter, pageQuery, context))
        return { ...page, keep: matches, isTotalExact: filter.exact && filter.total && !compileSearch }
      }),
    ...(laterCursors && {
      laterCursors: (first: SourcePage<Contact>) => laterCursors.call(adapter, first, plan().adapterQuery),
    }),
    ...(stream && {
      async *batches(signal: AbortSignal) {
        const { adapterQuery, matches } = plan()
        const scope = scopeFor(signal, true)
        try {
          for await (const batch of stream.call(adapter, adapterQuery, createContext(runtime, { scope }))) {
            yield matches ? batch.filter(matches) : batch
          }
        } catch (error) {
          throw scope.failure(error)
        } finally {
          scope.close()
        }
      },
    }),
  })
}

/** What makes a pager give each contact once, and say when it ends before the provider's own total. */
function idsOnce(
  runtime: Runtime,
  operation: string,
): Pick<PageSource<Contact>, 'idOf' | 'isNumbered' | 'onIncomplete'> {
  const { adapter, policy } = runtime
  return {
    idOf: ({ id }) => id,
    isNumbered: isNumbered(runtime),
    onIncomplete: (why) =>
      policy.onWarning?.({
        code: 'incomplete_listing',
        provider: adapter.provider,
        operation,
        message: `The listing may lack contacts. ${why} List again.`,
      }),
  }
}

/** Reads a page, and notes how many of its records were left out because they could not be mapped. */
async function readPage(
  runtime: Runtime,
  scope: CallScope,
  read: (context: AdapterContext) => Promise<AdapterPage<Contact>>,
): Promise<SourcePage<Contact>> {
  const context = createContext(runtime, { scope })
  // Without it every record is mapped, or the page fails.
  if (runtime.policy.onInvalid === undefined) return read(context)
  let skipped = 0
  const page = await read({
    ...context,
    mapRecords(records, map) {
      const items = context.mapRecords(records, map)
      skipped += records.length - items.length
      return items
    },
  })
  return { ...page, skipped }
}

/** Whether records can move from one page to the next when others come or go while they are listed. */
export function isNumbered(runtime: Runtime): boolean {
  const pagination = runtime.adapter.capabilities.list?.pagination
  return pagination === 'page' || pagination === 'offset'
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
