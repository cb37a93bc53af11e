/** Where time comes from; replaced in tests, so that nothing waits on the wall clock. */
export interface Clock {
    /** The time now, in milliseconds since the epoch. */
    now(): number;
    /** Waits; rejects with the signal's reason when it is aborted. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
/** The runtime's own clock. A wait of more than 24.8 days ends after 24.8 days. */
export declare const systemClock: Clock;
/**
 * Calls a function once a time has passed, unless stopped before.
 *
 * @param ms - `Infinity` never fires
 * @returns stops it; safe to call more than once
 */
export declare function startTimer(clock: Clock, ms: number, fire: () => void): () => void;
