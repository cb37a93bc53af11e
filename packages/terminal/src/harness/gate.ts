import { within } from './within.ts'

/** Where requests wait, as long as it is closed. */
export class Gate {
  #arrived = Promise.withResolvers<void>()
  #opened = Promise.withResolvers<void>()
  #waiting = 0

  constructor() {
    this.#opened.resolve()
  }

  /** How many requests wait. */
  get waiting(): number {
    return this.#waiting
  }

  /** Resolves when the first request waits. */
  async reached(): Promise<void> {
    await within(this.#arrived.promise, () => 'No request has come that is held back.')
  }

  close(): void {
    this.#arrived = Promise.withResolvers()
    this.#opened = Promise.withResolvers()
  }

  open(): void {
    this.#opened.resolve()
  }

  async pass(): Promise<void> {
    this.#waiting += 1
    this.#arrived.resolve()
    await this.#opened.promise
    this.#waiting -= 1
  }
}
