import * as v from 'valibot'
import { isObject } from '../model/json.ts'
import {
  copiesMembers,
  fillsIn,
  handsOn,
  isMetadata,
  isOverridden,
  isSchema,
  isValidation,
  kindOrNothing,
  member,
  pipeOf,
  schemaMember,
} from './schema-shape.ts'

/** Tells whether a value is good. */
export type Check = (value: unknown) => boolean

/**
 * Compiles a valibot schema into a predicate that accepts exactly what `v.is` accepts, at about the speed of a hand-written
 * guard. No code is made at run time, so it also works where `eval` is forbidden.
 *
 * It knows text, numbers, booleans, null, literals, picklists, the optional and nullish wrappers, arrays, objects, loose
 * objects, records, unions, `custom`, `unknown`, `any`, and pipes of validations. Any other part of a schema is left to
 * `v.is`. The input is only looked at, never copied.
 *
 * @param schema - any synchronous schema
 * @returns a predicate that tells whether a value is good input of the schema
 *
 * @example
 * ```ts
 * const isPage = compileCheck(v.looseObject({ items: v.array(v.unknown()), next: v.nullish(v.string()) }))
 * if (isPage(answer)) console.log(answer.items.length)
 * ```
 */
export function compileCheck<Schema extends v.GenericSchema>(
  schema: Schema,
): (value: unknown) => value is v.InferInput<Schema> {
  const check = compile(schema)
  return (value): value is v.InferInput<Schema> => check(value)
}

function compile(schema: v.GenericSchema): Check {
  const byValibot: Check = (value) => v.is(schema, value)
  if (isOverridden(schema)) return byValibot
  return (Array.isArray(member(schema, 'pipe')) ? compilePipe(schema) : compilePlain(schema)) ?? byValibot
}

/** Gives `undefined` for a type that is not known here. */
function compilePlain(schema: v.GenericSchema): Check | undefined {
  switch (schema.type) {
    case 'string':
      return (value) => typeof value === 'string'
    case 'number':
      return (value) => typeof value === 'number' && !Number.isNaN(value)
    case 'boolean':
      return (value) => typeof value === 'boolean'
    case 'null':
      return (value) => value === null
    case 'unknown':
    case 'any':
      return () => true
    case 'literal':
      return isOneOf([member(schema, 'literal')])
    case 'picklist':
      return isOneOf(member(schema, 'options'))
    case 'custom':
      return compileCustom(schema)
    case 'nullish':
    case 'nullable':
    case 'optional':
    case 'undefinedable':
    case 'exact_optional':
      return compileWrapper(schema)
    case 'array':
      return compileArray(schema)
    case 'object':
    case 'loose_object':
      return compileEntries(member(schema, 'entries'))
    case 'record':
      return compileRecord(schema)
    case 'union':
      return compileUnion(schema)
    default:
      return undefined
  }
}

/** `includes` and the Set agree with valibot in that NaN is the same as NaN. */
function isOneOf(options: unknown): Check | undefined {
  if (!Array.isArray(options)) return undefined
  const known = new Set<unknown>(options)
  return (value) => known.has(value)
}

function compileCustom(schema: v.GenericSchema): Check | undefined {
  const check = member(schema, 'check')
  if (typeof check !== 'function') return undefined
  return (value) => Boolean(check(value))
}

function compileWrapper(schema: v.GenericSchema): Check | undefined {
  const wrapped = schemaMember(schema, 'wrapped')
  if (wrapped === undefined || member(schema, 'default') !== undefined) return undefined
  const inner = compile(wrapped)
  switch (schema.type) {
    case 'nullish':
      return (value) => value === null || value === undefined || inner(value)
    case 'nullable':
      return (value) => value === null || inner(value)
    case 'exact_optional':
      return inner
    default:
      return (value) => value === undefined || inner(value)
  }
}

function compileArray(schema: v.GenericSchema): Check | undefined {
  const itemSchema = schemaMember(schema, 'item')
  if (itemSchema === undefined) return undefined
  const item = compile(itemSchema)
  return (value) => {
    if (!Array.isArray(value)) return false
    for (let index = 0; index < value.length; index++) if (!item(value[index])) return false
    return true
  }
}

function compileRecord(schema: v.GenericSchema): Check | undefined {
  const [keySchema, valueSchema] = [schemaMember(schema, 'key'), schemaMember(schema, 'value')]
  if (keySchema === undefined || valueSchema === undefined) return undefined
  const [key, value] = [compile(keySchema), compile(valueSchema)]
  return (input) => {
    if (!isObject(input)) return false
    for (const name of Object.keys(input)) {
      // valibot passes these over.
      if (name === '__proto__' || name === 'prototype' || name === 'constructor') continue
      if (!key(name) || !value(input[name])) return false
    }
    return true
  }
}

function compileUnion(schema: v.GenericSchema): Check | undefined {
  const options: unknown = member(schema, 'options')
  if (!Array.isArray(options) || !options.every(isSchema)) return undefined
  const checks = options.map(compile)
  return (value) => checks.some((check) => check(value))
}

/** A pipe of one schema and validations after it, of which each sees the value that came in. */
function compilePipe(schema: v.GenericSchema): Check | undefined {
  const [first, ...rest] = pipeOf(schema)
  if (!isSchema(first)) return undefined
  const start = compile(first)
  const checks: Check[] = []
  for (const step of rest) {
    if (isMetadata(step)) continue
    const check = compileStep(step)
    if (check === undefined) return undefined
    checks.push(check)
  }
  const [only, second] = checks
  if (only === undefined) return start
  const all: Check = second === undefined ? only : (value): boolean => checks.every((check) => check(value))
  if (handsOn(first)) return (value) => start(value) && all(value)
  if (first.type !== 'loose_object' || !copiesMembers(first)) return undefined
  // valibot shows its validations a copy, which differs from some objects in more than identity.
  return (value) => (isPlainCopy(value) ? start(value) && all(value) : v.is(schema, value))
}

function compileStep(step: unknown): Check | undefined {
  if (isSchema(step)) return handsOn(step) ? compile(step) : undefined
  if (!isValidation(step)) return undefined
  if (step.type === 'non_empty') return (value) => hasLength(value) && value.length > 0
  if (step.type === 'check' && typeof step.requirement === 'function') {
    const { requirement } = step
    return (value) => Boolean(requirement(value))
  }
  return (value) => step['~run']({ typed: true, value }, { abortEarly: true }).issues === undefined
}

function hasLength(value: unknown): value is string | readonly unknown[] {
  return typeof value === 'string' || Array.isArray(value)
}

/** Tells an object that valibot copies as it is: a plain one, without the keys that it passes over. */
function isPlainCopy(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !Object.hasOwn(value, '__proto__') &&
    !Object.hasOwn(value, 'prototype') &&
    !Object.hasOwn(value, 'constructor')
  )
}

type Members = Readonly<Record<string, unknown>>
type MembersCheck = (record: Members) => boolean

/** An entry that belongs to no group. */
interface Entry {
  readonly key: string
  readonly check: Check
  /** Whether an object may be without the key. */
  readonly isOptional: boolean
}

/** Entries of one simple kind are checked together: a call an entry costs more than the check itself. */
function compileEntries(entries: unknown): Check | undefined {
  if (!isObject(entries)) return undefined
  const [texts, numbers, flags, others]: [string[], string[], string[], Entry[]] = [[], [], [], []]
  for (const key in entries) {
    const schema = entries[key]
    if (!isSchema(schema) || fillsIn(schema)) return undefined
    const kind = kindOrNothing(schema)
    if (kind === 'string') texts.push(key)
    else if (kind === 'number') numbers.push(key)
    else if (kind === 'boolean') flags.push(key)
    else others.push({ key, check: compile(schema), isOptional: OPTIONAL.has(schema.type) })
  }
  const [areTexts, areNumbers] = [compileTexts(texts), compileNumbers(numbers)]
  return (value) =>
    isObject(value) &&
    areTexts(value) &&
    areNumbers(value) &&
    areFlags(value, flags) &&
    areGood(value, others)
}

/** The types whose key an object may be without. */
const OPTIONAL: ReadonlySet<string> = new Set(['optional', 'exact_optional', 'nullish'])

function isText(value: unknown): boolean {
  return typeof value === 'string' || value === null || value === undefined
}

function isNumber(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'number' && !Number.isNaN(value))
}

/**
 * Written out key by key, because engines remember for each place in the code which member is read there: where one schema is
 * in use, this takes half the time of a loop. Keys beyond the places are checked in a loop.
 */
function compileTexts(keys: readonly string[]): MembersCheck {
  const [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ...rest] = keys
  return (record) =>
    (a === undefined || isText(record[a])) &&
    (b === undefined || isText(record[b])) &&
    (c === undefined || isText(record[c])) &&
    (d === undefined || isText(record[d])) &&
    (e === undefined || isText(record[e])) &&
    (f === undefined || isText(record[f])) &&
    (g === undefined || isText(record[g])) &&
    (h === undefined || isText(record[h])) &&
    (i === undefined || isText(record[i])) &&
    (j === undefined || isText(record[j])) &&
    (k === undefined || isText(record[k])) &&
    (l === undefined || isText(record[l])) &&
    (m === undefined || isText(record[m])) &&
    (n === undefined || isText(record[n])) &&
    (o === undefined || isText(record[o])) &&
    (p === undefined || isText(record[p])) &&
    rest.every((key) => isText(record[key]))
}

function compileNumbers(keys: readonly string[]): MembersCheck {
  const [a, b, c, d, ...rest] = keys
  return (record) =>
    (a === undefined || isNumber(record[a])) &&
    (b === undefined || isNumber(record[b])) &&
    (c === undefined || isNumber(record[c])) &&
    (d === undefined || isNumber(record[d])) &&
    rest.every((key) => isNumber(record[key]))
}

function areFlags(record: Members, keys: readonly string[]): boolean {
  for (const key of keys) {
    const value = record[key]
    if (typeof value !== 'boolean' && value !== null && value !== undefined) return false
  }
  return true
}

function areGood(record: Members, entries: readonly Entry[]): boolean {
  for (const { key, check, isOptional } of entries) {
    const value = record[key]
    if (value === undefined && !(key in record)) {
      if (!isOptional) return false
    } else if (!check(value)) return false
  }
  return true
}
