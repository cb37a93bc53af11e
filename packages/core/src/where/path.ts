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

/**
 * Reads a custom field by its dotted path. A key may hold a dot itself: the whole path counts as a key first, then ever shorter
 * beginnings of it, each of which leads into an object.
 *
 * @param customFields - of a contact
 * @param path - the parts of the path between its dots
 * @returns `undefined` where it leads nowhere
 */
export function readCustomField(customFields: unknown, path: readonly string[]): unknown {
  if (path.length < 2 || !isPlainObject(customFields)) return readPath(customFields, path)
  const whole = path.join('.')
  if (Object.hasOwn(customFields, whole)) return customFields[whole]
  for (let length = path.length - 1; length > 0; length--) {
    const key = path.slice(0, length).join('.')
    const value = Object.hasOwn(customFields, key) ? customFields[key] : undefined
    const found = isPlainObject(value) ? readCustomField(value, path.slice(length)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}
