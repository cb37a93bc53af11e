import type * as v from 'valibot';
/** Tells whether a value is good. */
export type Check = (value: unknown) => boolean;
/**
 * Tells whether a value is an object, arrays included, as valibot's objects take it.
 *
 * @param value - anything
 */
export declare function isObject(value: unknown): value is Record<string, unknown>;
/**
 * Tells whether a value is a synchronous valibot schema.
 *
 * @param value - anything, for example a member of another schema
 */
export declare function isSchema(value: unknown): value is v.GenericSchema;
/**
 * Reads a member of a schema that only schemas of its type have.
 *
 * @param schema - the schema
 * @param name - the member's name
 */
export declare function member(schema: v.GenericSchema, name: string): unknown;
/**
 * Reads a member of a schema that is a schema itself.
 *
 * @param schema - the schema
 * @param name - the member's name
 * @returns `undefined` when it is none
 */
export declare function schemaMember(schema: v.GenericSchema, name: string): v.GenericSchema | undefined;
/**
 * Tells whether a schema was given a fallback, which makes it accept everything whatever its type says.
 *
 * @param schema - the schema
 */
export declare function isOverridden(schema: v.GenericSchema): boolean;
/**
 * Compiles the entries of an object schema. Those of one simple kind are checked together: a call an entry costs more than
 * the check itself.
 *
 * @param entries - the schema's `entries`
 * @param compile - compiles the schema of an entry
 * @returns `undefined` for entries that have to be left to valibot
 */
export declare function compileEntries(entries: unknown, compile: (schema: v.GenericSchema) => Check): Check | undefined;
