import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'
import { ApiError } from './errors.ts'

/**
 * Makes a comparison out of a `sort`, whose keys count in their order. Absent and null come first, then numbers, text by
 * code point, objects, arrays and booleans, as in the likely database.
 *
 * @param keys - how many of its keys count
 * @throws ApiError 400 unless each direction is 1 or -1
 */
export function compileSort(
  sort: JsonObject,
  keys: 'all' | 'first',
): (a: JsonObject, b: JsonObject) => number {
  const parts = Object.entries(sort).map(([key, direction]) => {
    if (direction !== 1 && direction !== -1)
      throw new ApiError(400, `Sort direction of ${key} must be 1 or -1`)
    return { path: key.split('.'), direction }
  })
  const counted = keys === 'first' ? parts.slice(0, 1) : parts
  return (a, b) => {
    for (const { path, direction } of counted) {
      const order = compareValues(read(a, path), read(b, path))
      if (order !== 0) return order * direction
    }
    return 0
  }
}

/** Orders two values. */
export function compareValues(a: JsonValue | undefined, b: JsonValue | undefined): number {
  const byType = rank(a) - rank(b)
  if (byType !== 0) return byType
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  return 0
}

function rank(value: JsonValue | undefined): number {
  if (value === undefined || value === null) return 0
  if (typeof value === 'number') return 1
  if (typeof value === 'string') return 2
  if (typeof value === 'boolean') return 5
  return isJsonObject(value) ? 3 : 4
}

function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const order = (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function read(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let current = value
  for (const key of path) {
    if (!isJsonObject(current) || !Object.hasOwn(current, key)) return undefined
    current = current[key]
  }
  return current
}
