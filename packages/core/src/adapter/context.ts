import type { CallScope } from '../call/scope.ts'
import type { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'

/** Something that a client went on without, or that is stored otherwise than it was written. */
export interface ContactsWarning {
  /**
   * `unsupported_field`: part of a write was left out, or not kept by the provider. `rewritten_field`: it is stored in another
   * spelling. `unconfirmed`: the provider still showed the old value when it was read back, which a replica may do for a while.
   * `invalid_record`: a record was left out of a listing. `incomplete_listing`: a listing ended before its own total.
   * `still_deleted`: an upsert found a contact that the provider keeps as deleted, and it still is.
   */
  readonly code:
    | 'unsupported_field'
    | 'rewritten_field'
    | 'unconfirmed'
    | 'invalid_record'
    | 'incomplete_listing'
    | 'still_deleted'
  /** The adapter that was used. */
  readonly provider: string
  /** The operation that was called, for example `create`. */
  readonly operation: string
  /** The dotted path of the field that was left out. */
  readonly field?: string
  /** The same in words, for logs. */
  readonly message: string
}

/** What to do with a record in a listing that cannot be mapped: throw `bad_response`, leave it out, or decide. */
export type OnInvalid = 'throw' | 'skip' | ((error: ContactsError, record: unknown) => 'throw' | 'skip')

/** Memory shared by the items of one batch, so that what one found out serves the others. */
export interface BatchMemo {
  /** Runs the function once for the batch and gives every caller its result; a failure is not kept. */
  once<T>(key: string, run: () => Promise<T>): Promise<T>
}

/** What an adapter's method is given beside its input. */
export interface AdapterContext<Vendor = unknown> {
  /** The call that it belongs to; hand it to each request as it is. */
  readonly call: CallScope
  /** The vendor-only fields of this write. */
  readonly vendor?: Vendor | undefined
  /**
   * The contact to be changed, where this very call has read it by the adapter's own `get` or `list` already: an adapter
   * that must know the record before it writes need not read it again.
   */
  readonly current?: Contact | undefined
  /** Whether an upsert must answer `updated` or `unchanged`, where the adapter may otherwise answer `stored`. */
  readonly exactOutcome: boolean
  /** Shared by the items of a batch; a call of its own has one for itself. */
  readonly batch: BatchMemo
  /**
   * Says that part of a field cannot be stored. Throws `unsupported_field`, or, when the client was made with
   * `unsupportedFields: 'drop'`, warns and returns: then the adapter leaves that part out.
   */
  dropField(path: string, reason: string): void
  /** Maps the records of a listing; one that cannot be mapped is treated as `onInvalid` says. */
  mapRecords<Item>(records: readonly unknown[], map: (record: unknown, index: number) => Item): Item[]
}
