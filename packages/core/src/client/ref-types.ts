import type { AnyAdapter } from '../adapter/adapter.ts'
import type { OperationName } from '../adapter/capabilities.ts'
import type { RefBy, RefKey, WholeContact } from '../model/ref.ts'
import type { NativeKeys, ScanKeys } from './adapter-types.ts'

/** A reference that the provider looks up itself. */
export type NativeRef<A extends AnyAdapter, Op extends OperationName> = RefOrHint<
  NativeKeys<A, Op>,
  ScanKeys<A, Op>
>

/** A reference that is looked up by the provider itself or, when that was asked for, by reading its listing. */
export type ScanRef<A extends AnyAdapter, Op extends OperationName> = RefOrHint<
  NativeKeys<A, Op> | ScanKeys<A, Op>,
  never
>

/** How a group's call names a contact: by its id, or by a key that `get` takes. */
export type GroupRef<A extends AnyAdapter> = RefOrHint<'id' | NativeKeys<A, 'get'>, ScanKeys<A, 'get'>>

/** As {@link GroupRef}, or by a key that `get` takes when a scan is asked for. */
export type GroupScanRef<A extends AnyAdapter> = RefOrHint<
  'id' | NativeKeys<A, 'get'> | ScanKeys<A, 'get'>,
  never
>

/**
 * A reference by some keys, and a hint for each of the others. A hint is not another way to name a contact: it has the keys that
 * work as well, so whatever fits it is a reference already. It is there for the compiler's message: `get({ email })` is compared
 * with the hint about `email`, whose type is a text that says what to do instead.
 */
type RefOrHint<Native extends RefKey, Scan extends RefKey> =
  | RefBy<Native>
  | Hint<Exclude<RefKey, Native>, Native, Exclude<Scan, Native>>

type Hint<Missing extends RefKey, Native extends RefKey, Scan extends RefKey> = Missing extends RefKey
  ? Flat<
      ([Native] extends [never] ? WholeContact : { readonly [Key in Native]: string }) & {
        readonly [Key in Missing]: Key extends Scan
          ? ScanHint<Key, KeyList<Native>>
          : MissingHint<Key, KeyList<Native>, KeyList<Scan>>
      }
    >
  : never

type ScanHint<
  Key extends string,
  Native extends string,
> = `to look up by ${Key}, pass { scan: true }, which reads the whole listing${Native extends '' ? '' : `; or name the contact by ${Native}`}`

type MissingHint<
  Key extends string,
  Native extends string,
  Scan extends string,
> = `there is no lookup by ${Key}: name the contact by ${Native}${Scan extends '' ? '' : `${Native extends '' ? '' : ', or '}with { scan: true } by ${Scan}`}`

/** The keys, in the order of `REF_KEYS`, with commas. */
type KeyList<Key extends RefKey> = Join<
  [
    ...('id' extends Key ? ['id'] : []),
    ...('externalId' extends Key ? ['externalId'] : []),
    ...('email' extends Key ? ['email'] : []),
    ...('phone' extends Key ? ['phone'] : []),
  ]
>

type Join<Parts extends readonly string[]> = Parts extends [
  infer First extends string,
  ...infer Rest extends readonly string[],
]
  ? Rest extends []
    ? First
    : `${First}, ${Join<Rest>}`
  : ''

type Flat<Shape> = { [Key in keyof Shape]: Shape[Key] }
