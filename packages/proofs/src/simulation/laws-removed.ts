/** A line that keeps a law, and what stands there instead when the law is taken out of the code. */
export interface Removed {
  /** What is no longer done. */
  readonly what: string
  /** The file, in short: `sync/engine/settle.ts`. */
  readonly file: string
  /** Text that is in the file once. */
  readonly line: string
  readonly becomes: string
}

/** Each of them has to turn the simulation red: else it is blind to what the line is for. */
export const LAWS_REMOVED: readonly Removed[] = [
  {
    what: 'law 1: the intent of a write is in the ledger before it is sent',
    file: 'sync/engine/send-tasks.ts',
    line: "lease.claim,\n    intents.map((intent) => ({ type: 'intent', intent })),",
    becomes: 'lease.claim, [],',
  },
  {
    what: 'law 1: a write whose outcome is not known is settled once it cannot be on its way any more',
    file: 'sync/engine/settle.ts',
    line: 'if (waitMs > 0) await clock.sleep(',
    becomes: 'if (waitMs > 1e12) await clock.sleep(',
  },
  {
    what: 'law 2: who is at the target alone is made at the source',
    file: 'sync/engine/leftovers.ts',
    line: "if (target && work.plan.direction === 'both') await createAtSource",
    becomes: "if (target && work.plan.direction === 'one-way') await createAtSource",
  },
  {
    what: 'law 3: a listing that is short of its own total is not complete',
    file: 'sync/engine/read-side.ts',
    line: 'if (!resumed) return complete === true',
    becomes: 'if (!resumed) return complete !== undefined',
  },
  {
    what: 'law 5: what is written to either side is noted for either side',
    file: 'sync/engine/reconcile.ts',
    line: "return plan.direction === 'both' ? ['target', 'source'] : ['target']",
    becomes: "return ['target']",
  },
  {
    what: 'law 6: what was changed at the target only goes to the source',
    file: 'sync/merge/merge.ts',
    line: 'if (!isChangedHere) return { wanted: t }',
    becomes: 'if (!isChangedHere) return { wanted: s }',
  },
  {
    what: 'law 7: behind a burst, requests follow at the pace of the limit',
    file: 'core/http/limiter.ts',
    line: 'this.#nextAt = Math.max(now, this.#nextAt) + this.#paceMs',
    becomes: 'this.#nextAt = now',
  },
]
