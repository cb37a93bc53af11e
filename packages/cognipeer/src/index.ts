/**
 * Cognipeer contacts behind AnyContact's one interface. `cognipeer()` makes the client; the vendor's own API under its
 * own names is in `@anycontact/cognipeer/api`.
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
export { type CognipeerAdapter, cognipeerAdapter } from './adapter.ts'
export { COGNIPEER_RATE_LIMIT } from './api/options.ts'
export { type CognipeerContacts, cognipeer } from './cognipeer.ts'
export type { CognipeerRecord, CognipeerVendorFields } from './mapping.ts'
export type { CognipeerOptions } from './options.ts'
