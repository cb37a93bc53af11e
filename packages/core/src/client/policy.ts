import type { ContactsWarning, OnInvalid } from '../adapter/context.ts'

/** How a client treats what does not fit; the same for every adapter. */
export interface ContactsPolicy {
  /**
   * What to do with a field that the provider cannot store: throw `unsupported_field`, or leave it out and report it
   * through `onWarning`.
   * @default 'throw'
   */
  readonly unsupportedFields?: 'throw' | 'drop' | undefined
  /** What to do with a record in a listing that cannot be mapped. @default 'throw' */
  readonly onInvalid?: OnInvalid | undefined
  /** Told of each field that was left out and each record that was skipped. @default nobody */
  readonly onWarning?: ((warning: ContactsWarning) => void) | undefined
  /**
   * How many requests a batch, or a listing whose pages can be addressed ahead, has under way at once.
   * @default 4
   */
  readonly concurrency?: number | undefined
}
