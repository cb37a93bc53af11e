import type { TextField } from '../project/places.ts'
import type { FieldPath } from './definition.ts'
import type { Given, IsBoth, SourceKey, TargetKey } from './given-types.ts'
import type { ChangedBy, DeclaredBy, IsTold } from './side-types.ts'

/** Whether `fields` is known only at run time. */
type IsDynamic<Fields> = `customFields.${string}` extends keyof Fields ? true : false

/** Why fields cannot be placed where `fields` says. */
export type PlaceProblem<D extends Given> = IsDynamic<D['fields']> extends true ? never : PlaceProblems<D>

type PlaceProblems<D extends Given> = {
  [Field in keyof D['fields'] & string]: D['fields'][Field] extends infer Place extends string
    ? PlaceProblemOf<D, Field, Place>
    : never
}[keyof D['fields'] & string]

type PlaceProblemOf<D extends Given, Field extends string, Place extends string> =
  | (Field extends FieldPath
      ? never
      : `${Field} is no field of a contact; a custom field is written customFields.<key>`)
  | (Field extends SourceKey<D> ? `${Field} is the key, which has its place by \`by\`` : never)
  | (Place extends TargetKey<D>
      ? `${Field} cannot be placed at ${Place}, which is the key of the target`
      : never)
  | (Field extends Place ? never : ListProblem<Field, Place>)
  | (IsTold<D['target']> extends true
      ? CanChange<D['target'], Place> extends true
        ? never
        : `${Field} cannot be placed at ${Place}, which the target cannot change`
      : never)
  | (IsBoth<D> extends true
      ? IsTold<D['source']> extends true
        ? CanChange<D['source'], Field> extends true
          ? never
          : `${Field} cannot be kept in step in both directions: the source cannot change it`
        : never
      : never)
  | SharedPlace<D, Field, Place>

/** A list has no place but at a custom field. */
type ListProblem<Field extends string, Place extends string> = Place extends `customFields.${string}`
  ? never
  : Place extends TextField
    ? Field extends TextField | `customFields.${string}`
      ? never
      : `${Field} cannot be placed at ${Place}: one of them is a list; place it at a custom field`
    : `${Field} cannot be placed at ${Place}: one of them is a list; place it at a custom field`

type CanChange<Client, Path extends string> = Path extends `customFields.${infer Key}`
  ? 'customFields' extends ChangedBy<Client>
    ? [DeclaredBy<Client>] extends [never]
      ? true
      : Key extends DeclaredBy<Client>
        ? true
        : false
    : false
  : Path extends ChangedBy<Client>
    ? true
    : false

type SharedPlace<D extends Given, Field extends string, Place extends string> = {
  [Other in Exclude<keyof D['fields'] & string, Field>]: D['fields'][Other] extends Place
    ? `${Field} and ${Other} cannot both be placed at ${Place}`
    : never
}[Exclude<keyof D['fields'] & string, Field>]
