/** The timers of a worker, counted: a program is over when it waits for nothing more. */
export interface CountedTimers {
  /** How many are set and have not fired; an interval counts until it is cleared. */
  pending(): number
  /** Waits a moment, by a timer that does not count. */
  rest(): Promise<void>
}

const REST_MS = 5

type Callback = (...given: unknown[]) => void

/** Counts the timers that are set from now on. */
export function countTimers(): CountedTimers {
  const real = {
    setTimeout: globalThis.setTimeout.bind(globalThis),
    setInterval: globalThis.setInterval.bind(globalThis),
    clear: globalThis.clearTimeout.bind(globalThis),
  }
  const running = new Set<unknown>()

  const setTimeout = (callback: Callback, ms?: number, ...given: unknown[]): unknown => {
    const timer = real.setTimeout(() => {
      running.delete(timer)
      callback(...given)
    }, ms)
    running.add(timer)
    return timer
  }
  const setInterval = (callback: Callback, ms?: number, ...given: unknown[]): unknown => {
    const timer = real.setInterval(() => callback(...given), ms)
    running.add(timer)
    return timer
  }
  const clear = (timer: ReturnType<typeof real.setTimeout> | undefined): void => {
    running.delete(timer)
    real.clear(timer)
  }
  // A page has one kind of timers for both: either function ends either.
  Object.assign(globalThis, { setTimeout, setInterval, clearTimeout: clear, clearInterval: clear })
  return {
    pending: () => running.size,
    rest: () => new Promise((resolve) => real.setTimeout(resolve, REST_MS)),
  }
}
