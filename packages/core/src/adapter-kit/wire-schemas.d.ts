import * as v from 'valibot';
type Nullish<Schema extends v.GenericSchema> = v.NullishSchema<Schema, undefined>;
/** Text, null or absent: most of what vendors send, whatever their types say of null. */
export declare const wireText: Nullish<v.StringSchema<string>>;
/** A number, null or absent. */
export declare const wireNumber: Nullish<v.NumberSchema<string>>;
/** True, false, null or absent. */
export declare const wireFlag: Nullish<v.BooleanSchema<string>>;
/** A plain object, null or absent; its members are not looked at. */
export declare const wireObject: Nullish<v.CustomSchema<Record<string, unknown>, v.ErrorMessage<v.CustomIssue> | undefined>>;
/** An array of texts, null or absent. */
export declare const wireTexts: Nullish<v.ArraySchema<v.StringSchema<string>, string>>;
/** Text that must be there and not be empty: an id. */
export declare const wireId: v.SchemaWithPipe<readonly [v.StringSchema<string>, v.NonEmptyAction<string, string>]>;
/**
 * A record as a vendor sends it, as far as an adapter reads it. Members that are not named pass as they are.
 *
 * @param entries - the members that are read
 *
 * @example
 * ```ts
 * const PersonSchema = wireRecord({ id: wireId, full_name: wireText, tags: wireTexts, attributes: wireObject })
 * ```
 */
export declare function wireRecord<const Entries extends v.ObjectEntries>(entries: Entries): v.LooseObjectSchema<Entries, (issue: v.LooseObjectIssue) => string>;
export {};
