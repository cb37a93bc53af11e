import type { Contact } from '../model/contact.ts'
import type { Condition } from '../model/query.ts'
import { compileConditions } from '../where/evaluate.ts'

/** What a `where` asks of soft-deleted contacts, and everything else that it asks. */
export interface SplitConditions {
  /** Whether only deleted contacts are wanted, only the others, or both. */
  readonly deleted: 'only' | 'without' | 'all'
  /** The conditions on other fields. Where those on `deleted` rule each other out, they are here too. */
  readonly rest: readonly Condition[]
}

const PRESENT: Contact = { provider: '', id: '', contactMethods: [], customFields: {}, raw: undefined }
const DELETED: Contact = /* @__PURE__ */ Object.assign({ deleted: true }, PRESENT)

/**
 * Takes the conditions on `deleted` out of a `where`, for a vendor that asks for soft-deleted records in a way of its own.
 *
 * @param conditions - all must hold
 *
 * @example
 * ```ts
 * const { deleted, rest } = splitDeleted(query.where)
 * const request = { archived: deleted === 'only', filter: toFilter(rest) }
 * ```
 */
export function splitDeleted(conditions: readonly Condition[]): SplitConditions {
  const asked = conditions.filter(({ field }) => field === 'deleted')
  const matches = compileConditions(asked)
  const [deleted, present] = [matches(DELETED), matches(PRESENT)]
  if (!deleted && !present) return { deleted: 'all', rest: conditions }
  const rest = conditions.filter(({ field }) => field !== 'deleted')
  return { deleted: deleted === present ? 'all' : deleted ? 'only' : 'without', rest }
}
