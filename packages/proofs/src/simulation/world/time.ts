import type { Clock } from '@anycontact/core'

/** Turns of the event loop in which nothing happened, after which nothing will until time goes on. */
const QUIET_TURNS = 2

interface Waiting {
  readonly at: number
  readonly wake: () => void
}

/**
 * Time that goes on only when everything that can happen at a moment has happened. Those who wait for the same moment are woken in the
 * order in which they came, one at a time, so that a run is the same run each time.
 */
export class Time {
  #now = Date.UTC(2026, 0, 1)
  #stirred = 0
  readonly #waiting = new Set<Waiting>()

  readonly now = (): number => this.#now

  /** Says that something happens, from which more may follow at the same moment. */
  stir(): void {
    this.#stirred++
  }

  /** Calls a function at a moment, in whole milliseconds as on every clock. @returns takes it back */
  at(moment: number, wake: () => void): () => void {
    this.stir()
    const waiting: Waiting = { at: Math.max(Math.ceil(moment), this.#now), wake }
    this.#waiting.add(waiting)
    return () => this.#waiting.delete(waiting)
  }

  /** Waits. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.#now + ms, resolve))
  }

  /**
   * Goes on until a promise is settled.
   *
   * @param limitMs - how long it may take on this clock
   * @throws Error where it takes longer, or waits for nothing
   */
  async settle<Value>(promise: Promise<Value>, limitMs: number): Promise<Value> {
    let isSettled = false
    const note = (): void => {
      isSettled = true
      this.stir()
    }
    promise.then(note, note)
    const limit = this.#now + limitMs
    for (;;) {
      await this.#quiet(() => isSettled)
      if (isSettled) return promise
      if (!this.#next()) throw new Error('It hangs: it waits for something that will never happen.')
      if (this.#now > limit) throw new Error(`It has not ended after ${limitMs} ms.`)
    }
  }

  /** Goes on until nobody waits. */
  async drain(): Promise<void> {
    do await this.#quiet(() => false)
    while (this.#next())
  }

  async #quiet(isEnough: () => boolean): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS && !isEnough(); ) {
      const before = this.#stirred
      await new Promise((resolve) => setImmediate(resolve))
      quiet = before === this.#stirred ? quiet + 1 : 0
    }
  }

  #next(): boolean {
    let next: Waiting | undefined
    for (const waiting of this.#waiting) if (next === undefined || waiting.at < next.at) next = waiting
    if (next === undefined) return false
    this.#waiting.delete(next)
    this.#now = next.at
    next.wake()
    return true
  }
}

/**
 * The clock of a process.
 *
 * @param isAlive - tells whether there is still somebody who can be woken
 * @param aheadMs - how much it is ahead of the right time
 */
export function clockIn(time: Time, isAlive: () => boolean, aheadMs = 0): Clock {
  return {
    now: () => time.now() + aheadMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason)
          return
        }
        const forget = time.at(time.now() + ms, () => {
          signal?.removeEventListener('abort', onAbort)
          if (isAlive()) resolve()
        })
        const onAbort = (): void => {
          forget()
          if (isAlive()) reject(signal?.reason)
        }
        signal?.addEventListener('abort', onAbort, { once: true })
      }),
  }
}
