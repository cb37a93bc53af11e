import { type Applied, ContactsError, changedError } from '../errors.ts'
import type { Hold } from './hold.ts'
import { textsIn } from './needles.ts'
import { createScrubber, type Scrubber } from './scrub.ts'
import type { CallOptions, CallSettings, ScopeInit } from './settings.ts'
import { AbortSource, type Clock, followSignal, startTimer } from './timing.ts'

export type { CallSettings, ScopeInit }

/** The reason with which a scope is aborted when its time is up; it never leaves the house. */
class DeadlinePassed {
  readonly deadlineMs: number
  constructor(deadlineMs: number) {
    this.deadlineMs = deadlineMs
  }
}

/** So many sources of sent texts are kept; of more, those that were added first are forgotten. */
const MAX_SOURCES = 64

/** What became of a write that was sent. */
export interface SentWrite {
  /** Says what the answer said; `unknown` where there was none that can be understood. */
  settle(applied: Applied): void
}

/**
 * Everything that happens under one call: an awaited call with all its requests, one page of a listing, one item of a batch, or
 * one stream. It holds one signal, one deadline, and what was sent. Adapters hand it to each request as it is.
 */
export class CallScope implements CallSettings {
  readonly provider: string
  readonly operation: string
  readonly timeoutMs: number | undefined
  readonly deadlineMs: number | undefined
  readonly headers: Readonly<Record<string, string>> | undefined
  readonly retry: CallOptions['retry']
  readonly clock: Clock
  /** When the deadline passes, in milliseconds since the epoch; `Infinity` without one. */
  readonly endsAt: number
  /** Shared with all that belongs together. @internal */
  readonly hold: Hold

  readonly #untilHeaders: boolean
  readonly #caller: AbortSignal | undefined
  readonly #abort = new AbortSource()
  #dropped: Set<string> | undefined
  readonly #log: CallLog
  readonly #stopFollowing: () => void
  readonly #stopTimer: (() => void) | undefined

  constructor(settings: CallOptions, init: ScopeInit, log: CallLog = new CallLog()) {
    const { signal, timeoutMs, deadlineMs, headers, retry } = settings
    this.provider = init.provider
    this.operation = init.operation
    this.clock = init.clock
    this.timeoutMs = timeoutMs
    this.deadlineMs = deadlineMs
    this.headers = headers
    this.retry = retry
    this.hold = init.hold ?? {}
    this.#caller = signal
    this.#log = log
    if (init.input !== undefined) this.noteInput(init.input)
    this.#untilHeaders = init.untilHeaders ?? false
    const limitMs = this.#untilHeaders || deadlineMs === Number.POSITIVE_INFINITY ? undefined : deadlineMs
    this.endsAt =
      limitMs === undefined ? (init.endsAt ?? Number.POSITIVE_INFINITY) : init.clock.now() + limitMs
    this.#stopFollowing = followSignal(signal, (reason) => this.#abort.abort(reason))
    if (limitMs === undefined) return
    this.#stopTimer = startTimer(init.clock, limitMs, () => this.#abort.abort(new DeadlinePassed(limitMs)))
  }

  /** Aborted when the caller aborts, and when the deadline passes. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** The same as its signal, which then need not be made. @internal */
  get ending(): AbortSource {
    return this.#abort
  }

  /** A scope with the same settings and a deadline of its own: for one item of a batch, or one page. */
  child(): CallScope {
    return new CallScope({ ...this.#settings(), signal: this.signal }, this)
  }

  /**
   * A part of this scope that ends earlier: with the same deadline and the same memory, aborted by a signal of its own too.
   *
   * @param signal - one that follows this scope's
   */
  part(signal: AbortSignal): CallScope {
    const { timeoutMs, headers, retry } = this
    return new CallScope({ timeoutMs, headers, retry, signal }, this, this.#log)
  }

  /**
   * The scope of one request: this one, or, where there is no deadline for the whole, one of its own.
   *
   * @param deadlineMs - the HTTP client's, for a call that has none
   */
  forRequest(deadlineMs: number): CallScope {
    if (this.endsAt !== Number.POSITIVE_INFINITY) return this
    const limitMs = this.deadlineMs ?? deadlineMs
    if (limitMs === Number.POSITIVE_INFINITY) return this
    const settings = { ...this.#settings(), deadlineMs: limitMs, signal: this.signal }
    return new CallScope(settings, this, this.#log)
  }

  /** Ends it: nothing listens and no timer runs any more. Safe to call more than once. */
  close(): void {
    this.#stopTimer?.()
    this.#stopFollowing()
  }

  /** Aborts what is still under way in it, and ends it. */
  leave(reason: unknown): void {
    this.close()
    this.#abort.abort(reason)
  }

  /**
   * Notes what a request sends, so that no error of the call shows it.
   *
   * @param texts - asked for when there is an error
   */
  noteSent(texts: () => readonly string[]): void {
    this.#log.note(texts)
  }

  /** Notes what the call was given, sent or not: as {@link noteSent}, and never forgotten. */
  noteInput(input: unknown): void {
    let texts: readonly string[] | undefined
    this.#log.inputs.push(() => {
      texts ??= textsIn(input)
      return texts
    })
  }

  /** Every text that the call was given and that any request of it sent. */
  sentTexts(): readonly string[] {
    return [...new Set(this.#log.texts().flat())]
  }

  /** Takes those texts out of what the other side says. @internal */
  scrubber(): Scrubber {
    return this.#log.scrubber()
  }

  /**
   * Notes that a write is sent; until it is settled its fate is unknown.
   *
   * @param idempotent - whether sending it twice does the same as sending it once
   */
  beginWrite(idempotent: boolean): SentWrite {
    return this.#log.begin(idempotent)
  }

  /**
   * Notes that the call is not to be made again where a write of it may have been applied, although the provider takes its request
   * twice: a create would fail then, because what it makes is there.
   */
  forbidRepeating(): void {
    this.#log.isOnce = true
  }

  /** Settles every write of the call whose fate is unknown, where something else has told it. */
  settleWrites(applied: 'no' | 'yes'): void {
    this.#log.settleAll(applied)
  }

  /** Notes that a part of the write was left out, by its dotted path, and that the caller knows. */
  noteDropped(path: string): void {
    this.#dropped = (this.#dropped ?? new Set()).add(path)
  }

  /** Tells whether a part of the write, or what it belongs to, was left out with the caller's knowledge. */
  wasDropped(path: string): boolean {
    return [...(this.#dropped ?? [])].some((dropped) => path === dropped || path.startsWith(`${dropped}.`))
  }

  /** Whether something was written in this scope. */
  get applied(): Applied {
    return this.#log.applied
  }

  /**
   * What a failure of the call is thrown as: the caller's own reason untouched, a passed deadline as `timeout`, and anything else
   * with what is known of the writes before it.
   */
  failure(error: unknown, cause?: unknown): unknown {
    const { aborted, reason } = this.#abort
    if (aborted && error === reason) {
      return reason instanceof DeadlinePassed ? this.#deadlineError(reason, cause) : reason
    }
    if (error instanceof DeadlinePassed) return this.#deadlineError(error, cause)
    if (!ContactsError.is(error) || (this.#caller?.aborted && error === this.#caller.reason)) return error
    const applied = this.applied === 'no' ? error.applied : this.applied
    const retryable = error.retryable && (this.applied === 'no' || this.#log.repeatable)
    const isDoubtful = this.applied === 'unknown' && !this.#log.repeatable
    const message = isDoubtful ? doubted(error.message) : error.message
    if (applied === error.applied && retryable === error.retryable && message === error.message) return error
    return changedError(error, { applied, retryable, message })
  }

  #settings(): CallOptions {
    const { timeoutMs, deadlineMs, headers, retry } = this
    return { timeoutMs, deadlineMs, headers, retry }
  }

  #deadlineError({ deadlineMs }: DeadlinePassed, cause: unknown): ContactsError {
    const { provider, operation, applied } = this
    const advice: Record<Applied, string> = {
      no: ' Nothing was written.',
      unknown: ' A write may have been applied: look the record up before sending it again.',
      yes: ' What was written before is in force: look the record up.',
    }
    return new ContactsError({
      code: 'timeout',
      provider,
      operation,
      message: `${provider} ${operation}: not done within \`deadlineMs\` of ${deadlineMs} ms.${advice[applied]}`,
      applied,
      retryable: this.#log.repeatable,
      cause,
    })
  }
}

const DOUBT = 'may have been applied: look the record up before sending it again.'

/** A message that says that a write may have been applied, as those of requests do that must not be sent twice. */
function doubted(message: string): string {
  return message.includes(DOUBT) ? message : `${message} The write ${DOUBT}`
}

/** What was sent under a call. */
class CallLog {
  #sources: (() => readonly string[])[] = []
  #applied = 0
  readonly #open = new Set<SentWrite>()
  /** The texts of what the call was given: never forgotten. */
  readonly inputs: (() => readonly string[])[] = []
  /** Whether everything that may have been applied does the same when it is sent again. */
  #repeatable = true
  /** Whether the call is not to be made again all the same. */
  isOnce = false
  /** The scrubber for the texts of an error before, and those texts. */
  #known: { readonly texts: readonly (readonly string[])[]; readonly scrubber: Scrubber } | undefined

  get repeatable(): boolean {
    return this.#repeatable && !this.isOnce
  }

  note(texts: () => readonly string[]): void {
    this.#sources.push(texts)
    if (this.#sources.length > MAX_SOURCES) this.#sources = this.#sources.slice(-MAX_SOURCES / 2)
  }

  /** Those of each source; the same lists as before where nothing was added. */
  texts(): readonly (readonly string[])[] {
    return [...this.inputs, ...this.#sources].map((texts) => texts())
  }

  /** Made once for all items of a batch that failed, because preparing the texts of all of them takes time. */
  scrubber(): Scrubber {
    const texts = this.texts()
    const known = this.#known
    if (known?.texts.length === texts.length && texts.every((list, index) => list === known.texts[index])) {
      return known.scrubber
    }
    const scrubber = createScrubber(texts.flat())
    this.#known = { texts, scrubber }
    return scrubber
  }

  begin(idempotent: boolean): SentWrite {
    if (!idempotent) this.#repeatable = false
    const write: SentWrite = {
      settle: (applied) => {
        if (applied === 'unknown' || !this.#open.delete(write)) return
        if (applied === 'yes') this.#applied++
        else if (this.applied === 'no') this.#repeatable = true
      },
    }
    this.#open.add(write)
    return write
  }

  settleAll(applied: 'no' | 'yes'): void {
    for (const write of [...this.#open]) write.settle(applied)
  }

  get applied(): Applied {
    if (this.#applied > 0) return 'yes'
    return this.#open.size > 0 ? 'unknown' : 'no'
  }
}
