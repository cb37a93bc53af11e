import type { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { CallOptions } from '../call/settings.ts'

/** Something that was left out of a write, or of a listing, because the client was told to go on without it. */
export interface ContactsWarning {
  /** What was left out: part of a write, or a record of a listing. */
  readonly code: 'unsupported_field' | 'invalid_record'
  /** The adapter that was used. */
  readonly provider: string
  /** The operation that was called, such as `create`. */
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

/** What an adapter's method is told beside its input. */
export interface AdapterContext<Vendor = unknown> extends CallOptions {
  /** The client's operation, for errors and hooks. */
  readonly operation: string
  /** The vendor-only fields of this write. */
  readonly vendor?: Vendor | undefined
  /**
   * The contact to be changed, where this very call has read it by the adapter's own `get` or `list` already: an adapter
   * that must know the record before it writes need not read it again.
   */
  readonly current?: Contact | undefined
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
