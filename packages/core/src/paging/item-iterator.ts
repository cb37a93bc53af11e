/** Hands out items one by one. Written by hand, because an async generator costs several turns of the event loop an item. */
export class ItemIterator<Item> implements AsyncIterableIterator<Item, void, undefined> {
  readonly #start: () => AsyncGenerator<readonly Item[], void, undefined>
  readonly #signal: AbortSignal | undefined
  #batches: AsyncGenerator<readonly Item[], void, undefined> | undefined
  #batch: readonly Item[] = []
  #index = 0
  #pending: Promise<unknown> | undefined

  /**
   * @param start - begins the reading of batches; called on first use
   * @param signal - when it is aborted, what is left of a batch is not handed out
   */
  constructor(
    start: () => AsyncGenerator<readonly Item[], void, undefined>,
    signal: AbortSignal | undefined,
  ) {
    this.#start = start
    this.#signal = signal
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Item, void>> {
    // Calls that come before an earlier one is answered wait their turn.
    if (!this.#pending && this.#index < this.#batch.length && !this.#signal?.aborted) {
      return Promise.resolve(this.#take())
    }
    return this.#queue(() => this.#step())
  }

  return(): Promise<IteratorResult<Item, void>> {
    return this.#queue(async () => {
      this.#drop()
      this.#batches ??= this.#start()
      await this.#batches.return()
      return { done: true, value: undefined }
    })
  }

  #queue(run: () => Promise<IteratorResult<Item, void>>): Promise<IteratorResult<Item, void>> {
    const result = this.#pending ? this.#pending.then(run, run) : run()
    const settled = (): void => {
      if (this.#pending === pending) this.#pending = undefined
    }
    const pending: Promise<void> = result.then(settled, settled)
    this.#pending = pending
    return result
  }

  async #step(): Promise<IteratorResult<Item, void>> {
    // The reading then goes on to the abort, and ends with its reason.
    if (this.#signal?.aborted) this.#drop()
    this.#batches ??= this.#start()
    while (this.#index >= this.#batch.length) {
      // A batch that was handed out is let go before the next one is waited for.
      this.#drop()
      const next = await this.#batches.next()
      if (next.done) return { done: true, value: undefined }
      this.#batch = next.value
    }
    return this.#take()
  }

  #take(): IteratorResult<Item, void> {
    const value = this.#batch[this.#index++] as Item // the caller checked that the index is inside
    return { done: false, value }
  }

  #drop(): void {
    this.#batch = []
    this.#index = 0
  }
}
