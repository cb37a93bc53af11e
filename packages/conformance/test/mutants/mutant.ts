import type { Contact } from '@anycontact/core'
import type { AdapterListQuery, ContactWrite } from '@anycontact/core/adapter-kit'
import type { Mutation } from '../run-suite.ts'
import type { TinyAdapter } from '../tiny-adapter.ts'

/** Something broken, and which test must find it. */
export interface Mutant {
  /** What is broken, in words. */
  readonly name: string
  readonly mutation: Mutation
  /** The tests to run; one of them must fail. */
  readonly foundBy: RegExp
  /** What the failure must say. */
  readonly saying: RegExp
}

type Broken = Partial<TinyAdapter>
type List = (query: AdapterListQuery) => ReturnType<Required<TinyAdapter>['list']>

/** A mutant of the adapter: some of its members are replaced. */
export function adapter(
  name: string,
  foundBy: RegExp,
  saying: RegExp,
  breakIt: (honest: Required<TinyAdapter>, store: TinyAdapter['api']) => Broken,
): Mutant {
  return {
    name,
    foundBy,
    saying,
    mutation: {
      adapter: (honest, store) => ({ ...honest, ...breakIt(honest as Required<TinyAdapter>, store) }),
    },
  }
}

/** A mutant that changes every contact that the adapter gives. */
export function mapping(
  name: string,
  foundBy: RegExp,
  saying: RegExp,
  map: (contact: Contact) => object,
): Mutant {
  return adapter(name, foundBy, saying, (honest) => {
    const changed = (contact: Contact): Contact<never> => map(contact) as Contact<never>
    return {
      list: async (query, context) => {
        const { items, ...rest } = await honest.list(query, context)
        return { ...rest, items: items.map(changed) }
      },
      get: async (ref, context) => changed(await honest.get(ref, context)),
      create: async (input, context) => changed(await honest.create(input, context)),
      update: async (ref, patch, context) => changed(await honest.update(ref, patch, context)),
    }
  })
}

/** A mutant of the listing: it is given the query, and may change it or what comes back. */
export function listing(
  name: string,
  foundBy: RegExp,
  saying: RegExp,
  change: (query: AdapterListQuery, honest: List) => ReturnType<List>,
): Mutant {
  return adapter(name, foundBy, saying, (honest) => ({
    list: (query, context) => change(query, (changed) => honest.list(changed, context)),
  }))
}

/** A mutant of every write: what is stored differs from what was written. */
export function writing(
  name: string,
  foundBy: RegExp,
  saying: RegExp,
  change: (write: ContactWrite) => ContactWrite,
): Mutant {
  return adapter(name, foundBy, saying, (honest) => ({
    create: (input, context) => honest.create(change(input), context),
    update: (ref, patch, context) => honest.update(ref, change(patch), context),
    upsert: (input, by, context) => honest.upsert(change(input), by, context),
  }))
}

/** An object less one of its members. */
export const without = <Key extends string>(value: object, key: Key): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
