/**
 * Cognipeer's own contacts API under the vendor's names and shapes: code written for the vendor's SDK moves over by changing
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
  type RateLimitOptions,
  type RetryOptions,
} from '@anycontact/core'
export type { CallSettings } from '@anycontact/core/adapter-kit'
export { CognipeerClient, CognipeerClient as default } from './client.ts'
export type { IContacts } from './contacts.ts'
export { COGNIPEER_RATE_LIMIT, type CognipeerClientConfig } from './options.ts'
export type {
  ApiError,
  Contact,
  CreateContactOptions,
  GetContactOptions,
  ListContactsOptions,
  PaginatedResponse,
  ToolResult,
  UpdateContactOptions,
} from './types.ts'
