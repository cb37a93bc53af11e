/**
 * ChatBotKit's own contacts API under the vendor's names and shapes: code written for the vendor's SDK moves over by changing
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
export type { EndpointCall } from './call.ts'
export { ChatBotKitClient } from './client.ts'
export type { ClientFetchOptions } from './client-fetch.ts'
export { ContactClient } from './contact-client.ts'
export {
  createContact,
  deleteContact,
  ensureContact,
  exportContacts,
  fetchContact,
  listContacts,
  updateContact,
} from './contacts.ts'
export { listContactConversations } from './conversations.ts'
export type { ChatBotKitClientOptions, FetchFunction, FetchHints } from './options.ts'
export type { ResourceListing } from './resource-listing.ts'
export type {
  ContactConversation,
  ContactSecret,
  ContactSecretAuthenticateResponse,
  ContactSecretRevokeResponse,
  ContactSecretVerifyResponse,
  ContactSpace,
  ContactTask,
  ResourceInstance,
  ResourceListRequest,
  ResourceListResponse,
  ResourceListStreamType,
} from './resource-types.ts'
export { ResponsePromise, type ResponseSource } from './response-promise.ts'
export {
  authenticateContactSecret,
  listContactSecrets,
  revokeContactSecret,
  verifyContactSecret,
} from './secrets.ts'
export { listContactSpaces } from './spaces.ts'
export {
  ConversationClient,
  SecretClient,
  SpaceClient,
  TaskClient,
} from './sub-clients.ts'
export { listContactTasks } from './tasks.ts'
export type { ResumePolicy } from './transport.ts'
export type {
  ContactCreateRequest,
  ContactCreateResponse,
  ContactDeleteResponse,
  ContactEnsureFields,
  ContactEnsureRequest,
  ContactEnsureResponse,
  ContactFetchResponse,
  ContactFields,
  ContactInstance,
  ContactListRequest,
  ContactListResponse,
  ContactListStreamItemType,
  ContactListStreamType,
  ContactMeta,
  ContactOptions,
  ContactUpdateRequest,
  ContactUpdateResponse,
  PageRequest,
} from './types.ts'
