import { isPlainObject } from '../model/json.ts'

/**
 * Reads a value inside nested plain objects. Only own properties are seen: no prototype, no array index, no length of a text.
 *
 * @param root - where to begin
 * @param path - the keys, outermost first
 * @returns `undefined` where the path leads nowhere
 */
export function readPath(root: unknown, path: readonly string[]): unknown {
  let value = root
  for (const key of path) {
    if (!isPlainObject(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}
