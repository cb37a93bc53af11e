import type { Clock } from '../call/timing.ts'

/** How a {@link TestClock} runs. */
export interface TestClockOptions {
  /** Where it starts, in milliseconds since the epoch. @default 2026-01-01T00:00:00Z */
  readonly startMs?: number | undefined
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
  readonly waits?: 'hold' | 'pass' | ((ms: number) => boolean) | undefined
  /**
   * How far each look at the clock moves it, in milliseconds, so that records are ordered as they were made.
   * @default 1 where waits can pass, 0 where all hold
   */
  readonly tickMs?: number | undefined
}

/** A clock for tests, on which no wait takes real time. */
export interface TestClock extends Clock {
  /** The waits that passed by themselves, in milliseconds, in their order. */
  readonly waits: number[]
  /** How many waits hold. */
  readonly pending: number
  /** Moves the clock on and ends the waits that are due, in their order, each with all that follows from it. */
  advance(ms: number): Promise<void>
  /**
   * Moves the clock from one wait to the next until a promise settles.
   *
   * @throws Error when the promise is not settled and no wait is left to end
   */
  settle<T>(promise: PromiseLike<T>): Promise<T>
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** Waits shorter than this are pauses, longer ones time-outs. */
const PAUSE_MS = 30_000
/** As many turns of the event loop as an answer may need to be read to its end. */
const TURNS = 10

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
export function createTestClock(options: TestClockOptions = {}): TestClock {
  const { startMs = Date.UTC(2026, 0, 1), waits: mode = 'hold' } = options
  const { tickMs = mode === 'hold' ? 0 : 1 } = options
  const passes = typeof mode === 'function' ? mode : (ms: number) => mode === 'pass' && ms < PAUSE_MS
  const sleepers = new Set<Sleeper>()
  const waits: number[] = []
  let now = startMs

  const wakeNext = (limit: number): boolean => {
    const next = earliest(sleepers)
    if (next === undefined || next.at > limit) return false
    now = Math.max(now, next.at)
    next.wake()
    return true
  }
  const pass = (ms: number): void => {
    const until = now + ms
    waits.push(ms)
    while (wakeNext(until)) {
      // one after the other
    }
    now = Math.max(now, until)
  }

  return {
    waits,
    now: () => {
      now += tickMs
      return now
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason)
          return
        }
        if (passes(ms)) {
          pass(ms)
          resolve()
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
      await turns(TURNS)
      while (wakeNext(until)) await turns(TURNS)
      now = Math.max(now, until)
    },
    async settle(promise) {
      let isSettled = false
      const note = (): void => {
        isSettled = true
      }
      promise.then(note, note)
      await turns(TURNS, () => isSettled)
      while (!isSettled) {
        if (!wakeNext(Number.POSITIVE_INFINITY)) throw new Error('Nothing is left to wait for.')
        await turns(TURNS, () => isSettled)
      }
      return promise
    },
  }
}

/**
 * What a promise is rejected with.
 *
 * @param promise - one that should fail
 * @throws Error when it does not
 */
export async function failure(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It should have failed.')
}

function earliest(sleepers: Iterable<Sleeper>): Sleeper | undefined {
  let first: Sleeper | undefined
  for (const sleeper of sleepers) if (first === undefined || sleeper.at < first.at) first = sleeper
  return first
}

/** Lets everything run that is ready, and what follows from it. */
async function turns(count: number, isEnough: () => boolean = () => false): Promise<void> {
  for (let turn = 0; turn < count && !isEnough(); turn++) await nextTurn()
}

/** Lets all that is ready run: one turn of the event loop, without a timer. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
