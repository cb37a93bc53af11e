import type { Condition, ListQuery, OrderBy } from '../model/query.ts'
import { planQuery } from './listing.ts'
import { capability, named, type Runtime } from './runtime.ts'

/** What `explain` tells of a listing: which part runs where. */
export interface QueryPlan {
  /** The adapter that is asked. */
  readonly provider: string
  /**
   * The conditions that go to the provider. Every condition of the query is applied again here as the contacts pass, these too,
   * so the contacts are the same with every provider.
   */
  readonly pushedDown: readonly Condition[]
  /**
   * The conditions that do not rest on the provider alone: none when its answer is exact, else all of them. They cost reading
   * contacts that are then left out.
   */
  readonly evaluatedHere: readonly Condition[]
  /** Whether the provider's answer holds the contacts that match and no others: only then do its totals and counts count. */
  readonly exact: boolean
  /** The order that the provider is asked for; absent for its own. */
  readonly orderBy?: Required<OrderBy>
  /** How its pages are addressed. */
  readonly pagination: 'cursor' | 'page' | 'offset' | 'none'
  /** Whether iterating reads the listing as one streamed answer, instead of by its pages. */
  readonly streaming: boolean
  /** Whether a page of it tells how many contacts match. */
  readonly total: boolean
  /** Whether it reaches every contact that matches; `false` where the provider caps it. */
  readonly complete: boolean
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
