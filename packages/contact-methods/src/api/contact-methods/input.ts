import { holds, isDataObject, readArgument } from '@anycontact/core/adapter-kit'
import { badInput, PROVIDER } from '../errors.ts'

/**
 * The members of an object that a method takes, read once; none for what is left out.
 *
 * @throws ContactsError `invalid_input` for what is no object
 */
export function argumentOf<Given extends object>(given: Given | null | undefined, operation: string): Given {
  return readArgument(given, { provider: PROVIDER, operation })
}

/**
 * What is sent as it is: an object whose members are the server's to judge.
 *
 * @throws ContactsError `invalid_input` for what is no object
 */
export function bodyOf<Body extends object>(given: Body, path: string, operation: string): Body {
  if (isDataObject(given)) return given
  throw badInput([{ path, message: 'must be an object' }], operation)
}

/**
 * The items of a batch, in a list of their own.
 *
 * @throws ContactsError `invalid_input` for what is no array of objects, or cannot be read
 */
export function itemsOf<Item>(given: readonly Item[], operation: string): readonly Item[] {
  const items: Item[] = []
  if (!isArray(given)) throw badInput([{ path: 'items', message: 'must be an array of objects' }], operation)
  // A hole in an array comes as `undefined` here, before the next one is looked at.
  for (const [index, item] of given.entries()) {
    if (!isReadable(item)) {
      throw badInput([{ path: `items.${index}`, message: 'must be an object' }], operation)
    }
    items.push(item)
  }
  return items
}

function isReadable(item: unknown): boolean {
  return holds(() => typeof item === 'object' && item !== null && Object.keys(item).length >= 0)
}

function isArray(given: unknown): boolean {
  return holds(() => Array.isArray(given) && typeof given.entries === 'function')
}
