import type { Access } from './access.ts'
import { MethodListing } from './listing.ts'
import type { ContactMethodsSwitches } from './options.ts'
import { MethodStore, type StoreContext } from './store.ts'

/** The data of one account in one environment, and the listing over it. */
export interface Space {
  readonly store: MethodStore
  readonly listing: MethodListing
}

/** Every account's data, test and live apart. */
export class Spaces {
  readonly #context: StoreContext
  readonly #switches: ContactMethodsSwitches
  readonly #spaces = new Map<string, Space>()

  constructor(context: StoreContext, switches: ContactMethodsSwitches) {
    this.#context = context
    this.#switches = switches
  }

  of({ account, environment }: Access): Space {
    const name = `${environment} ${account}`
    let space = this.#spaces.get(name)
    if (space === undefined) {
      const store = new MethodStore(this.#context)
      space = { store, listing: new MethodListing(store, this.#switches) }
      this.#spaces.set(name, space)
    }
    return space
  }

  clear(): void {
    this.#spaces.clear()
  }
}
