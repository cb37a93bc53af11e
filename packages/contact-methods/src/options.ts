import type { ContactsPolicy } from '@anycontact/core'
import type { ComplianceSDKOptions } from './api/options.ts'

/** How a listing is asked to come sorted by client, in both directions: entries of the vendor's `sort`. */
export interface ClientSort {
  /** By client, the lowest id first. */
  readonly asc: readonly Readonly<Record<string, unknown>>[]
  /** By client, the highest id first. */
  readonly desc: readonly Readonly<Record<string, unknown>>[]
}

/** The settings of a contact-methods client. */
export interface ContactMethodsOptions extends ComplianceSDKOptions, ContactsPolicy {
  /**
   * How to ask for a listing that is sorted by client. The vendor does not publish the names inside `sort`, so whether the
   * server does it is found out, not trusted; one that does not is read in another, correct and costlier way. `false` never asks.
   * @default { asc: [{ field: 'clientId', direction: 'asc' }], desc: [{ field: 'clientId', direction: 'desc' }] }
   */
  readonly clientSort?: ClientSort | false | undefined
}
