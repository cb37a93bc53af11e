import { isPlainObject } from '../model/json.ts'

/**
 * Reads a value inside nested plain objects. Only own properties are seen: no prototype, no array index, no length of a text.
 *
 * @param root - where to begin
 * @param path - the keys, outermost first
 * @returns `undefined` where the path leads nowhere
 */
function readPath(root: unknown, path: readonly string[]): unknown {
  let value = root
  for (const key of path) {
    if (!isPlainObject(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}

/** Reads a value out of custom fields; `undefined` where there is none. */
export type CustomFieldReader = (customFields: unknown) => unknown

/**
 * Makes the reader of a custom field by its dotted path. A key may hold a dot itself: the whole path counts as a key first, then ever
 * shorter beginnings of it, each of which leads into an object.
 *
 * @param path - the parts of the path between its dots
 */
export function customFieldReader(path: readonly string[]): CustomFieldReader {
  /** Readers of what is left of the path from each of its parts on, the last one first. */
  const readers: CustomFieldReader[] = []
  for (let start = path.length - 1; start >= 0; start--) readers.unshift(readerOf(path.slice(start), readers))
  return readers[0] ?? ((customFields) => customFields)
}

/** @param later - readers of what follows the first part, the first two, and so on */
function readerOf(path: readonly string[], later: readonly CustomFieldReader[]): CustomFieldReader {
  if (path.length < 2) return (customFields) => readPath(customFields, path)
  const whole = path.join('.')
  const ways = later.map((read, at) => ({ key: path.slice(0, at + 1).join('.'), read })).reverse()
  return (customFields) => {
    if (!isPlainObject(customFields)) return undefined
    if (Object.hasOwn(customFields, whole)) return customFields[whole]
    for (const { key, read } of ways) {
      const value = Object.hasOwn(customFields, key) ? customFields[key] : undefined
      const found = isPlainObject(value) ? read(value) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }
}
