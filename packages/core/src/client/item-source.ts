import { ContactsError } from '../errors.ts'
import { isObject } from '../model/json.ts'

/** A source of items that is being read. */
export interface OpenSource<Item> {
  /** The next item. What the source itself throws is thrown as it is. */
  next(): Promise<{ readonly item: Item } | undefined>
  /** Lets the source go before its end. */
  leave(): Promise<void>
}

/**
 * Begins to read what a batch takes its items from. An array is copied first, so that a hole in it ends the batch before anything is
 * sent.
 *
 * @param source - what the caller gave
 * @throws ContactsError `invalid_input` for what cannot be iterated over
 */
export function openSource<Item>(source: unknown): OpenSource<Item> {
  const items = copyArray(source)
  const [iterator, isAsync] = items ? [items.values(), false] : iteratorOf(source)
  const answer = (result: unknown): Readonly<Record<string, unknown>> => {
    if (isObject(result)) return result
    throw badSource('gives something else than the results of an iterator')
  }
  const call = (method: unknown): unknown => {
    if (typeof method !== 'function') throw badSource('has an iterator without `next`')
    return Reflect.apply(method, iterator, [])
  }
  return {
    async next() {
      const given = call(iterator.next)
      const { done, value } = answer(isAsync ? await given : given)
      if (done) return undefined
      // No other thenable is awaited: it may never settle.
      const item = isPromise(value) ? await value : value
      return { item: item as Item } // as the caller's types say; each item is checked
    },
    async leave() {
      const { return: end } = iterator
      if (end === undefined || end === null) return
      const given = call(end)
      answer(isAsync ? await given : given)
    },
  }
}

function copyArray(source: unknown): unknown[] | undefined {
  let index = 0
  try {
    if (!Array.isArray(source)) return undefined
    const items: unknown[] = []
    for (; index < source.length; index++) {
      if (!Object.hasOwn(source, index)) throw badSource('is a hole in an array', `items.${index}`)
      items.push(source[index])
    }
    return items
  } catch (error) {
    throw ContactsError.is(error) ? error : badSource('cannot be read: reading it throws an error')
  }
}

function iteratorOf(source: unknown): readonly [iterator: Record<string, unknown>, isAsync: boolean] {
  if (isObject(source)) {
    for (const symbol of [Symbol.asyncIterator, Symbol.iterator]) {
      let begin: unknown
      try {
        begin = Reflect.get(source, symbol)
      } catch {
        throw badSource('cannot be read: reading it throws an error')
      }
      const iterator: unknown = typeof begin === 'function' ? Reflect.apply(begin, source, []) : undefined
      if (isObject(iterator)) return [iterator, symbol === Symbol.asyncIterator]
    }
  }
  throw badSource('must be an array, or something else to iterate over')
}

function isPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise
  } catch {
    // A proxy, whose traps throw.
    return false
  }
}

function badSource(message: string, path = 'items'): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `The items of the batch cannot be taken: ${path} ${message}.`,
    issues: [{ path, message }],
  })
}
