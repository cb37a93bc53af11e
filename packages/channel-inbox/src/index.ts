/**
 * The contacts of an iMBrace channel inbox behind AnyContact's one interface. `channelInbox()` makes the client; the vendor's
 * own API under its own names is in `@anycontact/channel-inbox/api`.
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
  Comment,
  Contact,
  ContactFile,
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
  Notification,
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
  UploadSource,
  UpsertOutcome,
  UpsertResult,
  Where,
} from '@anycontact/core'
export { ContactsError, copyContacts, exportCsv } from '@anycontact/core'
export { type ChannelInboxAdapter, channelInboxAdapter } from './adapter.ts'
export { type ChannelInboxContacts, channelInbox } from './channel-inbox.ts'
export { type ExportInboxCsvOptions, exportInboxCsv } from './csv.ts'
export type { ChannelInboxRecord, ChannelInboxVendorFields } from './mapping.ts'
export type { ChannelInboxOptions } from './options.ts'
