/** Runs tasks that share a key one after the other, in the order in which they came; others run side by side. */
export class KeyQueue {
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
        if (this.#last.get(key) === over) this.#last.delete(key)
      }
    }
  }
}
