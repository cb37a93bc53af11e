import type { ListCapability } from '../adapter/capabilities.ts'
import type { AdapterContext } from '../adapter/context.ts'
import type { AdapterListQuery, AdapterPage, FilterPlan } from '../adapter/pages.ts'
import type { Hold } from '../call/hold.ts'
import type { CallScope } from '../call/scope.ts'
import { ContactsError, neverAbsent } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import { isPlainObject } from '../model/json.ts'
import type { Condition, ListQuery, OrderBy } from '../model/query.ts'
import { badQuery, checkCursor, checkPageSize, createPager, type Pager } from '../pager.ts'
import type { PageSource, SourcePage } from '../paging/page-source.ts'
import { compileConditions } from '../where/evaluate.ts'
import { parseWhere } from '../where/parse.ts'
import { pushable } from '../where/pushable.ts'
import { withOverrides } from './policy.ts'
import {
  capability,
  createContext,
  named,
  nativeMethod,
  openScope,
  RecordsSeen,
  type Runtime,
  warnIncomplete,
  within,
} from './runtime.ts'

/** What a listing belongs to: a call of its own, or one that is under way, whose deadline then counts for all of it. */
type Owner = { readonly operation: string; readonly input?: unknown } | { readonly scope: CallScope }

/** Lists contacts, filtering here what the provider cannot. */
export function listContacts(runtime: Runtime, query: ListQuery = {}, operation = 'list'): Pager<Contact> {
  return pageThrough(runtime, query, { operation, input: query.where })
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

/**
 * Reads a listing page by page, or as a stream, filtering here what the provider cannot.
 *
 * @param compileSearch - makes what a contact must meet beside the query
 */
export function pageThrough(
  client: Runtime,
  query: ListQuery,
  owner: Owner,
  compileSearch?: () => Keep,
): Pager<Contact> {
  const { adapter } = client
  const { onWarning } = query
  // What is no function is refused with the rest of the query.
  const isHeard = typeof onWarning === 'function'
  const policy = isHeard ? withOverrides(client.policy, { onWarning }) : client.policy
  const runtime = { ...client, policy }
  const { stream, laterCursors } = adapter
  const operation = 'scope' in owner ? owner.scope.operation : owner.operation
  const hold: Hold = {}
  const scopeFor = (signal: AbortSignal | undefined, isStream: boolean): CallScope => {
    const options = { ...query, signal }
    if (!('scope' in owner)) return openScope(runtime, operation, options, isStream, hold, owner.input)
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
  const signal = 'scope' in owner ? owner.scope.signal : query.signal
  return createPager<Contact>({
    cursor: query.cursor,
    signal,
    concurrency: policy.concurrency,
    nameError: (error) => named(neverAbsent(error, signal), runtime, operation, query.signal),
    ...idsOnce(runtime, operation),
    fetchPage: (cursor, signal, overlap) =>
      within(runtime, scopeFor(signal, false), async (scope) => {
        const { adapterQuery, filter, matches } = plan()
        const list = nativeMethod(runtime, 'list', adapter.list)
        const pageQuery = { ...adapterQuery, cursor, ...(overlap && { overlap }) }
        const page = await readPage(runtime, scope, (context) => list.call(adapter, pageQuery, context))
        const isTotalExact = filter.exact && filter.total && !compileSearch
        return Object.assign(page, { keep: matches, isTotalExact }, reachOf(plan(), page))
      }),
    ...(laterCursors && {
      laterCursors: (first: SourcePage<Contact>) =>
        laterCursors.call(adapter, first, { ...plan().adapterQuery, overlap: true }),
    }),
    // A stream goes on at the server while its contacts are handled here. By pages the next one is asked for before this one is
    // handled: so a contact that the caller changes, which then leaves the filter, is not the one that the listing goes on after.
    prefersPages: () => plan().adapterQuery.where.length > 0,
    ...(stream && {
      async *batches(signal: AbortSignal) {
        const { adapterQuery, matches } = plan()
        const scope = scopeFor(signal, true)
        try {
          const seen = new RecordsSeen()
          const toBatch = (items: readonly Contact[]): SourcePage<Contact> => {
            const batch = { items, keep: matches, ...seen.take() }
            return { ...batch, ...reachOf(plan(), batch) }
          }
          const context = createContext(runtime, { scope, seen })
          for await (const items of stream.call(adapter, adapterQuery, context)) yield toBatch(items)
          // What was noted at the very end belongs to no batch.
          yield toBatch([])
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
export function idsOnce(
  runtime: Runtime,
  operation: string,
): Pick<PageSource<Contact>, 'idOf' | 'isNumbered' | 'onIncomplete'> {
  return {
    idOf: ({ id }) => id,
    isNumbered: isNumbered(runtime),
    onIncomplete: (why) => warnIncomplete(runtime, operation, why),
  }
}

/** Reads a page, and notes what became of its records. */
export async function readPage<Item>(
  runtime: Runtime,
  scope: CallScope,
  read: (context: AdapterContext) => Promise<AdapterPage<Item>>,
): Promise<SourcePage<Item>> {
  const seen = new RecordsSeen()
  const { items, nextCursor, total, extra, overlap, cursorAfter } = await read(
    createContext(runtime, { scope, seen }),
  )
  return { items, nextCursor, total, extra, overlap, cursorAfter, ...seen.take() }
}

/** How far a listing reaches, as its provider and its order go. */
function reachOf(
  { adapterQuery: { where, orderBy }, filter, isNumbered }: PlannedQuery,
  { reachesAll = true }: Pick<SourcePage<Contact>, 'reachesAll'>,
): Pick<SourcePage<Contact>, 'reachesAll' | 'isFiltered'> {
  // Changes move contacts over the borders of numbered pages, unless what they are sorted by never changes.
  const isFixed = !isNumbered || orderBy === undefined || orderBy.field === 'createdAt'
  return { reachesAll: reachesAll && filter.complete && isFixed, isFiltered: where.length > 0 }
}

/** Whether records can move from one page to the next when others come or go while they are listed. */
export function isNumbered(runtime: Runtime): boolean {
  const pagination = runtime.adapter.capabilities.list?.pagination
  return pagination === 'page' || pagination === 'offset'
}

/** Tells whether a contact stays in a listing. */
type Keep = (contact: Contact) => boolean

/** A filter plan in which nothing is left open. */
interface PlannedFilter {
  readonly pushed: readonly Condition[]
  readonly exact: boolean
  readonly complete: boolean
  readonly total: boolean
  readonly maxPageSize: number
}

/** A listing's query, checked and planned. */
interface PlannedQuery {
  /** What the adapter is asked. */
  readonly adapterQuery: AdapterListQuery
  /** How the provider answers it. */
  readonly filter: PlannedFilter
  /** Whether contacts are on numbered pages. */
  readonly isNumbered: boolean
  /** Every condition of the query. */
  readonly conditions: readonly Condition[]
  /** Applies every condition to the contacts as they pass; absent where there is none. */
  readonly keep: Keep | undefined
}

/** Leaves out what the provider keeps as deleted. */
const NOT_DELETED: Condition = { field: 'deleted', operator: 'ne', value: true }

/** Tells what {@link NOT_DELETED} says. */
const isNotDeleted: Keep = ({ deleted }) => deleted !== true

/** Every contact is asked for, so the provider's answer is exact. */
const EVERY_CONTACT: FilterPlan = { pushed: [], exact: true }

/** Checks a query and plans which part of it runs where. @throws ContactsError `invalid_input`, `unsupported` */
export function planQuery(runtime: Runtime, query: ListQuery): PlannedQuery {
  const declared = capability(runtime, 'list')
  const { adapter } = runtime
  const asked = query.where === undefined ? [] : parseWhere(query.where)
  const leavesDeleted = leavesOutDeleted(query, declared, asked)
  const conditions = leavesDeleted ? [...asked, NOT_DELETED] : asked
  const orderBy =
    query.orderBy === undefined ? undefined : checkOrder(adapter.provider, declared.orderBy, query.orderBy)
  const plan = adapter.planWhere?.(conditions, { orderBy }) ?? defaultPlan(conditions, declared)
  const {
    pushed,
    exact,
    complete = declared.complete,
    total = declared.total,
    maxPageSize = declared.maxPageSize,
  } = plan
  const pageSize = checkPageSize(query.pageSize)
  return {
    adapterQuery: {
      where: pushed,
      cursor: checkCursor(query.cursor),
      ...(orderBy && { orderBy }),
      ...(pageSize !== undefined && { pageSize: Math.min(pageSize, maxPageSize) }),
    },
    filter: { pushed, exact, complete, total, maxPageSize },
    isNumbered: isNumbered(runtime),
    conditions,
    keep: both(
      asked.length > 0 ? compileConditions(asked) : undefined,
      leavesDeleted ? isNotDeleted : undefined,
    ),
  }
}

function defaultPlan(conditions: readonly Condition[], declared: ListCapability): FilterPlan {
  if (conditions.length === 0) return EVERY_CONTACT
  const pushed = conditions.filter((condition) => pushable(condition, declared.where))
  return { pushed, exact: pushed.length === conditions.length }
}

/** Whether what the provider keeps as deleted is left out: unless the caller says which of those are wanted. */
function leavesOutDeleted(
  { includeDeleted }: ListQuery,
  { softDeletes = false }: ListCapability,
  asked: readonly Condition[],
): boolean {
  if (includeDeleted !== undefined && typeof includeDeleted !== 'boolean') {
    throw badQuery('includeDeleted', 'must be true or false')
  }
  return softDeletes && !includeDeleted && !asked.some(({ field }) => field === 'deleted')
}

/** Keeps the contacts that both keep. */
function both(one: Keep | undefined, other: Keep | undefined): Keep | undefined {
  if (!one || !other) return one ?? other
  return (contact) => one(contact) && other(contact)
}

function checkOrder(provider: string, fields: readonly string[], orderBy: unknown): Required<OrderBy> {
  if (!isPlainObject(orderBy)) throw badQuery('orderBy', 'must be { field, direction }')
  const { field, direction = 'asc', ...others } = orderBy
  if (direction !== 'asc' && direction !== 'desc')
    throw badQuery('orderBy.direction', "must be 'asc' or 'desc'")
  const [other] = Object.keys(others)
  if (other !== undefined) throw badQuery(`orderBy.${other}`, 'is neither field nor direction')
  if (typeof field === 'string' && fields.includes(field)) return { field, direction }
  throw new ContactsError({
    code: 'unsupported',
    message:
      fields.length === 0
        ? `${provider} cannot sort; leave orderBy out.`
        : `${provider} cannot sort by that field; it can by ${fields.join(', ')}.`,
  })
}
