import type { AdapterContext } from '../adapter/context.ts';
import type { JsonObject } from '../model/json.ts';
/** What a declared custom field holds: `date` is a moment, as ISO 8601 text. */
export type CustomFieldType = 'text' | 'number' | 'boolean' | 'date';
/** Custom fields declared by name and type. */
export type DeclaredFields = Readonly<Record<string, CustomFieldType>>;
/** The type of a declared custom field's value. */
type ValueOf<Type extends CustomFieldType> = Type extends 'number' ? number : Type extends 'boolean' ? boolean : string;
/** The values of declared custom fields, of which any may be absent. */
export type CustomFieldValues<Declared extends DeclaredFields> = {
    -readonly [Name in keyof Declared]?: ValueOf<Declared[Name]>;
};
/**
 * Makes a function that reads declared custom fields out of a record whose vendor sends every value as text. Values of the
 * right type are taken as they are. One that does not fit its type is left out, and so is empty text; `raw` has both.
 *
 * @param declared - the fields, by name and type
 *
 * @example
 * ```ts
 * const readFields = customFieldsReader({ plan: 'text', seats: 'number' })
 * readFields({ plan: 'pro', seats: '12', hs_id: '7' }) // { plan: 'pro', seats: 12 }
 * ```
 */
export declare function customFieldsReader<const Declared extends DeclaredFields>(declared: Declared): (properties: Readonly<Record<string, unknown>> | null | undefined) => CustomFieldValues<Declared>;
/** The vendor's text for declared custom fields; null clears. */
export type EncodedFields = Record<string, string | null>;
/**
 * Makes a function that writes declared custom fields as text. A field that is not declared has no place at the vendor and is
 * left to `dropField`.
 *
 * @param declared - the fields, by name and type
 * @returns a function of the written fields and the call's context: `undefined` for fields that are not to be touched, null for
 * every declared one where all are to be cleared
 * @throws ContactsError the function does: `invalid_input`, naming the path of each value that does not fit its type
 */
export declare function customFieldsWriter(declared: DeclaredFields): (fields: JsonObject | null | undefined, context: Pick<AdapterContext, 'dropField'>) => EncodedFields | undefined;
export {};
