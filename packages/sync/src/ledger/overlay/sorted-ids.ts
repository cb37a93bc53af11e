/** Numbers in their order. Those that grow, as new pairs do, cost nothing to keep so; others are put in their place when somebody looks. */
export class SortedIds {
  #sorted: number[] = []
  #loose: number[] = []

  /** Adds a number that is not there yet. */
  add(id: number): void {
    const last = this.#sorted.at(-1)
    if (last === undefined || id > last) this.#sorted.push(id)
    else this.#loose.push(id)
  }

  /** Those greater than one, up to another, in order; those that are added meanwhile may or may not come. */
  *between(after: number, upTo = Number.POSITIVE_INFINITY): Generator<number, void, undefined> {
    this.#settle()
    const sorted = this.#sorted
    for (let at = this.#firstAfter(after); at < sorted.length; at++) {
      const id = sorted[at]
      if (id === undefined || id > upTo) return
      yield id
    }
  }

  #settle(): void {
    if (this.#loose.length === 0) return
    // A new array: a reading that is under way keeps the one that it began with. A sort of two runs is one merge.
    this.#sorted = [...this.#sorted, ...this.#loose.sort(ascending)].sort(ascending)
    this.#loose = []
  }

  #firstAfter(id: number): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#sorted[middle] ?? 0) > id) high = middle
      else low = middle + 1
    }
    return low
  }
}

function ascending(one: number, other: number): number {
  return one - other
}
