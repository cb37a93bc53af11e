import type { Condition, Contact, JsonValue } from '@anycontact/core'
import {
  type AdapterContext,
  type AdapterListQuery,
  type FilterPlan,
  type Listing,
  pageListing,
  type WhereOperator,
} from '@anycontact/core/adapter-kit'
import type { CognipeerClient } from './api/client.ts'
import { badAnswer } from './api/errors.ts'
import type { CognipeerRecord } from './api/wire.ts'
import { capabilities } from './capabilities.ts'
import { toContact } from './mapping.ts'

/** Deleted or not: said, because a server may leave deleted contacts out where a filter does not speak of `deleted`. */
export const DELETED_OR_NOT: JsonValue = { $in: [true, false, null] }

/** Ids tell every two contacts apart, and grow, so that new contacts come last. */
export const STABLE = { _id: 1 } as const

const SORT_FIELDS: Readonly<Record<string, string>> = { createdAt: 'createdDate', updatedAt: 'modifiedDate' }

/** Makes the listing of contacts, which asks for a stable order. */
export function createListing(client: CognipeerClient): Listing<Contact<CognipeerRecord>, AdapterListQuery> {
  return pageListing({
    maxPageSize: capabilities.list.maxPageSize,
    async read({ page, limit }, query, { call }) {
      const filter = toFilter(query.where)
      const reply = await client.contacts.list({ page, limit, filter, sort: sortOf(query) }, call)
      return { records: reply.data, total: reply.total, page: reply.page, limit: reply.limit }
    },
    map: toContact,
  })
}

function sortOf({ orderBy }: AdapterListQuery): Record<string, 1 | -1> {
  if (!orderBy) return STABLE
  const direction = orderBy.direction === 'asc' ? 1 : -1
  return { [SORT_FIELDS[orderBy.field] ?? orderBy.field]: direction, _id: direction }
}

/** How many contacts meet the conditions, as the server counts them. */
export async function countMatching(
  client: CognipeerClient,
  where: readonly Condition[],
  { call }: AdapterContext,
): Promise<number> {
  const request = { page: 1, limit: 1, filter: toFilter(where), sort: STABLE }
  // An answer without a total has none, although its type says that there is always one.
  const { total }: { readonly total?: number } = await client.contacts.list(request, call)
  if (total !== undefined) return total
  throw badAnswer('the answer does not tell the `total`. Count by listing.', call.operation)
}

/**
 * Plans which conditions go to the server: those that can be said in the forms that the vendor shows (equality, `$ne`, `$in`,
 * `$exists`, one for each field), and lose nothing there. A stored null or empty text is "none" to us and a value to the server,
 * so what asks for "none" stays here.
 */
export function planWhere(conditions: readonly Condition[]): FilterPlan {
  const pushed = new Map<string, Condition>()
  let exact = true
  for (const condition of conditions) {
    const said = say(condition)
    exact &&= said?.exact === true && !pushed.has(said.path)
    if (!said) continue
    const other = pushed.get(said.path)
    if (!other || narrowness(condition) < narrowness(other)) pushed.set(said.path, condition)
  }
  return { pushed: [...pushed.values()], exact }
}

const NARROW_FIRST: readonly WhereOperator[] = ['eq', 'in', 'exists', 'ne']

function narrowness({ operator }: Condition): number {
  return NARROW_FIRST.indexOf(operator)
}

/** The `filter` of a listing, from conditions that `planWhere` pushed. */
function toFilter(conditions: readonly Condition[]): Record<string, JsonValue> {
  const filter: Record<string, JsonValue> = {}
  for (const condition of conditions) {
    const said = say(condition)
    if (said) filter[said.path] = said.filter
  }
  return { ...filter, deleted: filter.deleted ?? DELETED_OR_NOT }
}

/** A condition in the vendor's words. */
interface Said {
  /** The vendor's field, or a dotted path. */
  readonly path: string
  readonly filter: JsonValue
  /** Whether it means the same there; else it means more. */
  readonly exact: boolean
}

const DECLARED: Readonly<Record<string, readonly WhereOperator[]>> = capabilities.list.where

const CUSTOM_FIELDS = 'customFields.'

/** Says a condition in the vendor's words; `undefined` for one that cannot be said, or would lose contacts. */
function say({ field, operator, value }: Condition): Said | undefined {
  const isCustom = field.startsWith(CUSTOM_FIELDS)
  if (!DECLARED[isCustom ? `${CUSTOM_FIELDS}*` : field]?.includes(operator)) return undefined
  const path = isCustom ? customPath(field.slice(CUSTOM_FIELDS.length)) : (WIRE_FIELDS[field] ?? field)
  if (path === undefined) return undefined
  if (field === 'deleted') {
    // "Not deleted" is whatever is not `true`: `false`, null, or absent.
    const isWanted = (value === true) === (operator === 'eq')
    return { path, filter: isWanted || { $ne: true }, exact: true }
  }
  if (operator === 'exists')
    return value === true ? { path, filter: { $exists: true }, exact: false } : undefined
  const isText = !isCustom && field !== 'tags'
  const given = typeof value === 'object' && value !== null ? value : [value]
  // Empty text is no value here, so that nothing equals it.
  const values = isText && operator !== 'ne' ? given.filter((each) => each !== '') : given
  const [first] = values
  if (first === undefined || values.includes(null)) return undefined
  if (operator === 'ne')
    return isText && first === '' ? undefined : { path, filter: { $ne: first }, exact: true }
  const isOne = values.length === 1 && field !== 'tags'
  // A value also equals an array that holds it, which our custom fields do not.
  return { path, filter: isOne ? first : { $in: [...values] }, exact: !isCustom }
}

const WIRE_FIELDS: Readonly<Record<string, string>> = { id: '_id', externalId: 'integrationId' }

/** A dotted path walks into arrays there, which ours does not: only top-level custom fields can be said. */
function customPath(key: string): string | undefined {
  return key.includes('.') || key.startsWith('$') ? undefined : `properties.${key}`
}
