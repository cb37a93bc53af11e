import type { CallScope } from '../call/scope.ts';
import type { Effect } from '../http/types.ts';
/** By what a create whose answer was lost is found again. */
export interface CreateKey<Made> {
    /**
     * Whether the vendor itself takes the key once and refuses a second create with it: then the create is sent again like any
     * request that does the same when it is sent twice.
     */
    readonly isUnique: boolean;
    /** Looks up what has the key now; `undefined` when there is nothing. */
    find(): Promise<Made | undefined>;
    /** Whether what was found is what this very create made, and not something older with the same key. */
    isOurs(found: Made): boolean;
}
/** A create, and how its fate is found out. */
export interface CreateOnce<Made> {
    /** The call that it belongs to. */
    readonly call: CallScope;
    /** Sends the create with the effect that it is given. */
    send(effect: Effect): Promise<Made>;
    /** Absent where nothing tells the record that was made from others: then a lost create stays unknown. */
    readonly key?: CreateKey<Made> | undefined;
}
/** What a create made. */
export interface Creation<Made> {
    readonly made: Made;
    /** Whether its answer was lost and it was found again. */
    readonly adopted: boolean;
}
/**
 * Creates a record so that it is never made twice.
 *
 * It is sent again only where it was surely not applied (no connection, 401, 429) or where the vendor takes its key once. Otherwise a
 * create whose answer was lost is looked up by its key: what is there and is ours is adopted. If nothing is there the call fails
 * with `applied: 'unknown'`, because the first one may still be on its way.
 *
 * @throws ContactsError of the create; with `applied: 'unknown'` where nobody can tell what became of it
 *
 * @example
 * ```ts
 * const { made } = await createOnce({
 *   call: context.call,
 *   send: (effect) => client.create(body, { effect }, context.call),
 *   key: { isUnique: false, find: () => findByEmail(body.email), isOurs: (found) => found.name === body.name },
 * })
 * ```
 */
export declare function createOnce<Made>({ call, send, key }: CreateOnce<Made>): Promise<Creation<Made>>;
