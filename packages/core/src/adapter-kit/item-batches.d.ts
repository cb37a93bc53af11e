import type { AdapterItemResult } from '../adapter/pages.ts';
/**
 * Maps items one by one, so that one that throws fails alone.
 *
 * @param items - for example the records of an answer
 * @param map - called with each item and its index
 * @returns a result for each, in their order
 */
export declare function mapItems<Item, Result>(items: readonly Item[], map: (item: Item, index: number) => Result): AdapterItemResult<Result>[];
/** How the items of a native batch are sent. */
export interface SendItemsOptions<Item, Sent, Answer, Result> {
    /** The most items in one request. */
    readonly maxItems: number;
    /** Whether the vendor is asked to do all or nothing: then the first failure is thrown. @default false */
    readonly atomic?: boolean | undefined;
    /** What is sent of an item. One for which it throws is not sent, and fails alone. */
    map(item: Item, index: number): Sent;
    /** Sends one request. */
    send(items: readonly Sent[]): Promise<Answer>;
    /** Reads what became of each item of a request, in the order in which they were sent. */
    read(answer: Answer, items: readonly Sent[]): readonly (AdapterItemResult<Result> | undefined)[];
}
/**
 * Sends the items of a native batch in as few requests as the vendor's limit allows, one after the other.
 *
 * A request that fails gives each of its items an error of its own. An item that the answer does not tell of is
 * `bad_response` with `applied: 'unknown'`. After a failure that the next request would meet as well (`unauthenticated`,
 * `rate_limited`, or the caller's abort) the rest is not sent, and each of those items has an error that says so.
 *
 * @param items - what the adapter was given
 * @param options - how to send them
 * @returns a result for each item, in their order
 * @throws ContactsError in an atomic batch: the first failure, and `invalid_input` for more than `maxItems`
 *
 * @example
 * ```ts
 * createMany: (inputs, { atomic }, context) =>
 *   sendItems(inputs, {
 *     maxItems: 100,
 *     atomic,
 *     map: toBody,
 *     send: (bodies) => crm.createMany(bodies, context.call),
 *     read: ({ people }) => mapItems(people, toContact),
 *   }),
 * ```
 */
export declare function sendItems<Item, Sent, Answer, Result>(items: readonly Item[], options: SendItemsOptions<Item, Sent, Answer, Result>): Promise<AdapterItemResult<Result>[]>;
