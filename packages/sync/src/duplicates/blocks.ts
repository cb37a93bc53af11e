import { IntList } from './int-list.ts'

/**
 * Numbers of contacts by what they share. Of a block it keeps the text once, and eight bytes for each contact in it, because nearly all
 * blocks have one.
 */
export class Blocks {
  readonly #newest = new Map<string, number>()
  readonly #contacts = new IntList()
  readonly #older = new IntList()

  /** Puts a contact into a block, in which it is not yet. */
  add(shared: string, contact: number): void {
    const newest = this.#newest.get(shared)
    this.#newest.set(shared, this.#contacts.length)
    this.#contacts.push(contact)
    this.#older.push(newest ?? -1)
  }

  /** The blocks in which there are several contacts. */
  *several(): Generator<{ readonly shared: string; readonly contacts: number[] }, void, undefined> {
    for (const [shared, newest] of this.#newest) {
      if (this.#older.at(newest) < 0) continue
      const contacts: number[] = []
      for (let place = newest; place >= 0; place = this.#older.at(place)) {
        contacts.push(this.#contacts.at(place))
      }
      yield { shared, contacts }
    }
  }
}
