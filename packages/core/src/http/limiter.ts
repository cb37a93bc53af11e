import { type Clock, createSemaphore, systemClock } from '../call/timing.ts'
import { ContactsError } from '../errors.ts'
import type { RateLimiter, RateLimitOptions } from './types.ts'

/** Makes the error about an option from what is wrong with it. */
export type Fail = (problem: string) => ContactsError

/**
 * Makes a limit that several clients of one program share: each takes it as its `rateLimit`.
 *
 * @param limit - for all of them together
 * @param clock - replaced in tests. @default the runtime's
 * @throws ContactsError `config` for a limit that cannot work
 *
 * @example
 * ```ts
 * const rateLimit = createRateLimiter({ requests: 100, perMs: 60_000, burst: 10 })
 * const sales = chatbotkit({ secret: salesSecret, rateLimit })
 * const support = chatbotkit({ secret: supportSecret, rateLimit })
 * ```
 */
export function createRateLimiter(limit: RateLimitOptions, clock: Clock = systemClock): RateLimiter {
  checkLimit(limit, 'limit', (problem) => new ContactsError({ code: 'config', message: `${problem}.` }))
  return new Limiter(limit, clock)
}

/**
 * A sliding window and a bucket: no more than `requests` in any window of `perMs`, and no more than `burst` at once, where the rest
 * follows at the pace of the limit. A call that is aborted uses up nothing.
 */
class Limiter implements RateLimiter {
  readonly #perMs: number
  /** The most starts in a window. */
  readonly #most: number
  /** How much earlier than the pace of the limit a request may start; absent where the window alone is as strict. */
  readonly #aheadMs: number | undefined
  readonly #paceMs: number
  readonly #clock: Clock
  readonly #within: RateLimiter | undefined
  readonly #queue = createSemaphore(1)
  /** When the requests of the last window started. */
  #starts: number[] = []
  /** When the next one would start at the pace of the limit. */
  #nextAt = 0

  /**
   * @param within - a limit that holds too; its turn is taken last, so that both count the request from the same moment
   */
  constructor({ requests, perMs, burst = requests }: RateLimitOptions, clock: Clock, within?: RateLimiter) {
    this.#perMs = perMs
    this.#most = Math.max(requests, burst)
    this.#paceMs = perMs / requests
    const isPaced = burst !== requests && Number.isFinite(this.#paceMs)
    this.#aheadMs = isPaced ? (burst - 1) * this.#paceMs : undefined
    this.#clock = clock
    this.#within = within
  }

  async take(signal: AbortSignal): Promise<void> {
    const leave = await this.#queue.acquire(signal)
    try {
      for (let waitMs = this.#waitMs(); waitMs > 0; waitMs = this.#waitMs()) {
        await this.#clock.sleep(waitMs, signal)
      }
      await this.#within?.take(signal)
      const now = this.#clock.now()
      this.#starts.push(now)
      this.#nextAt = Math.max(now, this.#nextAt) + this.#paceMs
    } finally {
      leave()
    }
  }

  /** How long until one more may start, in whole milliseconds: a part of one would be slept through again and again. */
  #waitMs(): number {
    const now = this.#clock.now()
    this.#setBack(now)
    while (this.#starts[0] !== undefined && this.#starts[0] + this.#perMs <= now) this.#starts.shift()
    const [oldest] = this.#starts
    const forWindow =
      oldest === undefined || this.#starts.length < this.#most ? 0 : oldest + this.#perMs - now
    const forPace = this.#aheadMs === undefined ? 0 : this.#nextAt - this.#aheadMs - now
    return Math.ceil(Math.max(forWindow, forPace) - 1e-6)
  }

  /** A clock that is put back must not hold requests up until it is again as late as it was. */
  #setBack(now: number): void {
    const backMs = (this.#starts.at(-1) ?? now) - now
    if (backMs <= 0) return
    this.#starts = this.#starts.map((start) => start - backMs)
    this.#nextAt -= backMs
  }
}

/** Waits for the turn of a request of a group, or of none. */
export type TakeTurn = (signal: AbortSignal, group?: string | undefined) => Promise<void>

/**
 * Puts a client's limits together: that of all requests, and those of groups of routes, which hold beside it.
 *
 * @param fail - makes the error for a limiter that fails
 * @returns `undefined` where nothing is limited
 */
export function createTurns(
  rateLimit: RateLimitOptions | RateLimiter | undefined,
  groupLimits: Readonly<Record<string, RateLimitOptions | RateLimiter>>,
  clock: Clock,
  fail: Fail,
): TakeTurn | undefined {
  const all = rateLimit && limiterOf(rateLimit, clock)
  const groups = new Map(
    Object.entries(groupLimits).map(([group, limit]) => [group, limiterOf(limit, clock, all)]),
  )
  if (all === undefined && groups.size === 0) return undefined
  return async (signal, group) => {
    const limiter = group === undefined ? all : groups.get(group)
    try {
      await limiter?.take(signal)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      // Nothing more of it is passed on: the error of one that is shared over a network can hold its address and password.
      if (!ContactsError.is(error)) {
        throw fail(
          `\`take\` of \`rateLimit\` failed with ${error instanceof Error ? error.name : typeof error}`,
        )
      }
      throw error
    }
  }
}

/** @param within - a limit that holds too */
function limiterOf(
  limit: RateLimitOptions | RateLimiter,
  clock: Clock,
  within?: RateLimiter | undefined,
): RateLimiter {
  if (!isLimiter(limit)) return new Limiter(limit, clock, within)
  if (!within) return limit
  return {
    async take(signal) {
      await limit.take(signal)
      await within.take(signal)
    },
  }
}

function isLimiter(limit: RateLimitOptions | RateLimiter): limit is RateLimiter {
  return 'take' in limit
}

/**
 * Checks a limit.
 *
 * @throws what `fail` makes, naming the option
 */
export function checkLimit(limit: RateLimitOptions | RateLimiter, name: string, fail: Fail): void {
  if (typeof limit !== 'object' || limit === null) {
    throw fail(`\`${name}\` must be { requests, perMs }, or an object with a \`take\` function`)
  }
  if (isLimiter(limit)) {
    if (typeof limit.take === 'function') return
    throw fail(`\`${name}.take\` must be a function`)
  }
  positiveInteger(limit.requests, `${name}.requests`, fail)
  positive(limit.perMs, `${name}.perMs`, fail)
  if (limit.burst !== undefined) positiveInteger(limit.burst, `${name}.burst`, fail)
}

/**
 * Checks that a number is above zero; `Infinity` is.
 *
 * @throws what `fail` makes, naming the option
 */
export function positive(value: number, name: string, fail: Fail): number {
  if (typeof value === 'number' && value > 0) return value
  throw fail(`\`${name}\` must be a number above 0`)
}

/** As {@link positive}, for whole numbers. */
export function positiveInteger(value: number, name: string, fail: Fail): number {
  if (value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && value > 0)) return value
  throw fail(`\`${name}\` must be a whole number above 0`)
}
