import { hasDigits, withDigits } from './kept-digits.ts'

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
const MAX_DEPTH = 100
/** What a value may be part of: a contact, the list of its methods, one of them, and its custom fields. */
const MAX_DEPTH_GIVEN = MAX_DEPTH + 4
/** As much of the path as is reported of nesting that goes too deep. */
const TOLD_DEPTH = 3
/** More values than this are no contact; the walk through an object that holds itself many times over ends with it. */
const MAX_VALUES = 1_000_000

const LONE_SURROGATE = /\p{Surrogate}/u
/** Characters that nobody sees: zero-width ones, byte order marks, direction marks. */
const FORMAT_CHARACTER = /\p{Cf}/u

/**
 * What keeps text from being sent: a NUL, which databases refuse, or half a surrogate pair, which UTF-8 cannot carry.
 *
 * @param text - any string
 * @returns what is wrong with it; `undefined` for nothing
 */
export function textProblem(text: string): string | undefined {
  if (text.includes('\0')) return 'holds a NUL character'
  return LONE_SURROGATE.test(text) ? 'holds half a surrogate pair' : undefined
}

/**
 * What keeps text from being a key, an email address or a phone number: beside what {@link textProblem} finds, a character that
 * nobody sees. With it, what reads the same would be another contact.
 *
 * @param text - any string
 */
export function keyProblem(text: string): string | undefined {
  return (
    textProblem(text) ??
    (FORMAT_CHARACTER.test(text)
      ? 'holds an invisible character, such as a zero-width space, a byte order mark or a direction mark'
      : undefined)
  )
}

/**
 * What keeps a number from arriving as it is.
 *
 * @param value - any number
 */
export function numberProblem(value: number): string | undefined {
  if (!Number.isFinite(value)) return 'must be a finite number'
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return 'is beyond 2^53 - 1, where numbers lose digits: send it as text'
  }
  return undefined
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

/** What a caller gave, read once: a copy, or what is wrong with it. */
export type Reading<Value> =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: JsonProblem }

/** Ends the reading of a value. */
class Unreadable extends Error {}

/** A way through a value. */
interface Walk {
  readonly path: (string | number)[]
  readonly maxDepth: number
  /** Whether everything must be what JSON can hold; else what is no data is left as it is. */
  readonly isStrict: boolean
  left: number
}

/**
 * Reads what a caller gave, once: plain objects and arrays are copied all the way down, so that no getter or proxy runs after this
 * and what the caller does with them later changes nothing. `-0` becomes `0`; a member that is `undefined` stays. What is no data,
 * for example a `Date` or a function, is left as it is for whoever knows what must stand there.
 *
 * A problem is: what throws when it is read, a hole in an array, a symbol key, a `__proto__` key, text that cannot be sent, a number
 * that JSON or JavaScript cannot hold, nesting that goes too deep or refers to itself.
 *
 * @param given - anything
 */
export function readGiven(given: unknown): Reading<unknown> {
  return reading(given, copyGiven, false, MAX_DEPTH_GIVEN)
}

/**
 * Reads an object of JSON values that a caller gave, as {@link readGiven} does. What is no JSON is a problem; members that are
 * `undefined` are left out.
 *
 * @param given - anything
 */
export function readJsonObject(given: object): Reading<JsonObject> {
  // Strict, so that the copy holds nothing else.
  return reading(given, (object, walk) => copyGiven(object, walk) as JsonObject, true, MAX_DEPTH)
}

/**
 * Reads the members of an object that a caller gave, once. Their values are left as they are.
 *
 * @param given - anything
 * @param inherited - names of members that it may have from a class or another prototype, as options do. @default only its own, of
 * a plain object
 */
export function readMembers(given: unknown, inherited?: readonly string[]): Reading<Record<string, unknown>> {
  const read = (object: unknown, walk: Walk): Record<string, unknown> => {
    const isPlain = isPlainObject(object)
    if (!isPlain && !(inherited && isInstance(object))) throw new Unreadable('must be a plain object')
    const names = memberNames(object, walk)
    if (!isPlain) names.push(...(inherited ?? []).filter((name) => name in object))
    const members: Record<string, unknown> = {}
    for (const key of new Set(names)) {
      walk.path[0] = key
      members[key] = object[key]
    }
    return members
  }
  return reading(given, read, false, 1)
}

/** Whether an object is of a class of somebody's own, or made from another: no list, map, signal or other thing of the platform. */
function isInstance(value: unknown): value is Record<string, unknown> {
  return isObject(value) && Object.prototype.toString.call(value) === '[object Object]'
}

/**
 * Tells whether a check of something passes. What throws when it is looked at, as a proxy can, does not.
 *
 * @param check - looks at it
 */
export function holds(check: () => boolean): boolean {
  try {
    return check()
  } catch {
    return false
  }
}

/**
 * Tells whether a value is an object with members to send: one made by `{}`, or of a class of somebody's own. Lists, dates, maps and
 * other things of the platform are none, nor is what throws when it is looked at.
 *
 * @param value - anything
 */
export function isDataObject(value: unknown): value is object {
  return holds(() => isPlainObject(value) || isInstance(value))
}

function reading<Given, Value>(
  given: Given,
  read: (given: Given, walk: Walk) => Value,
  isStrict: boolean,
  maxDepth: number,
): Reading<Value> {
  const walk: Walk = { path: [], maxDepth, isStrict, left: MAX_VALUES }
  try {
    return { value: read(given, walk) }
  } catch (error) {
    const path = walk.path.length >= MAX_DEPTH ? walk.path.slice(0, TOLD_DEPTH) : walk.path
    const message = error instanceof Unreadable ? error.message : 'cannot be read: reading it throws an error'
    return { problem: { path, message } }
  }
}

function copyGiven(given: unknown, walk: Walk): unknown {
  if (given === null || typeof given === 'boolean') return given
  if (typeof given === 'string') {
    refuse(textProblem(given))
    return given
  }
  if (typeof given === 'number') {
    refuse(numberProblem(given))
    return given === 0 ? 0 : given
  }
  if (typeof given !== 'object') {
    if (walk.isStrict) refuse(`must be a JSON value, not ${typeof given}`)
    return given
  }
  const isArray = Array.isArray(given)
  if (!isArray && !isPlainObject(given)) {
    if (walk.isStrict) refuse('must be a plain object, not an instance of a class')
    return given
  }
  if (walk.path.length >= walk.maxDepth) refuse('is nested too deeply, or refers to itself')
  walk.left--
  if (walk.left < 0) refuse('holds too much, or refers to itself')
  return isArray ? copyItems(given, walk) : copyMembers(given, walk)
}

function copyItems(given: readonly unknown[], walk: Walk): unknown[] {
  const items: unknown[] = []
  for (let index = 0; index < given.length; index++) {
    walk.path.push(index)
    // Each item of a list that is given counts for itself.
    if (walk.path.length === 1) walk.left = MAX_VALUES
    if (!Object.hasOwn(given, index)) refuse('is a hole in an array')
    items.push(copyGiven(given[index], walk))
    walk.path.pop()
  }
  return hasDigits ? withDigits(given, items) : items
}

function copyMembers(given: Readonly<Record<string, unknown>>, walk: Walk): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const key of memberNames(given, walk)) {
    walk.path.push(key)
    const member = given[key]
    if (member !== undefined || !walk.isStrict) copy[key] = copyGiven(member, walk)
    walk.path.pop()
  }
  return hasDigits ? withDigits(given, copy) : copy
}

/** The keys of an object; a key that cannot be sent is refused. */
function memberNames(given: object, { path }: Walk): string[] {
  if (Object.getOwnPropertySymbols(given).length > 0) refuse('must not have a symbol key')
  const keys = Object.keys(given)
  for (const key of keys) {
    const found = textProblem(key)
    if (found !== undefined) refuse(`has a key that ${found}`)
    if (key !== '__proto__') continue
    path.push(key)
    refuse('cannot be a key')
  }
  return keys
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new Unreadable(problem)
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
