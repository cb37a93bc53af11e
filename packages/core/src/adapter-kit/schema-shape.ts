import type * as v from 'valibot'
import { isObject } from '../model/json.ts'

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

/** The steps of a schema's pipe; none where it has no pipe. */
export function pipeOf(schema: v.GenericSchema): readonly unknown[] {
  const pipe: unknown = member(schema, 'pipe')
  return Array.isArray(pipe) ? pipe : []
}

/** Tells whether a step of a pipe says something about the value and checks nothing. */
export function isMetadata(step: unknown): boolean {
  return isObject(step) && step.kind === 'metadata'
}

/** A step of a pipe that checks a value. */
export interface Validation extends v.GenericValidation {
  readonly requirement?: unknown
}

/** Tells whether a step of a pipe is a synchronous check. */
export function isValidation(value: unknown): value is Validation {
  return isObject(value) && value.kind === 'validation' && value.async === false
}

const HANDS_ON: ReadonlySet<string> = new Set([
  'string',
  'number',
  'boolean',
  'null',
  'literal',
  'picklist',
  'custom',
  'unknown',
  'any',
])

/** Whether a schema's output is the very value that came in, so that what follows in a pipe can look at that. */
export function handsOn(schema: v.GenericSchema): boolean {
  if (isOverridden(schema)) return false
  if (member(schema, 'pipe') !== undefined) {
    return pipeOf(schema).every((step) =>
      isSchema(step) ? handsOn(step) : isMetadata(step) || isValidation(step),
    )
  }
  if (HANDS_ON.has(schema.type)) return true
  const wrapped = schemaMember(schema, 'wrapped')
  const isWrapper = /^(?:nullish|nullable|optional|undefinedable|exact_optional)$/.test(schema.type)
  return isWrapper && wrapped !== undefined && member(schema, 'default') === undefined && handsOn(wrapped)
}

/** Whether the copy that a loose object makes has the same members as a plain object that came in. */
export function copiesMembers(schema: v.GenericSchema): boolean {
  const entries: unknown = member(schema, 'entries')
  if (!isObject(entries)) return false
  return Object.keys(entries).every((key) => {
    const entry = entries[key]
    return isSchema(entry) && handsOn(entry) && !(key in Object.prototype)
  })
}

/** Whether valibot puts something in the place of a missing member. */
export function fillsIn(schema: v.GenericSchema): boolean {
  return isOverridden(schema) || member(schema, 'default') !== undefined
}

/** `string` for a schema that takes text, null and nothing, and so on; `undefined` for what belongs to no group. */
export function kindOrNothing(schema: v.GenericSchema): string | undefined {
  const wrapped = schemaMember(schema, 'wrapped')
  if (schema.type !== 'nullish' || wrapped === undefined) return undefined
  const isPlain = member(schema, 'pipe') === undefined && member(wrapped, 'pipe') === undefined
  return isPlain && !isOverridden(wrapped) ? wrapped.type : undefined
}
