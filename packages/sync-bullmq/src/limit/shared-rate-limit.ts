import { setTimeout as timer } from 'node:timers/promises'
import { type Clock, ContactsError, type RateLimiter } from '@anycontact/core'
import { storedText } from '@anycontact/sync/ledger-kit'
import { migrate } from '../ledger/migrate.ts'
import { Database } from '../postgres/database.ts'
import { type OpenPool, openPool, type PostgresSource } from '../postgres/pool.ts'
import { type Pace, paceOf, type SharedRate } from './pace.ts'
import { takeTurns } from './turns.ts'

/** What a limit is made of that several processes share. */
export type SharedRateLimitOptions = PostgresSource &
  SharedRate & {
    /** What is limited, such as the vendor and the account. All that give the same name share the limit; they must give the same rate. */
    readonly name: string
    /**
     * By how much longer one request may be on its way to the server than another, in milliseconds: from its turn by the database's clock
     * to its arrival. So much of the burst is held back.
     *
     * @default half of what the burst leaves room for: (burst - 1) * perMs / requests / 2
     */
    readonly jitterMs?: number | undefined
    /** The schema of the ledger. @default 'anycontact_sync' */
    readonly schema?: string | undefined
    /** Replaced in tests. @default the runtime's, one that is never put back */
    readonly clock?: Clock | undefined
  }

/** A limit that several processes share: given to each client as its `rateLimit`. */
export interface SharedRateLimiter extends RateLimiter, AsyncDisposable {
  /** Ends its connections; who waits for a turn is refused. */
  close(): Promise<void>
}

/**
 * One limit for all processes that use a PostgreSQL: at the server no window of any length sees more than
 * `requests × window / perMs + burst`.
 *
 * A turn is a time by the database's clock. A request never goes out before its turn, and never more than `jitterMs` after it: what is
 * late, because the process was busy or the database slow, gives its turn back and takes another one. So the limit holds as long as the ways of two requests,
 * from the end of `take` to the server, do not differ by more than what is left of `jitterMs`. With a burst of 1 there is no room for
 * that, and two requests can arrive closer to each other than the pace. After a crash of the database the limit begins anew.
 *
 * The turn of a `take` that is aborted goes to the next one of the process, or back.
 *
 * @throws ContactsError `config` for a limit that cannot work
 *
 * @example
 * ```ts
 * await using rateLimit = sharedRateLimit({ connectionString, name: 'chatbotkit', requests: 50, perMs: 1000, burst: 5 })
 * const contacts = chatbotkit({ secret, rateLimit })
 * ```
 */
export function sharedRateLimit(options: SharedRateLimitOptions): SharedRateLimiter {
  return new SharedLimiter(options)
}

interface Waiter {
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/** How many of the last questions to the database tell how long one takes at least. */
const REMEMBERED = 32

class SharedLimiter implements SharedRateLimiter {
  readonly #name: string
  readonly #pace: Pace
  readonly #connections: OpenPool
  readonly #database: Database
  readonly #clock: Clock
  readonly #waiting = new Set<Waiter>()
  /** How long the last questions to the database took. */
  readonly #tookMs: number[] = []
  #migrating: Promise<void> | undefined
  #closing: Promise<void> | undefined
  #isAtWork = false
  /** Aborted when nobody waits any more. */
  #nobody = new AbortController()

  constructor({
    name,
    schema = 'anycontact_sync',
    jitterMs,
    clock = CLOCK,
    ...rest
  }: SharedRateLimitOptions) {
    this.#name = storedText(name)
    this.#pace = paceOf(rest, jitterMs)
    this.#connections = openPool(rest, 1)
    this.#database = new Database(this.#connections.pool, schema)
    this.#clock = clock
  }

  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#closing) throw closed()
    await new Promise<void>((resolve, reject) => {
      const settled = (): void => signal.removeEventListener('abort', abort)
      const waiter: Waiter = {
        resolve() {
          settled()
          resolve()
        },
        reject(reason) {
          settled()
          reject(reason)
        },
      }
      const abort = (): void => {
        this.#leave(waiter)
        waiter.reject(signal.reason)
      }
      signal.addEventListener('abort', abort)
      this.#waiting.add(waiter)
      if (!this.#isAtWork) void this.#work()
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#connections.end()
    this.#refuseAll(closed())
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Takes turns for those who wait, until nobody does. */
  async #work(): Promise<void> {
    this.#isAtWork = true
    try {
      this.#migrating ??= migrate(this.#database)
      await this.#migrating
      while (this.#waiting.size > 0) await this.#takeSome(Math.min(this.#waiting.size, this.#pace.turns))
    } catch (error) {
      // What was wrong may be mended before the next one.
      this.#migrating = undefined
      this.#refuseAll(error)
    } finally {
      this.#isAtWork = false
    }
  }

  async #takeSome(count: number): Promise<void> {
    const askedAt = this.#clock.now()
    const turns = await takeTurns(this.#database, this.#name, this.#pace, count)
    const toldAt = this.#clock.now()
    const delayMs = this.#delay(toldAt - askedAt)
    let used = 0
    for (const waitMs of turns.waitsMs) {
      const lateMs = delayMs + (await this.#waitUntil(toldAt + waitMs))
      const [waiter] = this.#waiting
      if (waiter === undefined) break
      if (lateMs > this.#pace.lateMs) continue
      used += 1
      this.#leave(waiter)
      waiter.resolve()
    }
    if (used < count && !this.#closing) await turns.giveBack(count - used)
  }

  /** @returns how much later it is then; at once when nobody waits any more */
  async #waitUntil(time: number): Promise<number> {
    for (let leftMs = time - this.#clock.now(); leftMs > 0; leftMs = time - this.#clock.now()) {
      if (this.#waiting.size === 0) return 0
      this.#nobody = new AbortController()
      try {
        await this.#clock.sleep(Math.ceil(leftMs), this.#nobody.signal)
      } catch {
        return 0
      }
    }
    return this.#clock.now() - time
  }

  #leave(waiter: Waiter): void {
    this.#waiting.delete(waiter)
    if (this.#waiting.size === 0) this.#nobody.abort()
  }

  #refuseAll(reason: unknown): void {
    for (const waiter of this.#waiting) {
      this.#leave(waiter)
      waiter.reject(reason)
    }
  }

  /**
   * How late turns can be because of how long the database took to tell of them: it is not known when in between it gave them. Where one
   * is so far away that nothing would be left, what it takes at least is as if the clocks differed.
   */
  #delay(tookMs: number): number {
    this.#tookMs.push(tookMs)
    if (this.#tookMs.length > REMEMBERED) this.#tookMs.shift()
    const shortest = Math.min(...this.#tookMs)
    return shortest > this.#pace.lateMs / 2 ? tookMs - shortest : tookMs
  }
}

const CLOCK: Clock = {
  now: () => performance.now(),
  async sleep(ms, signal) {
    await timer(ms, undefined, signal ? { signal } : {})
  },
}

function closed(): ContactsError {
  return new ContactsError({ code: 'config', message: 'The shared rate limit was closed; make another one.' })
}
