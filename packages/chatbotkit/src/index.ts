/**
 * ChatBotKit contacts behind AnyContact's one interface. `chatbotkit()` makes the client; the vendor's own API under its
 * own names is in `@anycontact/chatbotkit/api`.
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
export { type ChatBotKitAdapter, chatbotkitAdapter } from './adapter.ts'
export { type ChatBotKitContacts, chatbotkit } from './chatbotkit.ts'
export type { ChatBotKitRecord, ChatBotKitVendorFields } from './mapping.ts'
export type { ChatBotKitOptions } from './options.ts'
