import * as v from 'valibot'
import { isPlainObject } from './json.ts'

/** A schema for each member of a type, for none too many and none too few. */
export type EntriesOf<Members> = {
  readonly [Key in keyof Members]-?:
    | v.GenericSchema<Exclude<Members[Key], undefined>>
    | v.GenericSchema<Members[Key]>
}

/** The members of a type, where `undefined` counts as absent. */
export type WithoutUndefined<Members> = { [Key in keyof Members]: Exclude<Members[Key], undefined> }

/**
 * A plain object with these members and no others, as a caller writes it. Members that are `undefined` are left out of what
 * comes out.
 *
 * @param entries - a schema for each member
 * @param otherKey - what to say of a key that is none of them; only the first such key is reported
 */
export function writtenObject<const Entries extends v.ObjectEntries>(
  entries: Entries,
  otherKey: (key: unknown) => string,
) {
  const schema = v.strictObject(entries, ({ expected, input }) =>
    expected === 'never' ? otherKey(input) : 'is missing',
  )
  return v.pipe(
    // Without this an array, a Date or a Map would pass as an object in which nothing is given.
    v.custom<v.InferInput<typeof schema>>(isPlainObject, 'must be a plain object'),
    schema,
    v.transform((members) => withoutUndefined(members)),
  )
}

/**
 * An array of these, as a caller writes it; it may be a read-only one.
 *
 * @param item - a schema for each item
 */
export function writtenArray<const Item extends v.GenericSchema>(item: Item) {
  return v.pipe(
    v.custom<readonly v.InferInput<Item>[]>(Array.isArray, 'must be an array'),
    v.array(item, 'must be an array'),
  )
}

function withoutUndefined<Members extends object>(members: Members): WithoutUndefined<Members> {
  for (const [key, value] of Object.entries(members)) {
    // The object was made by the schema just now and is nobody else's.
    if (value === undefined) Reflect.deleteProperty(members, key)
  }
  return members as WithoutUndefined<Members> // since now it holds
}
