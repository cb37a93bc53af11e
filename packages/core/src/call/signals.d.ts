/**
 * Calls a function when a signal is aborted, at once when it is already. However many functions follow one signal, it has one
 * listener of ours: runtimes warn of signals with many.
 *
 * @param signal - the caller's; absent for none
 * @returns stops following; safe to call more than once
 */
export declare function followSignal(signal: AbortSignal | undefined, onAbort: (reason: unknown) => void): () => void;
/**
 * Settles as a promise does, or rejects with the signal's reason, whichever comes first.
 *
 * @param onLate - given the value when it comes after the abort, to dispose of it
 */
export declare function abortable<T>(promise: PromiseLike<T>, signal: AbortSignal, onLate?: (value: T) => void): Promise<T>;
/**
 * Ends one attempt for a reason. An `AbortController` whose signal is given to `fetch` alone: what waits on our side is called
 * directly, because listeners on a signal cost more than the rest of an attempt.
 */
export declare class AbortSource {
    #private;
    /** For `fetch`, which stops when it is aborted. */
    get signal(): AbortSignal;
    /** Whether it was aborted. */
    get aborted(): boolean;
    /** Why it was aborted; `undefined` until then. */
    get reason(): unknown;
    /** Aborts it; only the first reason counts. */
    abort(reason: unknown): void;
    /**
     * Calls a function when it is aborted, at once when it is already.
     *
     * @returns stops following; safe to call more than once
     */
    follow(onAbort: (reason: unknown) => void): () => void;
    /**
     * Settles as a promise does, or rejects with the reason, whichever comes first.
     *
     * @param onLate - given the value when it comes after the abort, to dispose of it
     */
    race<T>(promise: PromiseLike<T>, onLate?: (value: T) => void): Promise<T>;
}
