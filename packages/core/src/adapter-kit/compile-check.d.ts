import * as v from 'valibot';
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
export declare function compileCheck<Schema extends v.GenericSchema>(schema: Schema): (value: unknown) => value is v.InferInput<Schema>;
