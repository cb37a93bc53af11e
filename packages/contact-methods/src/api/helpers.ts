import { ContactsError } from '@anycontact/core'
import { holds } from '@anycontact/core/adapter-kit'
import { PROVIDER } from './errors.ts'
import type { FilterOperators } from './types.ts'

/**
 * A filter that holds for text with a part in it. The operator's name on the wire is not published; `contains` is assumed.
 *
 * @param text - the part
 */
export function contains(text: string): Pick<FilterOperators<string>, 'contains'> {
  return { contains: text }
}

/**
 * A filter that holds for any of some values.
 *
 * @example
 * ```ts
 * await sdk.contactMethods.list({ filter: { type: oneOf('phone', 'mobile') } })
 * ```
 */
export function oneOf<const Value extends string>(
  ...values: readonly Value[]
): Pick<FilterOperators<Value>, 'in'> {
  return { in: values }
}

/**
 * Reads everything that an iteration gives.
 *
 * @example
 * ```ts
 * const emails = await collectAll(sdk.contactMethods.iterate({ type: 'email' }))
 * ```
 */
export async function collectAll<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  return collectUpTo(items, Number.POSITIVE_INFINITY)
}

/**
 * Reads so many items at most, and asks for no more pages than that takes.
 *
 * @throws ContactsError `invalid_input` unless the number is 0 or more
 */
export async function collectUpTo<Item>(items: AsyncIterable<Item>, count: number): Promise<Item[]> {
  if (typeof count !== 'number' || !(count >= 0)) throw refused('Collect a number of items of 0 or more.')
  if (!isIterable(items)) throw refused('Collect from what `iterate` gives, or from another iterable.')
  const collected: Item[] = []
  if (count < 1) return collected
  for await (const item of items) {
    collected.push(item)
    if (collected.length >= count) break
  }
  return collected
}

/** Reads the first item; `undefined` when there is none. */
export async function getFirst<Item>(items: AsyncIterable<Item>): Promise<Item | undefined> {
  const [first] = await collectUpTo(items, 1)
  return first
}

function isIterable(items: unknown): boolean {
  return holds(
    () =>
      typeof items === 'object' &&
      items !== null &&
      (Symbol.asyncIterator in items || Symbol.iterator in items),
  )
}

function refused(message: string): ContactsError {
  return new ContactsError({ code: 'invalid_input', message, provider: PROVIDER })
}
