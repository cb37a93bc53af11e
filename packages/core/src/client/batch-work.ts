import { followSignal } from '../call/timing.ts'
import { ContactsError } from '../errors.ts'
import type { BatchChunk, BatchPlan, BatchResult } from './batch-types.ts'
import type { OpenSource } from './item-source.ts'

/** The moving parts of a batch: one pull from the source, some chunks under way, and the results that landed. */
export class BatchWork<Item, Value> {
  readonly #plan: BatchPlan<Item, Value>
  readonly #concurrency: number
  readonly #chunks: AsyncGenerator<BatchChunk<Item>, void, undefined>
  readonly #running: Set<Promise<void>> = new Set()
  #landed: BatchResult<Value>[] = []
  #isPulling = false
  #isExhausted = false
  #isEnded = false
  /** Why the batch as a whole cannot go on. */
  #broken: { readonly reason: unknown } | undefined
  /** A credential that was refused once is not tried for every item. */
  #refused: ContactsError | undefined
  #wake: (() => void) | undefined

  constructor(plan: BatchPlan<Item, Value>, concurrency: number, source: OpenSource<Item>) {
    this.#plan = plan
    this.#concurrency = concurrency
    this.#chunks = this.#chunksOf(source, plan.chunkSize ?? 1, plan.inOneChunk ?? false)
  }

  /** The results as they land. Whatever breaks the batch is thrown after the results of all that was sent. */
  async *results(): AsyncGenerator<BatchResult<Value>, void, undefined> {
    const { signal } = this.#plan.options
    const stopFollowing = followSignal(signal, () => this.#notify())
    try {
      for (;;) {
        this.#pull()
        if (this.#landed.length === 0) {
          if (this.#running.size === 0 && (this.#isExhausted || this.#broken)) break
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
        }
        const landed = this.#landed
        this.#landed = []
        for (const result of landed) {
          signal?.throwIfAborted()
          yield result
        }
        signal?.throwIfAborted()
      }
    } finally {
      stopFollowing()
    }
    if (this.#broken) throw this.#broken.reason
  }

  /** Sees to its end what was sent, so that no write is left with its fate unknown, sends nothing more, and leaves the source. */
  async end(): Promise<void> {
    this.#isEnded = true
    const left = this.#chunks.return()
    left.catch(() => undefined)
    await Promise.all(this.#running)
    // A source that is being waited for can only be left when it answers; that must not hold up the caller.
    if (!this.#isPulling) await left
  }

  /** Asks the source for more, when there is a place for it and none is asked for already. */
  #pull(): void {
    if (this.#isPulling || this.#isExhausted || this.#broken || this.#running.size >= this.#concurrency)
      return
    this.#isPulling = true
    const pulled = (next: IteratorResult<BatchChunk<Item>, void>): void => {
      this.#isPulling = false
      if (next.done) this.#isExhausted = true
      else if (!this.#isEnded) this.#launch(next.value)
      this.#notify()
    }
    const failed = (reason: unknown): void => {
      this.#isPulling = false
      this.#broken ??= { reason }
      this.#notify()
    }
    this.#chunks.next().then(pulled, failed)
  }

  #launch(chunk: BatchChunk<Item>): void {
    const task: Promise<void> = this.#run(chunk)
      .catch((reason: unknown) => {
        this.#broken ??= { reason }
      })
      .then(() => {
        this.#running.delete(task)
        this.#notify()
      })
    this.#running.add(task)
  }

  async #run(chunk: BatchChunk<Item>): Promise<void> {
    const reason = this.#refused ?? this.#plan.held?.()
    const results = reason ? notSent<Item, Value>(chunk, reason) : await this.#plan.run(chunk)
    for (const result of results) {
      if (!result.ok && (result.error.code === 'unauthenticated' || result.error.code === 'config')) {
        this.#refused = result.error
      }
      this.#landed.push(result)
    }
  }

  #notify(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  async *#chunksOf(
    source: OpenSource<Item>,
    size: number,
    isOnlyChunk: boolean,
  ): AsyncGenerator<BatchChunk<Item>, void, undefined> {
    let items: Item[] = []
    let start = 0
    /** Whether the source is to be let go by us: not while it is asked, for what it throws then ends it. */
    let isOpen = false
    try {
      for (;;) {
        isOpen = false
        const next = await source.next()
        if (!next) break
        isOpen = true
        // Whoever waits for nothing more must not have a slow source drained for a chunk that is never sent.
        if (this.#isEnded) return
        items.push(next.item)
        if (isOnlyChunk && items.length > size) throw tooManyForOne(size)
        if (isOnlyChunk || items.length < size) continue
        yield { items, start }
        start += items.length
        items = []
      }
    } finally {
      if (isOpen) await source.leave()
    }
    if (items.length > 0) yield { items, start }
  }
}

/** The fate of items that are not sent any more, each with an error of its own. */
function notSent<Item, Value>(
  chunk: BatchChunk<Item>,
  { code, provider, operation, retryAfterMs }: ContactsError,
): readonly BatchResult<Value>[] {
  const advice = retryAfterMs === undefined ? 'Mend that, and send it then' : 'Send it after `retryAfterMs`'
  return chunk.items.map((_, offset) => {
    const message = `${provider} ${operation}: this item was not sent, because an earlier one failed with \`${code}\`. ${advice}.`
    const error = new ContactsError({ code, provider, operation, message, retryable: true, retryAfterMs })
    return { ok: false, index: chunk.start + offset, error }
  })
}

function tooManyForOne(size: number): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `An atomic batch can hold ${size} items at most here. Split it, or leave atomic out. Nothing was written.`,
  })
}
