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
