import type { Clock } from '../call/clock.ts';
/** How a {@link TestClock} runs. */
export interface TestClockOptions {
    /** Where it starts, in milliseconds since the epoch. @default 2026-01-01T00:00:00Z */
    readonly startMs?: number | undefined;
    /**
     * What becomes of a wait.
     *
     * - `hold`: it lasts until the clock is moved on.
     * - `pass`: one of less than 30 seconds, as between retries, moves the clock by itself and is over at once; a longer one is a
     *   time-out and holds.
     * - a function: tells of a wait in milliseconds whether it passes.
     *
     * @default 'hold'
     */
    readonly waits?: 'hold' | 'pass' | ((ms: number) => boolean) | undefined;
    /**
     * How far each look at the clock moves it, in milliseconds, so that records are ordered as they were made.
     * @default 1 where waits can pass, 0 where all hold
     */
    readonly tickMs?: number | undefined;
}
/** A clock for tests, on which no wait takes real time. */
export interface TestClock extends Clock {
    /** The waits that passed by themselves, in milliseconds, in their order. */
    readonly waits: number[];
    /** How many waits hold. */
    readonly pending: number;
    /** Moves the clock on and ends the waits that are due, in their order, each with all that follows from it. */
    advance(ms: number): Promise<void>;
    /**
     * Moves the clock from one wait to the next until a promise settles.
     *
     * @throws Error when the promise is not settled and no wait is left to end
     */
    settle<T>(promise: PromiseLike<T>): Promise<T>;
}
/**
 * Creates a clock for tests.
 *
 * @param options - by default it stands still until it is moved
 *
 * @example
 * ```ts
 * const clock = createTestClock()
 * const contacts = exampleCrm({ token, clock, fetch: async () => new Promise(() => {}), timeoutMs: 1_000 })
 * const error = await clock.settle(failure(contacts.get('p1'))) // `timeout`, without waiting for it
 * ```
 */
export declare function createTestClock(options?: TestClockOptions): TestClock;
/**
 * What a promise is rejected with.
 *
 * @param promise - one that should fail
 * @throws Error when it does not
 */
export declare function failure(promise: PromiseLike<unknown>): Promise<unknown>;
