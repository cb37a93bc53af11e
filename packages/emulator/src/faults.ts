import type { JsonValue } from './json.ts'

/** How far into an answer's body something happens. */
export type BodyPosition = { readonly afterBytes: number } | { readonly afterLines: number }

/**
 * What goes wrong. The members can be combined; they take effect in the order in which they stand here. An empty
 * fault changes nothing.
 */
export interface Fault {
  /** Waits that many milliseconds, through the emulator's `sleep`, before anything else. */
  readonly latencyMs?: number
  /**
   * Never goes on: `'request'` before the request is applied, `'answer'` after it, a position in the middle of
   * the body. Ends when the client gives up.
   */
  readonly stall?: 'request' | 'answer' | BodyPosition
  /**
   * Breaks the connection: `'connect'` before it is made, as where nobody listens, so that surely nothing was sent (on a socket, as
   * `'request'`); `'request'` before the request is applied, `'answer'` after it was applied and before the answer's first byte, a
   * position in the middle of the body.
   */
  readonly cut?: 'connect' | 'request' | 'answer' | BodyPosition
  /**
   * Answers with this status, without applying the request unless `applied` says so.
   * @default 502 with `html`, 429 with `retryAfter`
   */
  readonly status?: number
  /** Headers of that answer, or of the vendor's own, over the usual ones: another content type, a limit's reset. */
  readonly headers?: Readonly<Record<string, string>>
  /** Body of that answer: text as it is, anything else as JSON. @default the vendor's error body for the status */
  readonly body?: JsonValue
  /** Answers with an HTML error page, as an edge in front of the API does. */
  readonly html?: boolean
  /** Answers with `Retry-After`: a number as seconds, a `Date` as an HTTP date. */
  readonly retryAfter?: number | Date
  /** Applies the request although it is answered with the status above. @default false */
  readonly applied?: boolean
  /**
   * Applies the request only that many milliseconds later, through the emulator's `sleep`. Until then the client sees what else the
   * fault says: a `status`, `cut: 'answer'`, `stall: 'answer'`.
   * @default 504 where it says nothing else
   */
  readonly applyAfterMs?: number
  /**
   * Applies the request without these fields of its JSON body, at whatever depth they stand: the server does not keep them, and
   * answers as if nothing were amiss.
   */
  readonly forget?: readonly string[]
  /**
   * Replaces the JSON of the vendor's own answer by what the function makes of it. A JSONL stream stays as it is: `malformed`
   * changes its records.
   * @example { rewrite: () => ({ error: 'Something is wrong' }) }
   */
  readonly rewrite?: (answer: unknown) => unknown
  /** Sends so many bytes of the body, then ends it cleanly. */
  readonly truncateBytes?: number
  /** Sends the body in chunks of so many bytes; of several sizes, in turn. */
  readonly chunkBytes?: number | readonly number[]
}

/** Which requests a fault meets. */
export interface FaultMatch {
  /** Only this method, upper case. @default any */
  readonly method?: string
  /** Only paths that end with the text, or match the expression (tested on the path without the query). @default any */
  readonly path?: string | RegExp
  /** How many matching requests to let pass first. @default 0 */
  readonly skip?: number
  /** How many matching requests to meet; `Infinity` for all. @default 1 */
  readonly times?: number
}

/** The faults that wait for requests. Each request takes the first that matches it, and no other. */
export interface FaultQueue<F extends Fault> {
  /**
   * Puts a fault at the end of the queue.
   *
   * @throws Error for a fault that could not do what it says: a member that there is not, a method or a path that no route has. What
   * an expression matches is not checked, so one can meet a path that is not emulated.
   */
  add(fault: FaultMatch & F): void
  /** Takes all faults out. */
  clear(): void
  /** How many faults have still a request to meet. */
  readonly pending: number
}

/** A fault queue with its reading end. */
export interface FaultSource<F extends Fault> {
  readonly queue: FaultQueue<F>
  /** Takes the fault that this request meets. */
  take(method: string, path: string): F | undefined
}

/**
 * Makes an empty fault queue.
 *
 * @param check - throws for a fault that could not do what it says
 */
export function createFaults<F extends Fault>(check: (fault: FaultMatch & F) => void): FaultSource<F> {
  let waiting: { readonly fault: FaultMatch & F; skip: number; times: number }[] = []
  return {
    queue: {
      add(fault) {
        check(fault)
        waiting.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 })
      },
      clear() {
        waiting = []
      },
      get pending() {
        return waiting.length
      },
    },
    take(method, path) {
      for (const entry of waiting) {
        if (!matches(entry.fault, method, path)) continue
        if (entry.skip > 0) {
          entry.skip -= 1
          continue
        }
        entry.times -= 1
        if (entry.times <= 0) waiting = waiting.filter((other) => other !== entry)
        return entry.fault
      }
      return undefined
    },
  }
}

function matches(match: FaultMatch, method: string, path: string): boolean {
  if (match.method !== undefined && match.method !== method) return false
  if (match.path === undefined) return true
  if (typeof match.path === 'string') return path.endsWith(match.path)
  match.path.lastIndex = 0
  return match.path.test(path)
}
