/** A list of whole numbers, four bytes each, that grows. */
export class IntList {
  #values = new Int32Array(1024)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Int32Array(this.#length * 2)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[this.#length++] = value
  }

  /** The value at a place below the list's length. */
  at(place: number): number {
    return this.#values[place] ?? -1
  }

  set(place: number, value: number): void {
    this.#values[place] = value
  }
}
