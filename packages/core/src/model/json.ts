/** A value that JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** A plain object of JSON values, as in `customFields`. */
export type JsonObject = { [key: string]: JsonValue }

/** A JSON value as a caller writes it. */
export type JsonInput = string | number | boolean | null | readonly JsonInput[] | JsonInputObject

/** A plain object of JSON values as a caller writes it: members that are `undefined` count as absent. */
export type JsonInputObject = { readonly [key: string]: JsonInput | undefined }

/** What is wrong with a value that should be JSON, and where. */
export interface JsonProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Deeper nesting than this is refused; it also ends the walk through a cyclic object. */
const MAX_DEPTH = 64
/** As much of the path as is reported of nesting that goes too deep. */
const TOLD_DEPTH = 3

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
 * Tells whether a value is an object, arrays included.
 *
 * @param value - anything
 */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/**
 * Tells whether a value is an object made by `{}` or `Object.create(null)`, of any realm.
 *
 * @param value - anything
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return true
  // Another realm's Object.prototype is known by being the end of the chain and having what only it has.
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf')
}

/**
 * Finds the first thing in a value that JSON would change or lose: `NaN`, a `Date`, a function, a hole in an array,
 * a cycle, a symbol key, a `__proto__` key, half a surrogate pair. Members that are `undefined` count as absent, and `-0`
 * as `0`.
 *
 * @param value - anything
 * @returns `undefined` when the value survives JSON as it is
 */
export function findJsonProblem(value: unknown): JsonProblem | undefined {
  const found = findProblem(value, 0)
  return found && found.path.length >= MAX_DEPTH ? { ...found, path: found.path.slice(0, TOLD_DEPTH) } : found
}

function findProblem(value: unknown, depth: number): JsonProblem | undefined {
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'string') {
    return hasLoneSurrogate(value) ? problem('holds half a surrogate pair') : undefined
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : problem('must be a finite number')
  }
  if (typeof value !== 'object') return problem(`must be a JSON value, not ${typeof value}`)
  if (depth >= MAX_DEPTH) return problem('is nested too deeply, or refers to itself')
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = findProblem(value[index], depth + 1)
      if (found) return below(index, found)
    }
    return undefined
  }
  if (!isPlainObject(value)) return problem('must be a plain object, not an instance of a class')
  if (Object.getOwnPropertySymbols(value).length > 0) return problem('must not have a symbol key')
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return problem('must not have a __proto__ key')
    if (hasLoneSurrogate(key)) return problem('has a key that holds half a surrogate pair')
    const member = value[key]
    const found = member === undefined ? undefined : findProblem(member, depth + 1)
    if (found) return below(key, found)
  }
  return undefined
}

function problem(message: string): JsonProblem {
  return { path: [], message }
}

/** The path is put together on the way back, so that a value without a problem costs no paths. */
function below(key: string | number, { path, message }: JsonProblem): JsonProblem {
  return { path: [key, ...path], message }
}

/**
 * Copies a value in which {@link findJsonProblem} finds nothing, all the way down. Members that are `undefined` are left
 * out, and `-0` becomes `0`, as JSON would have it.
 *
 * @param value - a JSON value
 * @throws TypeError when it is none
 */
export function copyJson(value: unknown): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return value === 0 ? 0 : value
  if (Array.isArray(value)) return value.map((item: unknown) => copyJson(item))
  if (!isPlainObject(value)) throw new TypeError('This is not a JSON value.')
  return copyJsonObject(value)
}

/** As {@link copyJson}, for what is known to be a plain object. */
export function copyJsonObject(value: Readonly<Record<string, unknown>>): JsonObject {
  const copy: JsonObject = {}
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) copy[key] = copyJson(member)
  }
  return copy
}

/**
 * Tells whether two JSON values are the same, whatever the order of the keys in their objects. A member that is null is not
 * the same as one that is absent. `undefined` is the same as itself alone.
 *
 * @param a - a JSON value
 * @param b - a JSON value
 */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index]))
    )
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  )
}
