import type { Clock } from '../call/clock.ts';
import type { RateLimitOptions } from './types.ts';
/** Hands out a fixed number of places, first come, first served. */
export interface Semaphore {
    /**
     * Waits for a place.
     *
     * @returns gives the place back; calls after the first do nothing
     * @throws the signal's reason, when it is aborted before a place is free
     */
    acquire(signal: AbortSignal): Promise<() => void>;
}
/** A {@link Semaphore} with `places` places. */
export declare function createSemaphore(places: number): Semaphore;
/** Resolves when one more request may start, in the order of the calls; rejects with the signal's reason. */
type Limiter = (signal: AbortSignal) => Promise<void>;
/**
 * A sliding-window limit: what it makes resolves when one more request may start. A call that is aborted uses up nothing.
 *
 * @param within - a limit that holds too; its turn is taken last, so that both windows count the request from the same moment
 */
export declare function createRateLimiter({ requests, perMs }: RateLimitOptions, clock: Clock, within?: Limiter | undefined): Limiter;
/** Waits for the turn of a request of a group, or of none. */
export type TakeTurn = (signal: AbortSignal, group?: string | undefined) => Promise<void>;
/**
 * Puts a client's limits together: that of all requests, and those of groups of routes, which hold beside it.
 *
 * @returns `undefined` where nothing is limited
 */
export declare function createTurns(rateLimit: RateLimitOptions | undefined, groupLimits: Readonly<Record<string, RateLimitOptions>>, clock: Clock): TakeTurn | undefined;
export {};
