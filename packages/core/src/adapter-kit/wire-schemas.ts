import * as v from 'valibot'
import { isPlainObject } from '../model/json.ts'

// The messages are ours, because valibot's own quote the value.

type Nullish<Schema extends v.GenericSchema> = v.NullishSchema<Schema, undefined>

/** Text, null or absent: most of what vendors send, whatever their types say of null. */
export const wireText: Nullish<v.StringSchema<string>> = v.nullish(v.string('must be text or null'))

/** A number, null or absent. */
export const wireNumber: Nullish<v.NumberSchema<string>> = v.nullish(v.number('must be a number or null'))

/** True, false, null or absent. */
export const wireFlag: Nullish<v.BooleanSchema<string>> = v.nullish(v.boolean('must be true, false or null'))

/** A plain object, null or absent; its members are not looked at. */
export const wireObject: Nullish<
  v.CustomSchema<Record<string, unknown>, v.ErrorMessage<v.CustomIssue> | undefined>
> = v.nullish(v.custom<Record<string, unknown>>(isPlainObject, 'must be an object or null'))

/** An array of texts, null or absent. */
export const wireTexts: Nullish<v.ArraySchema<v.StringSchema<string>, string>> = v.nullish(
  v.array(v.string('must be text'), 'must be an array or null'),
)

const notEmpty = 'must be text that is not empty'

/** Text that must be there and not be empty: an id. */
export const wireId: v.SchemaWithPipe<readonly [v.StringSchema<string>, v.NonEmptyAction<string, string>]> =
  v.pipe(v.string(notEmpty), v.nonEmpty(notEmpty))

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
export function wireRecord<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.LooseObjectSchema<Entries, (issue: v.LooseObjectIssue) => string> {
  // The schema of an object also says that a member is missing.
  return v.looseObject(entries, ({ expected }) =>
    expected === 'Object' ? 'must be an object' : 'is missing',
  )
}
