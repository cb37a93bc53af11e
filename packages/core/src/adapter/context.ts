import type { CallScope } from '../call/scope.ts'
import type { ContactsWarning } from '../call/warning.ts'
import type { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'

export type { ContactsWarning }

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
  /**
   * Says that the listing may lack items although it goes on or ends: it is then not `complete`, and the caller is warned.
   *
   * @param why - a sentence for the warning
   */
  noteIncomplete(why: string): void
}
