import type { BatchTotals, ContactsError } from '@anycontact/core'
import { newPerson, seededPerson, type World } from './kit.ts'
import type { Person } from './people.ts'

/** What became of one thing that a call was to do. */
export type ItemEnd = { readonly value: unknown } | { readonly error: ContactsError }

/** One thing that a call does. */
export interface Item {
  /** What tells in a stored row that it is about this. Without any, nothing is written. */
  readonly marks: readonly string[]
  /** Whether the calls that are made at once are about the same, so that nobody can tell whose change it was. */
  readonly isShared?: boolean
  /** Says what is wrong when this is given as the result while that is stored; `undefined` when nothing is. */
  complaint(value: unknown, rows: readonly string[], world: World): string | undefined
}

/** One call, ready to be made. */
export interface Call {
  readonly items: readonly Item[]
  /** Makes it: the end of each item, or one failure of all. */
  run(): Promise<readonly ItemEnd[]>
}

/** How operations are told apart in the summary. */
export type Kind = 'read' | 'listing' | 'create' | 'change' | 'batch'

/** An operation of an adapter, of one kind of call. */
export interface Operation {
  /** As users write it, and by which key. */
  readonly name: string
  /** The capability that it carries out. */
  readonly of: string
  readonly kind: Kind
  /** @param slot - which of the calls that are made at once */
  prepare(world: World, slot: number): Call
}

/** A call that gives one thing. */
export function single(item: Item, run: () => PromiseLike<unknown>): Call {
  return { items: [item], run: async () => [{ value: await run() }] }
}

/** A call that does several things. */
export function batch(items: readonly Item[], run: () => PromiseLike<BatchTotals<object>>): Call {
  return {
    items,
    async run() {
      const { succeeded, failed } = await run()
      return items.map((_, index): ItemEnd => {
        const failure = failed.find((item) => item.index === index)
        if (failure) return { error: failure.error }
        return { value: succeeded.find((item) => item.index === index) }
      })
    },
  }
}

/** What tells that a row is about somebody. */
export function marksOf({ id, email, externalId }: Person): string[] {
  return [id, email, externalId]
}

/** The first person of a call who is there. */
export function theOne(world: World, slot: number): Person {
  return seededPerson(world.kit, slot)
}

/** The first person of a call who is not there yet. */
export function newOne(world: World, slot: number): Person {
  return newPerson(world.kit, slot)
}

/** A member of something unknown. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
