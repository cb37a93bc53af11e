/** Collects, while a transaction is open, how to undo what it has done. */
export class Journal {
  #steps: (() => void)[] | undefined

  /** Whether a transaction is open. */
  get isOpen(): boolean {
    return this.#steps !== undefined
  }

  /** Takes down how to undo a change; outside of a transaction it is not kept. */
  note(undo: () => void): void {
    this.#steps?.push(undo)
  }

  /** Runs a change as a whole: when it throws, everything it did is undone, the last thing first. */
  run<Result>(change: () => Result): Result {
    if (this.#steps) return change()
    const steps: (() => void)[] = []
    this.#steps = steps
    try {
      return change()
    } catch (error) {
      for (const undo of steps.reverse()) undo()
      throw error
    } finally {
      this.#steps = undefined
    }
  }
}
