/**
 * ChatBotKit's own contacts API under the vendor's names and shapes: code written for the vendor's SDK moves over by changing
 * the import. Functions and methods take a last argument that the vendor's have not: signal, time limits, headers and retry for that
 * call alone.
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
export type { CallSettings, Effect } from '@anycontact/core/adapter-kit'
export { ChatBotKitClient } from './client.ts'
export type { ClientFetchOptions } from './client-fetch.ts'
export { ContactClient, ContactClient as default } from './contact-client.ts'
export {
  createContact,
  deleteContact,
  ensureContact,
  exportContacts,
  fetchContact,
  listContacts,
  updateContact,
} from './contacts/index.ts'
export type { Listing } from './listing-promise.ts'
export type { AttemptOptions, ClientOptions } from './options.ts'
export {
  authenticateSecret,
  type ListResources,
  listConversations,
  listSecrets,
  listSpaces,
  listTasks,
  revokeSecret,
  type SecretAction,
  verifySecret,
} from './resources.ts'
export { ResponsePromise, type ResponseSource } from './response-promise.ts'
export { ConversationClient, SecretClient, SpaceClient, TaskClient } from './sub-clients.ts'
export type * from './types/index.ts'
