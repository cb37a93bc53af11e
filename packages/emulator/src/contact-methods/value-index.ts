/** Which records have a value. Mostly it is one: a set is made for the second. */
export class ValueIndex {
  readonly #ids = new Map<string, string | Set<string>>()

  /** The ids of the records that have it. */
  ids(value: string): readonly string[] {
    const ids = this.#ids.get(value) ?? []
    return typeof ids === 'string' ? [ids] : [...ids]
  }

  add(value: string, id: string): void {
    const ids = this.#ids.get(value)
    if (ids === undefined || ids === id) this.#ids.set(value, id)
    else if (typeof ids === 'string') this.#ids.set(value, new Set([ids, id]))
    else ids.add(id)
  }

  remove(value: string, id: string): void {
    const ids = this.#ids.get(value)
    if (ids === id) this.#ids.delete(value)
    else if (typeof ids === 'object' && ids.delete(id) && ids.size === 0) this.#ids.delete(value)
  }
}
