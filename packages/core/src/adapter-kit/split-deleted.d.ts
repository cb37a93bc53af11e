import type { Condition } from '../model/query.ts';
/** What a `where` asks of soft-deleted contacts, and everything else that it asks. */
export interface SplitConditions {
    /** Whether only deleted contacts are wanted, only the others, or both. */
    readonly deleted: 'only' | 'without' | 'all';
    /** The conditions on other fields. Where those on `deleted` rule each other out, they are here too. */
    readonly rest: readonly Condition[];
}
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
export declare function splitDeleted(conditions: readonly Condition[]): SplitConditions;
