/**
 * Client contact methods (Artu) behind AnyContact's one interface. `contactMethods()` makes the client; the vendor's own API
 * under its own names is in `@anycontact/contact-methods/api`.
 *
 * @packageDocumentation
 */
export * from '@anycontact/core'
export type { ComplianceSDK } from './api/index.ts'
export type { ContactMethodRecord } from './api/wire.ts'
export {
  type ContactMethodsAdapter,
  type ContactMethodsContacts,
  contactMethods,
  contactMethodsAdapter,
} from './contact-methods.ts'
export type { ContactMethodsClientRecord } from './mapping.ts'
export type { ContactMethodsOptions } from './options.ts'
