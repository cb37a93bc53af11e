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
  /** By the part that comes next. Made when a value leads there: of a path of many parts that would be too many to make them all. */
  const readers: CustomFieldReader[] = []
  const readerFrom = (start: number): CustomFieldReader => {
    readers[start] ??= readerOf(path.slice(start), (length) => readerFrom(start + length))
    return readers[start]
  }
  return readerFrom(0)
}

/** @param readerBehind - gives the reader of what follows so many parts */
function readerOf(
  path: readonly string[],
  readerBehind: (length: number) => CustomFieldReader,
): CustomFieldReader {
  if (path.length < 2) return (customFields) => readPath(customFields, path)
  const whole = path.join('.')
  let beginnings: readonly string[] | undefined
  return (customFields) => {
    if (!isPlainObject(customFields)) return undefined
    if (Object.hasOwn(customFields, whole)) return customFields[whole]
    beginnings ??= beginningsOf(path, whole)
    for (let length = path.length - 1; length > 0; length--) {
      const key = beginnings[length - 1] ?? ''
      const value = Object.hasOwn(customFields, key) ? customFields[key] : undefined
      const found = isPlainObject(value) ? readerBehind(length)(value) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** The keys that the first part, the first two, and so on, make. */
function beginningsOf(path: readonly string[], whole: string): string[] {
  let end = -1
  return path.slice(0, -1).map((part) => {
    end += part.length + 1
    return whole.slice(0, end)
  })
}
