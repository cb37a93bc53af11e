import type { Condition, OrderBy } from '../model/query.ts'

/** What `explain` tells of a listing: which part runs where. */
export interface QueryPlan {
  /** The adapter that is asked. */
  readonly provider: string
  /** The conditions that the provider applies. */
  readonly pushedDown: readonly Condition[]
  /** The conditions that are applied here, to the items as they pass; each costs reading contacts that are then left out. */
  readonly evaluatedHere: readonly Condition[]
  /** The order that the provider is asked for; absent for its own. */
  readonly orderBy?: Required<OrderBy>
  /** How its pages are addressed. */
  readonly pagination: 'cursor' | 'page' | 'offset' | 'none'
  /** Whether iterating reads the listing as a whole, such as from one streamed answer, instead of by its pages. */
  readonly streaming: boolean
  /** Whether a page of it tells the total. */
  readonly total: boolean
  /** Whether it reaches every contact that matches. */
  readonly complete: boolean
}
