/**
 * The vendor's own contacts API under the vendor's names and shapes: code written for the vendor's SDK moves over by changing
 * the import.
 *
 * @packageDocumentation
 */
export {
  ContactsError,
  type ContactsErrorCode,
  type ContactsErrorIssue,
  type CredentialOption,
  type HttpOptions,
  type RetryOptions,
} from '@anycontact/core'
export type { CallSettings } from '@anycontact/core/adapter-kit'
export type { ChannelApi, ChannelOperation, OptionalChannelOperation } from './channel.ts'
export { createImbraceClient, type GeneratedApi, ImbraceClient } from './client.ts'
export type { ContactsResource } from './contacts.ts'
export { ApiError, AuthError, ImbraceError, NetworkError } from './error-classes.ts'
export type { ImbraceClientOptions } from './options.ts'
export type * from './types.ts'
