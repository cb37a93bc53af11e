import type { Clock } from '@anycontact/core'

/** Turns of the event loop without a request or a new wait after which nothing happens by itself any more. */
const QUIET_TURNS = 5

/** How long a call may take on this clock: far more than any time-out, retry or wait that was asked for. */
const PATIENCE_MS = 6 * 3_600_000

/** How a promise ended, as far as the clock can tell. */
export type End = 'settled' | 'hangs' | 'endless'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** A clock that jumps from wait to wait whenever nothing else is left to happen. */
export class VirtualClock implements Clock {
  #now = Date.UTC(2026, 0, 1)
  #activity = 0
  readonly #sleepers = new Set<Sleeper>()

  readonly now = (): number => this.#now

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    this.stir()
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      const onAbort = (): void => {
        this.#sleepers.delete(sleeper)
        reject(signal?.reason)
      }
      const wake = (): void => {
        this.#sleepers.delete(sleeper)
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }
      const sleeper: Sleeper = { at: this.#now + ms, wake }
      this.#sleepers.add(sleeper)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  /** Says that something has just happened, so that more may follow by itself. */
  stir(): void {
    this.#activity += 1
  }

  /** Moves on until a promise settles, or tells why it never will. */
  async settle(promise: Promise<unknown>): Promise<End> {
    let isSettled = false
    const note = (): void => {
      isSettled = true
    }
    promise.then(note, note)
    const limit = this.#now + PATIENCE_MS
    for (;;) {
      await this.#quiet(() => isSettled)
      if (isSettled) return 'settled'
      if (!this.#wakeNext()) return 'hangs'
      if (this.#now > limit) return 'endless'
    }
  }

  /** Moves on until no wait is left. */
  async drain(): Promise<void> {
    do await this.#quiet(() => false)
    while (this.#wakeNext())
  }

  async #quiet(isEnough: () => boolean): Promise<void> {
    let quiet = 0
    while (quiet < QUIET_TURNS && !isEnough()) {
      const before = this.#activity
      await new Promise((resolve) => setImmediate(resolve))
      quiet = before === this.#activity ? quiet + 1 : 0
    }
  }

  #wakeNext(): boolean {
    let next: Sleeper | undefined
    for (const sleeper of this.#sleepers) if (next === undefined || sleeper.at < next.at) next = sleeper
    if (next === undefined) return false
    this.#now = Math.max(this.#now, next.at)
    next.wake()
    return true
  }
}
