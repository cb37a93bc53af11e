import type { ListCapability } from '../adapter/capabilities.ts'
import type { AdapterListQuery, FilterPlan } from '../adapter/pages.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { Condition, ListQuery, OrderBy } from '../model/query.ts'
import { compileConditions } from '../where/evaluate.ts'
import { parseWhere } from '../where/parse.ts'
import { pushable } from '../where/pushable.ts'
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
  const orderBy = query.orderBy && checkOrder(adapter.provider, declared.orderBy, query.orderBy)
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
    throw badQuery('includeDeleted must be true or false')
  }
  return softDeletes && !includeDeleted && !asked.some(({ field }) => field === 'deleted')
}

/** Keeps the contacts that both keep. */
export function both(one: Keep | undefined, other: Keep | undefined): Keep | undefined {
  if (!one || !other) return one ?? other
  return (contact) => one(contact) && other(contact)
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

/** Checks how many items a page is to have. @throws ContactsError `invalid_input` */
export function checkPageSize(pageSize: number | undefined): number | undefined {
  if (pageSize === undefined || (Number.isSafeInteger(pageSize) && pageSize > 0)) return pageSize
  throw badQuery('pageSize must be a whole number of 1 or more')
}

/** Checks where a listing is to go on. @throws ContactsError `invalid_input` */
export function checkCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || (typeof cursor === 'string' && cursor.trim() !== '')) return cursor
  throw badQuery('cursor must be the nextCursor of an earlier page; leave it out to begin at the start')
}

/** The error for a listing that cannot be asked for. */
function badQuery(message: string): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `The listing cannot be asked for: ${message}.`,
  })
}
