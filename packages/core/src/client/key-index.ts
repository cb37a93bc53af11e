import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import type { RefKey } from '../model/ref.ts'

/**
 * The ids of all contacts by one key, for the items of a batch, so that the listing is read once for all of them. What the client
 * writes meanwhile is noted; what others write is not seen.
 */
export class KeyIndex {
  /** Whether a contact may be there that is not in it: then it is to be made anew. */
  isStale = false
  readonly #key: RefKey
  readonly #normal: (value: string) => string
  readonly #ids = new Map<string, string | null>()
  readonly #values = new Map<string, string>()
  /** What the client wrote: a page of the listing that comes later may have been made before. */
  readonly #written = new Set<string>()

  /**
   * @param normal - brings a value of the key into the form that contacts are compared by
   */
  constructor(key: RefKey, normal: (value: string) => string) {
    this.#key = key
    this.#normal = normal
  }

  /** The id of the contact with a value; `null` where several have it. */
  idOf(value: string): string | null | undefined {
    return this.#ids.get(this.#normal(value))
  }

  /** Notes a contact of the listing, unless the client has written it meanwhile. */
  read(contact: Contact): void {
    const shown = contact[this.#key]
    if (shown !== undefined && !this.#written.has(contact.id)) this.#put(shown, contact.id)
  }

  /**
   * Notes a contact as a write left it. One that does not show the key has lost it only where the write cleared it.
   */
  note(contact: Contact, write: ContactWrite): void {
    const shown = contact[this.#key]
    if (shown !== undefined) this.set(shown, contact.id)
    else if (write[this.#key] === null) {
      this.#written.add(contact.id)
      this.#forget(contact.id)
    }
  }

  /** Notes which contact has a value that the client wrote. */
  set(value: string, id: string): void {
    this.#written.add(id)
    this.#put(value, id)
  }

  #put(value: string, id: string): void {
    const normal = this.#normal(value)
    if (this.#values.get(id) === normal) return
    this.#forget(id)
    this.#values.set(id, normal)
    this.#ids.set(normal, this.#ids.has(normal) ? null : id)
  }

  #forget(id: string): void {
    const before = this.#values.get(id)
    if (before === undefined) return
    this.#values.delete(id)
    // Which of several is left with a value is for the listing to say.
    if (this.#ids.get(before) === null) this.isStale = true
    else this.#ids.delete(before)
  }
}
