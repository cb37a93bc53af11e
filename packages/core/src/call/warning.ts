/** Something that a client went on without, or that is stored otherwise than it was written. */
export interface ContactsWarning {
  /**
   * `unsupported_field`: part of a write was left out, or not kept by the provider. `rewritten_field`: it is stored in another
   * spelling. `unconfirmed`: the provider still showed the old value when it was read back, which a replica may do for a while.
   * `invalid_record`: a record was left out of a listing. `incomplete_listing`: a listing ended, and may lack contacts.
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
