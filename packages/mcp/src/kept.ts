/** What is kept under a name, the newest so many of it. */
export class Kept<Value> {
  readonly #values = new Map<string, Value>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  set(name: string, value: Value): void {
    this.#values.delete(name)
    this.#values.set(name, value)
    const [oldest] = this.#values.keys()
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest)
  }

  get(name: string): Value | undefined {
    return this.#values.get(name)
  }

  /** Gives what is kept to one caller alone. */
  take(name: string): Value | undefined {
    const value = this.#values.get(name)
    this.#values.delete(name)
    return value
  }
}
