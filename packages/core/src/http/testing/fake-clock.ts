import type { Clock } from '../../call/timing.ts'

/** A clock for tests that stands still until told to move. */
export interface FakeClock extends Clock {
  /** How many sleeps are under way. */
  readonly pending: number
  /** Moves on, waking up who is due, in order, and lets everything run that follows from it. */
  advance(ms: number): Promise<void>
  /** Moves on from one sleeper to the next until the promise settles; fails when there is no sleeper left to wake up. */
  settle<T>(promise: Promise<T>): Promise<T>
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** Lets all that is ready run: one turn of the event loop, without a timer. */
export function flush(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/**
 * Creates a {@link FakeClock}.
 *
 * @param startMs - milliseconds since the epoch. @default 2026-01-01T00:00:00Z
 */
export function createFakeClock(startMs: number = Date.UTC(2026, 0, 1)): FakeClock {
  let now = startMs
  const sleepers = new Set<Sleeper>()

  const earliest = (): Sleeper | undefined => {
    let first: Sleeper | undefined
    for (const sleeper of sleepers) if (first === undefined || sleeper.at < first.at) first = sleeper
    return first
  }
  const wakeNext = async (limit: number): Promise<boolean> => {
    const next = earliest()
    if (next === undefined || next.at > limit) return false
    now = Math.max(now, next.at)
    next.wake()
    await flush()
    return true
  }

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason)
          return
        }
        const onAbort = (): void => {
          sleepers.delete(sleeper)
          reject(signal?.reason)
        }
        const sleeper: Sleeper = {
          at: now + ms,
          wake: () => {
            sleepers.delete(sleeper)
            signal?.removeEventListener('abort', onAbort)
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', onAbort, { once: true })
      }),
    get pending() {
      return sleepers.size
    },
    async advance(ms) {
      const until = now + ms
      await flush()
      while (await wakeNext(until)) {
        // one after the other, because each may start new ones
      }
      now = until
    },
    async settle(promise) {
      let settled = false
      const note = (): void => {
        settled = true
      }
      promise.then(note, note)
      await flush()
      while (!settled) {
        if (!(await wakeNext(Number.POSITIVE_INFINITY))) throw new Error('nothing is left to wait for')
      }
      return promise
    },
  }
}
