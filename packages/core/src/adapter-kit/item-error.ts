import { textsIn } from '../call/needles.ts'
import { CallScope, type CallSettings } from '../call/scope.ts'
import { createScrubber, type Scrubber } from '../call/scrub.ts'
import { ContactsError, type ContactsErrorCode } from '../errors.ts'
import { sanitize } from '../http/redact.ts'
import { providerErrors } from './provider-errors.ts'

/** Longest code of the vendor's that is passed on. */
const maxVendorCode = 100

/** What is known of an item that a native batch refused. */
export interface RefusedItem {
  /** The adapter's `provider`. */
  readonly provider: string
  /** The operation, for example `createMany`. */
  readonly operation?: string | undefined
  /** The item as it was sent: every text in it is taken out of the vendor's words. */
  readonly item: unknown
  /** `context.call`: with it, everything that the batch sent is taken out, other items' texts too. @default the item alone */
  readonly call?: CallSettings | undefined
  /** The vendor's own words. */
  readonly message?: string | undefined
  /** What kind of refusal it is. @default 'invalid_input' */
  readonly code?: ContactsErrorCode | undefined
  /** The vendor's code. */
  readonly vendorCode?: string | undefined
}

/**
 * The error of an item that a native batch refused while others were taken.
 *
 * @param refused - what is known of it
 */
export function itemError(refused: RefusedItem): ContactsError {
  const { provider, call, item, message, code = 'invalid_input', vendorCode } = refused
  const operation = refused.operation ?? call?.operation
  const scrubber = (): Scrubber =>
    call instanceof CallScope ? call.scrubber() : createScrubber(textsIn(item))
  const shown = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : sanitize(text, scrubber)
  const said = shown(message)
  const who = providerErrors(provider).who(operation)
  return new ContactsError({
    code,
    message: `${who} this item was refused.${said === undefined ? '' : ` The provider says: ${said}`}`,
    provider,
    operation,
    vendorCode: shown(vendorCode)?.slice(0, maxVendorCode),
  })
}
