import type { ListCapability } from '../adapter/capabilities.ts'
import type { AdapterListQuery, FilterPlan } from '../adapter/pages.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { Condition, ListQuery, OrderBy } from '../model/query.ts'
import { compileConditions } from '../where/evaluate.ts'
import { parseWhere } from '../where/parse.ts'
import { pushable } from '../where/pushable.ts'
import { badQuery, checkCursor, checkPageSize } from './page-query.ts'
import { capability, type Runtime } from './runtime.ts'

/** Tells whether a contact stays in a listing. */
export type Keep = (contact: Contact) => boolean

/** A filter plan in which nothing is left open. */
interface PlannedFilter {
  readonly pushed: readonly Condition[]
  readonly exact: boolean
  readonly complete: boolean
  readonly total: boolean
  readonly maxPageSize: number
}

/** A listing's query, checked and planned. */
export interface PlannedQuery {
  /** What the adapter is asked. */
  readonly adapterQuery: AdapterListQuery
  /** How the provider answers it. */
  readonly filter: PlannedFilter
  /** Every condition of the query. */
  readonly conditions: readonly Condition[]
  /** Applies every condition to the contacts as they pass; absent where there is none. */
  readonly keep: Keep | undefined
}

/** Every contact is asked for, so the provider's answer is exact. */
const EVERY_CONTACT: FilterPlan = { pushed: [], exact: true }

/** Checks a query and plans which part of it runs where. @throws ContactsError `invalid_input`, `unsupported` */
export function planQuery(runtime: Runtime, query: ListQuery): PlannedQuery {
  const declared = capability(runtime, 'list')
  const { adapter } = runtime
  const conditions = conditionsOf(query, declared)
  const orderBy = query.orderBy && checkOrder(adapter.provider, declared.orderBy, query.orderBy)
  const plan = adapter.planWhere?.(conditions, { orderBy }) ?? defaultPlan(runtime, conditions, declared)
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
    conditions,
    keep: conditions.length > 0 ? compileConditions(conditions) : undefined,
  }
}

function defaultPlan(
  { adapter }: Runtime,
  conditions: readonly Condition[],
  declared: ListCapability,
): FilterPlan {
  if (conditions.length === 0) return EVERY_CONTACT
  const pushed = conditions
    .filter((condition) => pushable(condition, declared.where))
    .filter((condition) => adapter.canFilter?.(condition) ?? true)
  return { pushed, exact: pushed.length === conditions.length }
}

/**
 * The conditions of a query. What the provider keeps as deleted is left out, unless the caller says which of those are wanted.
 */
function conditionsOf(
  { where, includeDeleted }: ListQuery,
  { softDeletes = false }: ListCapability,
): readonly Condition[] {
  if (includeDeleted !== undefined && typeof includeDeleted !== 'boolean') {
    throw badQuery('includeDeleted must be true or false')
  }
  const asked = where === undefined ? [] : parseWhere(where)
  if (!softDeletes || includeDeleted || asked.some(({ field }) => field === 'deleted')) return asked
  return [...asked, { field: 'deleted', operator: 'ne', value: true }]
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
