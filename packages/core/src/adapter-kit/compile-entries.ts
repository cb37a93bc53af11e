import type * as v from 'valibot'

/** Tells whether a value is good. */
export type Check = (value: unknown) => boolean

/**
 * Tells whether a value is an object, arrays included, as valibot's objects take it.
 *
 * @param value - anything
 */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/**
 * Tells whether a value is a synchronous valibot schema.
 *
 * @param value - anything, for example a member of another schema
 */
export function isSchema(value: unknown): value is v.GenericSchema {
  return (
    isObject(value) && value.kind === 'schema' && value.async === false && typeof value['~run'] === 'function'
  )
}

/**
 * Reads a member of a schema that only schemas of its type have.
 *
 * @param schema - the schema
 * @param name - the member's name
 */
export function member(schema: v.GenericSchema, name: string): unknown {
  return Reflect.get(schema, name)
}

/**
 * Reads a member of a schema that is a schema itself.
 *
 * @param schema - the schema
 * @param name - the member's name
 * @returns `undefined` when it is none
 */
export function schemaMember(schema: v.GenericSchema, name: string): v.GenericSchema | undefined {
  const found = member(schema, name)
  return isSchema(found) ? found : undefined
}

/**
 * Tells whether a schema was given a fallback, which makes it accept everything whatever its type says.
 *
 * @param schema - the schema
 */
export function isOverridden(schema: v.GenericSchema): boolean {
  return Object.hasOwn(schema, 'fallback')
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

/**
 * Compiles the entries of an object schema. Those of one simple kind are checked together: a call an entry costs more than
 * the check itself.
 *
 * @param entries - the schema's `entries`
 * @param compile - compiles the schema of an entry
 * @returns `undefined` for entries that have to be left to valibot
 */
export function compileEntries(
  entries: unknown,
  compile: (schema: v.GenericSchema) => Check,
): Check | undefined {
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

/** Whether valibot puts something in the place of a missing member. */
function fillsIn(schema: v.GenericSchema): boolean {
  return isOverridden(schema) || member(schema, 'default') !== undefined
}

/** `string` for a schema that takes text, null and nothing, and so on; `undefined` for what belongs to no group. */
function kindOrNothing(schema: v.GenericSchema): string | undefined {
  const wrapped = schemaMember(schema, 'wrapped')
  if (schema.type !== 'nullish' || wrapped === undefined) return undefined
  const isPlain = member(schema, 'pipe') === undefined && member(wrapped, 'pipe') === undefined
  return isPlain && !isOverridden(wrapped) ? wrapped.type : undefined
}

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
