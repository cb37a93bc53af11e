import fc from 'fast-check'
import * as v from 'valibot'
import { isPlainObject } from '../../model/json.ts'

/** Few keys, so that schemas and values meet; some of them are names that every object has. */
const key: fc.Arbitrary<string> = fc.constantFrom(
  ...['a', 'a', 'a', 'b', 'b'],
  'id',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
)

const leaf = fc.constantFrom<v.GenericSchema>(
  v.string(),
  v.number(),
  v.boolean(),
  v.null(),
  v.unknown(),
  v.any(),
  v.literal('x'),
  v.literal(Number.NaN),
  v.picklist(['x', 'y', 1]),
  v.custom(isPlainObject),
  v.custom((value) => value === undefined || value === 'x'),
  v.pipe(v.string(), v.nonEmpty()),
  v.pipe(v.string(), v.title('Name'), v.nonEmpty(), v.maxLength(2)),
  v.pipe(v.string(), v.regex(/^x/)),
  v.pipe(v.pipe(v.string(), v.nonEmpty()), v.startsWith('x')),
  v.pipe(v.number(), v.integer(), v.minValue(0)),
  v.pipe(
    v.string(),
    v.check((text) => text !== 'y'),
  ),
  v.pipe(
    v.unknown(),
    v.rawCheck(({ dataset, addIssue }) => {
      if (dataset.value === 'x') addIssue({ message: 'must not be x' })
    }),
  ),
  v.pipe(v.unknown(), v.string(), v.picklist(['x', 'yy'])),
  v.pipe(
    v.nullish(v.string()),
    v.check((text) => text !== 'x'),
  ),
  v.pipe(
    v.unknown(),
    v.object({ a: v.nullish(v.unknown()) }),
    v.check((value) => Object.keys(value).length === 1),
  ),
  v.nullish(v.pipe(v.string(), v.nonEmpty())),
  v.nullish(v.fallback(v.number(), 1)),
  // Not known to the compiler: left to valibot.
  v.pipe(v.string(), v.toNumber()),
  v.pipe(v.string(), v.trim(), v.nonEmpty()),
  v.fallback(v.string(), 'x'),
  v.date(),
  v.nonNullish(v.unknown()),
  v.lazy(() => v.string()),
)

/** Wraps a schema so that null, nothing or both are good as well, or may be missing. */
function wrapped(schema: fc.Arbitrary<v.GenericSchema>): fc.Arbitrary<v.GenericSchema> {
  return fc.oneof(
    schema.map((inner) => v.nullish(inner)),
    schema.map((inner) => v.nullable(inner)),
    schema.map((inner) => v.optional(inner)),
    schema.map((inner) => v.undefinedable(inner)),
    schema.map((inner) => v.exactOptional(inner)),
    schema.map((inner) => v.optional(inner, 'x')),
    schema.map((inner) => v.nullish(inner, null)),
    schema.map((inner) =>
      v.pipe(
        v.optional(inner),
        v.check((value) => value !== undefined),
      ),
    ),
  )
}

/** Objects, and pipes that look at objects. */
function objects(entries: fc.Arbitrary<v.ObjectEntries>): fc.Arbitrary<v.GenericSchema> {
  return fc.oneof(
    { weight: 4, arbitrary: entries.map((given) => v.object(given)) },
    { weight: 4, arbitrary: entries.map((given) => v.looseObject(given)) },
    entries.map((given) => v.strictObject(given)),
    entries.map((given) =>
      v.pipe(
        v.object(given),
        v.check((value) => Object.keys(value).length < 3),
      ),
    ),
    entries.map((given) =>
      v.pipe(
        v.looseObject(given),
        v.check((value) => Object.keys(value).length < 3),
      ),
    ),
    entries.map((given) =>
      v.pipe(
        v.looseObject(given),
        v.check((value) => 'id' in value),
      ),
    ),
    entries.map((given) =>
      v.pipe(
        v.looseObject(given),
        v.check((value) => !('constructor' in value)),
      ),
    ),
    entries.map((given) =>
      v.pipe(
        v.looseObject(given),
        v.check((value) => Reflect.get(value, 'a') !== 'x'),
      ),
    ),
  )
}

/** Entries of few kinds and by many names, as wire records have them. */
const wireEntries: fc.Arbitrary<v.ObjectEntries> = fc
  .array(fc.constantFrom(v.nullish(v.string()), v.nullish(v.number()), v.nullish(v.boolean())), {
    maxLength: 24,
  })
  .map((list) =>
    Object.fromEntries(
      [...'abcdefghijklmnopqrstuvwx'].flatMap((name, at) => {
        const entry = list[at]
        return entry === undefined ? [] : [[name, entry]]
      }),
    ),
  )

/** Schemas of every kind that the compiler knows, and some that it does not. */
export const schema: fc.Arbitrary<v.GenericSchema> = fc.letrec<{ schema: v.GenericSchema }>((tie) => {
  const entry = fc.oneof({ weight: 3, arbitrary: leaf }, wrapped(leaf), tie('schema'))
  return {
    schema: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'schema' },
      leaf,
      wrapped(tie('schema')),
      tie('schema').map((item) => v.array(item)),
      tie('schema').map((value) => v.record(v.string(), value)),
      tie('schema').map((value) => v.record(v.pipe(v.string(), v.minLength(2)), value)),
      fc.array(tie('schema'), { maxLength: 3 }).map((options) => v.union(options)),
      { weight: 6, arbitrary: objects(fc.dictionary(key, entry, { maxKeys: 2, noNullPrototype: true })) },
      { weight: 2, arbitrary: objects(wireEntries) },
    ),
  }
}).schema

const scalar = fc.constantFrom<unknown>(
  '',
  ...['x', 'x', 'x'],
  'y',
  'yy',
  0,
  1,
  -1,
  0.5,
  Number.NaN,
  true,
  false,
  null,
  undefined,
)

/** Values like JSON, and what is nearly JSON. */
export const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => {
  const members = fc.array(fc.tuple(key, tie('value')), { maxLength: 5 })
  return {
    value: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'value' },
      { weight: 3, arbitrary: scalar },
      fc.array(tie('value'), { maxLength: 3 }),
      // Members of their own even by the name __proto__, as JSON.parse makes them.
      { weight: 6, arbitrary: members.map((list) => Object.fromEntries(list)) },
      members.map((list) => Object.assign(Object.create(null), Object.fromEntries(list))),
      members.map((list) => Object.create(Object.fromEntries(list))),
      members.map((list) => Object.assign([], Object.fromEntries(list))),
    ),
  }
}).value
