/** Where time comes from; replaced in tests, so that nothing waits on the wall clock. */
export interface Clock {
  /** The time now, in milliseconds since the epoch. */
  now(): number
  /** Waits; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The longest wait that `setTimeout` can do; a longer one would fire at once. About 24.8 days. */
const longestTimeoutMs = 0x7fffffff

/** The runtime's own clock. A wait of more than 24.8 days ends after 24.8 days. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      const timer = setTimeout(
        () => {
          stopFollowing()
          resolve()
        },
        Math.min(ms, longestTimeoutMs),
      )
      const stopFollowing = followSignal(signal, (reason) => {
        clearTimeout(timer)
        reject(reason)
      })
    }),
}

/** Given as the reason, because `abort()` without one builds an exception with a stack trace each time. */
const disarmed = 'disarmed'

/**
 * Calls a function once a time has passed, unless stopped before.
 *
 * @param ms - `Infinity` never fires
 * @returns stops it; safe to call more than once
 */
export function startTimer(clock: Clock, ms: number, fire: () => void): () => void {
  if (ms === Number.POSITIVE_INFINITY) return () => {}
  // Each attempt starts one: the runtime's own timer costs a twentieth of a sleep that can be aborted.
  if (clock === systemClock) {
    const timer = setTimeout(fire, Math.min(ms, longestTimeoutMs))
    return () => clearTimeout(timer)
  }
  const stop = new AbortController()
  clock.sleep(ms, stop.signal).then(
    () => {
      if (!stop.signal.aborted) fire()
    },
    () => {},
  )
  return () => stop.abort(disarmed)
}

/** Who waits to be told, and where among the others. */
export type Told<Tell> = { readonly tell: Tell; at: number }

/**
 * Adds to what waits to be told, and gives what takes it out again, at any time, and as fast where thousands wait: the last takes its
 * place. In an array: of a `Set` that many join and leave, V8 makes table after table, and each keeps what stood in it, a page of a
 * listing for example, until the next full garbage collection.
 */
export function joined<Tell>(all: Told<Tell>[], tell: Tell): () => void {
  const told = { tell, at: all.length }
  all.push(told)
  return () => {
    const last = all[told.at] === told && all.pop()
    if (last && last !== told) all[told.at] = Object.assign(last, { at: told.at })
  }
}

interface Followers {
  readonly all: Told<(reason: unknown) => void>[]
  readonly stop: () => void
}

const followers = new WeakMap<AbortSignal, Followers>()

/**
 * Calls a function when a signal is aborted, at once when it is already. However many functions follow one signal, it has one
 * listener of ours: runtimes warn of signals with many.
 *
 * @param signal - the caller's; absent for none
 * @returns stops following; safe to call more than once
 */
export function followSignal(
  signal: AbortSignal | undefined,
  onAbort: (reason: unknown) => void,
): () => void {
  if (!signal) return () => {}
  if (signal.aborted) {
    onAbort(signal.reason)
    return () => {}
  }
  const known = followers.get(signal) ?? listen(signal)
  const leave = joined(known.all, onAbort)
  return () => {
    leave()
    if (known.all.length === 0) known.stop()
  }
}

function listen(signal: AbortSignal): Followers {
  const all: Followers['all'] = []
  const tellAll = (): void => {
    for (const { tell } of all.splice(0)) tell(signal.reason)
  }
  const stop = (): void => {
    signal.removeEventListener('abort', tellAll)
    if (followers.get(signal)?.all === all) followers.delete(signal)
  }
  signal.addEventListener('abort', tellAll, { once: true })
  followers.set(signal, { all, stop })
  return { all, stop }
}

/**
 * Ends a call, or one attempt, for a reason. Its signal is for `fetch` and for adapters, and made when it is asked for: what waits on
 * our side is called directly, because a controller, and listeners on a signal, cost more than the rest of an attempt.
 */
export class AbortSource {
  readonly #followers: Followers['all'] = []
  #controller: AbortController | undefined
  #isAborted = false
  #reason: unknown

  /** For `fetch`, which stops when it is aborted. */
  get signal(): AbortSignal {
    return (this.#controller ?? this.#makeController()).signal
  }

  /** Whether it was aborted. */
  get aborted(): boolean {
    return this.#isAborted
  }

  /** Why it was aborted; `undefined` until then. */
  get reason(): unknown {
    return this.#reason
  }

  /** Aborts it; only the first reason counts. */
  abort(reason: unknown): void {
    if (this.#isAborted) return
    this.#isAborted = true
    // A signal that is aborted without a reason makes one.
    this.#reason = reason === undefined ? AbortSignal.abort().reason : reason
    this.#controller?.abort(this.#reason)
    for (const { tell } of this.#followers.splice(0)) tell(this.#reason)
  }

  /** Does nothing until it is aborted. @throws the reason from then on */
  throwIfAborted(): void {
    if (this.#isAborted) throw this.#reason
  }

  /**
   * Calls a function when it is aborted, at once when it is already.
   *
   * @returns stops following; safe to call more than once
   */
  follow(onAbort: (reason: unknown) => void): () => void {
    if (this.#isAborted) {
      onAbort(this.#reason)
      return () => {}
    }
    return joined(this.#followers, onAbort)
  }

  /**
   * Settles as a promise does, or rejects with the reason, whichever comes first.
   *
   * @param onLate - given the value when it comes after the abort, to dispose of it
   */
  race<T>(promise: PromiseLike<T>, onLate?: (value: T) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = this.follow(reject)
      promise.then(
        (value) => {
          stop()
          if (this.#isAborted) onLate?.(value)
          resolve(value)
        },
        (error) => {
          stop()
          reject(error)
        },
      )
    })
  }

  #makeController(): AbortController {
    const controller = new AbortController()
    this.#controller = controller
    if (this.#isAborted) controller.abort(this.#reason)
    // Who follows its signal follows it, without a listener.
    else followers.set(controller.signal, { all: this.#followers, stop: () => undefined })
    return controller
  }
}

/** Hands out a fixed number of places, first come, first served. */
export interface Semaphore {
  /** Takes a place that is free. @returns gives it back, as {@link acquire}'s does; `undefined` where none is */
  take(): (() => void) | undefined
  /**
   * Waits for a place.
   *
   * @returns gives the place back; calls after the first do nothing
   * @throws the signal's reason, when it is aborted before a place is free
   */
  acquire(signal: AbortSignal): Promise<() => void>
}

/** A {@link Semaphore} with `places` places. */
export function createSemaphore(places: number): Semaphore {
  let free = places
  const waiting = new Set<() => void>()

  const place = (): (() => void) => {
    let held = true
    return () => {
      if (!held) return
      held = false
      const [next] = waiting
      if (next === undefined) free++
      else next()
    }
  }

  const take = (): (() => void) | undefined => {
    if (free === 0) return undefined
    free--
    return place()
  }

  return {
    take,
    async acquire(signal) {
      signal.throwIfAborted()
      const taken = take()
      if (taken !== undefined) return taken
      return new Promise((resolve, reject) => {
        const enter = (): void => {
          waiting.delete(enter)
          stopFollowing()
          resolve(place())
        }
        waiting.add(enter)
        const stopFollowing = followSignal(signal, (reason) => {
          waiting.delete(enter)
          reject(reason)
        })
      })
    },
  }
}

/** Runs tasks that share a key one after the other, in the order in which they came; others run side by side. */
export class KeyQueue {
  /** Keys under which a create may still be on its way: nobody who waits for it is to create another one. */
  readonly doubts: Set<string> = new Set()
  /** Under which spelling a key was last stored, for providers that look up one spelling alone; the oldest are forgotten. */
  readonly spellings: Map<string, string> = new Map()
  readonly #last = new Map<string, Promise<unknown>>()

  /**
   * Runs a task when all earlier ones with any of its keys are over.
   *
   * @param keys - what the task touches
   * @param task - its failure is the caller's, and holds up nobody
   */
  async run<Result>(keys: readonly string[], task: () => Promise<Result>): Promise<Result> {
    const before = keys.map((key) => this.#last.get(key))
    const mine = before.some((task) => task !== undefined) ? Promise.all(before).then(task) : task()
    const over = mine.then(
      () => undefined,
      () => undefined,
    )
    // All keys are taken in one go, so that no two tasks can wait for each other.
    for (const key of keys) this.#last.set(key, over)
    try {
      return await mine
    } finally {
      for (const key of keys) {
        if (this.#last.get(key) !== over) continue
        this.#last.delete(key)
        // Nobody waits any more who would create it again.
        this.doubts.delete(key)
      }
    }
  }
}
