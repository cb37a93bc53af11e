/**
 * Client contact methods (Artu) behind AnyContact's one interface. `contactMethods()` makes the client; the vendor's own API
 * under its own names is in `@anycontact/contact-methods/api`.
 *
 * @packageDocumentation
 */
export type {
  Activity,
  BatchFailure,
  BatchOptions,
  BatchProgress,
  BatchResult,
  BatchRun,
  BatchSuccess,
  BatchTotals,
  CallOptions,
  Clock,
  Contact,
  ContactInput,
  ContactMethod,
  ContactMethodInput,
  ContactMethodPatch,
  ContactMethodSync,
  ContactMethodType,
  ContactPatch,
  ContactRef,
  ContactsErrorCode,
  ContactsErrorIssue,
  ContactsPolicy,
  ContactsWarning,
  ContactsWith,
  Conversation,
  CopyOptions,
  CopyReport,
  CredentialOption,
  CsvColumn,
  ExportCsvOptions,
  FetchFunction,
  HttpOptions,
  JsonObject,
  JsonValue,
  ListQuery,
  LookupOptions,
  OperationName,
  Page,
  Pager,
  QueryPlan,
  RateLimitOptions,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  RetryOptions,
  UpdateItem,
  UpsertOutcome,
  UpsertResult,
  Where,
} from '@anycontact/core'
export { ContactsError, copyContacts, exportCsv } from '@anycontact/core'
export { type ContactMethodsAdapter, contactMethodsAdapter } from './adapter.ts'
export type { ContactMethodRecord } from './api/wire.ts'
export { type ContactMethodsContacts, contactMethods } from './contact-methods.ts'
export type { ContactMethodsClientRecord } from './mapping.ts'
export type { ClientSort, ContactMethodsOptions } from './options.ts'
