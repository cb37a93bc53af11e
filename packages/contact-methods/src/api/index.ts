/**
 * Artu's own contact-methods API under the vendor's names and shapes: code written for the vendor's SDK moves over by changing
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
export { ComplianceSDK } from './client.ts'
export { ContactMethods } from './contact-methods/index.ts'
export {
  APIError,
  ComplianceError,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  ValidationError,
} from './error-classes.ts'
export { collectAll, collectUpTo, contains, getFirst, oneOf } from './helpers.ts'
export type { ComplianceSDKOptions, ContactMethodsEnvironment } from './options.ts'
export type {
  AtomicBatchResult,
  BatchItemError,
  BatchItemFailure,
  BatchItemSuccess,
  BatchRequestOptions,
  BatchResult,
  ContactMethod,
  ContactMethodCreate,
  ContactMethodFilter,
  ContactMethodList,
  ContactMethodListRequest,
  ContactMethodPageRequest,
  ContactMethodSyncItem,
  ContactMethodSyncOptions,
  ContactMethodSyncRequest,
  ContactMethodSyncResult,
  ContactMethodType,
  ContactMethodUpdate,
  ContactMethodUpdateItem,
  ContactMethodUpsert,
  ContactMethodUpsertItem,
  FilterOperators,
  FilterValue,
  MetadataFilter,
  PartialBatchResult,
  UpsertResult,
  ValidationIssue,
} from './types.ts'
