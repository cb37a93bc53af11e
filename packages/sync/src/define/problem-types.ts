import type { RefKey } from '@anycontact/core'
import type { PlainField } from '../project/places.ts'
import type { Given, IsBoth, SourceKey, TargetKey } from './given-types.ts'
import type { PlaceProblem } from './place-problem-types.ts'
import type {
  ChangedBy,
  DeclaredBy,
  HeldBy,
  IsTold,
  LackingOf,
  ReadableKeyOf,
  SlotsOf,
  WritableKeyOf,
} from './side-types.ts'

// What cannot be is found here as sentences, one for each option, and the compiler shows them: the option is not assignable to the
// sentence. `findBindings` and `sideIssues` say the same at run time.

/** What is wrong with a definition, by the option that it concerns; without members where nothing is. */
export type SyncProblems<D extends Given> = Problem<'source', SourceProblem<D>> &
  Problem<'target', TargetProblem<D>> &
  Problem<'by', Impossible<KeyProblem<D>>> &
  Problem<'fields', PlaceProblem<D>> &
  Problem<'lost', LostProblem<D>> &
  Problem<'deletions', Impossible<DeletionProblem<D>>> &
  Problem<'keep', Impossible<KeepProblem<D>>> &
  Problem<'absent', Impossible<AbsentProblem<D>>>

/** The full stop makes other types of them: a union of sentences the compiler would show by its name, and not what it says. */
type Problem<Option extends string, Message> = [Message] extends [never]
  ? unknown
  : { readonly [Name in Option]: Message extends string ? `${Message}.` : Message }

/** What no word is: a word and a sentence have nothing in common, and the compiler would show neither. */
type Impossible<Why> = Why extends string ? Cannot<Why> : never

/** Why an option cannot be what it is. */
export interface Cannot<Why> {
  /** Never there at run time. */
  readonly '~why': Why
}

type Written = 'get' | 'create' | 'update'

type SourceProblem<D extends Given> =
  IsBoth<D> extends true
    ? IsTold<D['source']> extends true
      ? Lacks<'source', 'a sync in both directions', LackingOf<D['source'], Written>>
      : never
    : never

type TargetProblem<D extends Given> =
  IsTold<D['target']> extends true ? Lacks<'target', 'a sync', LackingOf<D['target'], Written>> : never

type Lacks<Side extends string, Why extends string, Op extends string> = Op extends string
  ? `the ${Side} has no ${Op}, which ${Why} needs`
  : never

type DeletionProblem<D extends Given> = [D['deletions']] extends ['mirror']
  ?
      | (IsTold<D['target']> extends true ? CannotDelete<'target', LackingOf<D['target'], 'delete'>> : never)
      | (IsBoth<D> extends true
          ? IsTold<D['source']> extends true
            ? CannotDelete<'source', LackingOf<D['source'], 'delete'>>
            : never
          : never)
  : never

type CannotDelete<Side extends string, Op extends string> = Op extends string
  ? `the ${Side} has no delete: leave deletions out, or say 'keep'`
  : never

type KeepProblem<D extends Given> = [D['keep']] extends ['hashes']
  ? IsBoth<D> extends true
    ? "what goes both ways is merged, which takes the values that were agreed: leave keep out, or say 'values'"
    : never
  : never

type AbsentProblem<D extends Given> = [D['absent']] extends ['leave']
  ? IsBoth<D> extends true
    ? "in both directions a field that one side does not have was cleared there: leave absent out, or say 'clear'"
    : never
  : never

interface KeyKinds {
  readonly id: 'id'
  readonly externalId: 'id'
  readonly email: 'email'
  readonly phone: 'phone'
}

type KeyProblem<D extends Given> =
  | (SourceKey<D> extends infer Here extends RefKey
      ? TargetKey<D> extends infer There extends RefKey
        ? KeyKinds[Here] extends KeyKinds[There]
          ? never
          : `${Here} of the source and ${There} of the target are keys of different kinds, which never meet`
        : never
      : never)
  | (IsTold<D['target']> extends true
      ? CannotGoBy<'target', TargetKey<D>, WritableKeyOf<D['target']>>
      : never)
  | (IsTold<D['source']> extends true
      ? CannotGoBy<
          'source',
          SourceKey<D>,
          IsBoth<D> extends true ? WritableKeyOf<D['source']> : ReadableKeyOf<D['source']>
        >
      : never)

type CannotGoBy<Side extends string, Key, Good> =
  Exclude<Key, Good> extends infer Bad extends RefKey
    ? `the ${Side} does not store contacts and find them by ${Bad}: go by ${Good & string}, or by { source, target }`
    : never

/** The fields that are placed. */
type Placed<D extends Given> = keyof D['fields']

/** The places that are taken by fields of other names. */
type Taken<D extends Given> = {
  [Field in keyof D['fields']]: D['fields'][Field] extends Field ? never : D['fields'][Field]
}[keyof D['fields']]

type LostOf<D extends Given> = D['lost'] extends readonly (infer Field)[] ? Field : never

/** The fields that have to be seen to: all that the source can hold, but the key. */
type Open<D extends Given> = Exclude<
  Extract<HeldBy<D['source']>, PlainField>,
  SourceKey<D> | Placed<D> | LostOf<D> | Carried<D>
>

/** The fields that the target keeps in step under their own names. */
type Carried<D extends Given> =
  | Exclude<
      ChangedBy<D['target']> & (IsBoth<D> extends true ? ChangedBy<D['source']> : unknown),
      'contactMethods' | TargetKey<D> | Taken<D>
    >
  | Methods<D>

/** Contact methods, with the address and number among them, where all of them have a place. */
type Methods<D extends Given> =
  'contactMethods' extends ChangedBy<D['target']>
    ? IsBoth<D> extends true
      ? 'contactMethods' extends ChangedBy<D['source']>
        ? FitsInto<D['source'], D['target']> & FitsInto<D['target'], D['source']> & 'contactMethods'
        : never
      : FitsInto<D['source'], D['target']>
    : never

type FitsInto<From, To> = [SlotsOf<To>] extends [never]
  ? 'contactMethods'
  : [SlotsOf<From>] extends [never]
    ? never
    : [SlotsOf<From>] extends [SlotsOf<To>]
      ? 'contactMethods'
      : never

type LostProblem<D extends Given> = UnseenProblem<D> | DoubleProblem<D>

/** A field that is left out, and has a place all the same. */
type DoubleProblem<D extends Given> = `customFields.${string}` extends LostOf<D> | Placed<D>
  ? never
  : Extract<LostOf<D>, SourceKey<D> | Placed<D>> extends infer Field extends string
    ? `${Field} is the key or placed by fields, and cannot be lost as well`
    : never

type UnseenProblem<D extends Given> =
  IsTold<D['source']> extends true
    ? IsTold<D['target']> extends true
      ? Unplaced<D, Open<D> | OpenCustom<D>>
      : never
    : never

type Unplaced<D extends Given, Field> = Field extends 'customFields'
  ? 'the target cannot hold every custom field: name customFields here; those that fields places are kept all the same'
  : Field extends string
    ? 'customFields' extends ChangedBy<D['target']>
      ? [DeclaredBy<D['target']>] extends [never]
        ? `the target does not keep ${Field}: place it by fields, for example { ${Quoted<Field>}: 'customFields.${Field}' }, or name it here`
        : `the target does not keep ${Field}: place it by fields, or name it here`
      : `the target does not keep ${Field}: place it by fields, or name it here`
    : never

type Quoted<Field extends string> = Field extends `${string}.${string}` ? `'${Field}'` : Field

/** Custom fields that have no place: those that are declared by name, or all. */
type OpenCustom<D extends Given> =
  'customFields' extends HeldBy<D['source']>
    ? 'customFields' extends LostOf<D>
      ? never
      : [DeclaredBy<D['source']>] extends [never]
        ? KeepsCustom<D> extends true
          ? [DeclaredBy<D['target']>] extends [never]
            ? never
            : 'customFields'
          : 'customFields'
        : Exclude<
            `customFields.${DeclaredBy<D['source']>}`,
            Placed<D> | LostOf<D> | (KeepsCustom<D> extends true ? KeptNames<D> : never)
          >
    : never

type KeptNames<D extends Given> = [DeclaredBy<D['target']>] extends [never]
  ? `customFields.${string}`
  : `customFields.${DeclaredBy<D['target']>}`

type KeepsCustom<D extends Given> =
  'customFields' extends ChangedBy<D['target']>
    ? IsBoth<D> extends true
      ? 'customFields' extends ChangedBy<D['source']>
        ? true
        : false
      : true
    : false
