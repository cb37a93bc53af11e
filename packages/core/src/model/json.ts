/** A value that JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** A plain object of JSON values, as in `customFields`. */
export type JsonObject = { [key: string]: JsonValue }

/** What is wrong with a value that should be JSON, and where. */
export interface JsonProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Deeper nesting than this is refused; it also ends the walk through a cyclic object. */
const MAX_DEPTH = 64

const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * Tells whether text holds half of a surrogate pair, which UTF-8 cannot carry: it would arrive as U+FFFD.
 *
 * @param text - any string
 */
export function hasLoneSurrogate(text: string): boolean {
  return LONE_SURROGATE.test(text)
}

/**
 * Tells whether a value is an object made by `{}` or `Object.create(null)`, of any realm.
 *
 * @param value - anything
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

/**
 * Finds the first thing in a value that JSON would change or lose: `NaN`, a `Date`, a function, a hole in an array,
 * a cycle, a `__proto__` key, half a surrogate pair. Members that are `undefined` count as absent.
 *
 * @param value - anything
 * @returns `undefined` when the value survives JSON as it is
 */
export function findJsonProblem(
  value: unknown,
  path: readonly (string | number)[] = [],
): JsonProblem | undefined {
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'string') {
    return hasLoneSurrogate(value) ? { path, message: 'holds half a surrogate pair' } : undefined
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { path, message: 'must be a finite number' }
  }
  if (typeof value !== 'object') return { path, message: `must be a JSON value, not ${typeof value}` }
  if (path.length >= MAX_DEPTH) return { path: path.slice(0, 3), message: 'is nested too deeply, or refers to itself' }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const problem = findJsonProblem(value[index], [...path, index])
      if (problem) return problem
    }
    return undefined
  }
  if (!isPlainObject(value)) return { path, message: 'must be a plain object, not an instance of a class' }
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return { path, message: 'must not have a __proto__ key' }
    if (hasLoneSurrogate(key)) return { path, message: 'has a key that holds half a surrogate pair' }
    const member = value[key]
    const problem = member === undefined ? undefined : findJsonProblem(member, [...path, key])
    if (problem) return problem
  }
  return undefined
}
