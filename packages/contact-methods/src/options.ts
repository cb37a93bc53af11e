import type { ContactsPolicy } from '@anycontact/core'
import type { ComplianceSDKOptions } from './api/options.ts'

/** The settings of a contact-methods client. */
export interface ContactMethodsOptions extends ComplianceSDKOptions, ContactsPolicy {
  /**
   * Whether the vendor's listing comes sorted by client id, lowest first, so that the methods of a client follow each other: then
   * a page of 200 methods costs two requests at most. `true` where it comes so unasked. Where it must be asked for, the entries of
   * the vendor's `sort` that ask for it; the vendor does not publish the names inside them, so none are sent without this option.
   * A listing that turns out not to be sorted ends with `bad_response`.
   * @default false
   * @example [{ field: 'clientId', direction: 'asc' }]
   */
  readonly sortedByClient?: boolean | readonly Readonly<Record<string, unknown>>[] | undefined
}
