import { IntList } from './int-list.ts'

/** Which contacts belong together: sets that are joined one by one. */
export class Joined {
  readonly #parents = new IntList()

  constructor(contacts: number) {
    for (let contact = 0; contact < contacts; contact++) this.#parents.push(contact)
  }

  /** The contact that stands for all that belong together with this one. */
  standing(contact: number): number {
    let at = contact
    for (;;) {
      const parent = this.#parents.at(at)
      if (parent === at) return at
      const next = this.#parents.at(parent)
      this.#parents.set(at, next)
      at = next
    }
  }

  join(one: number, other: number): void {
    const first = this.standing(one)
    const second = this.standing(other)
    this.#parents.set(Math.max(first, second), Math.min(first, second))
  }
}
