/**
 * The Contact model, the adapter contract and the client that every AnyContact adapter shares. Applications install an
 * adapter package, which re-exports what they need from here; this package itself is for the authors of adapters.
 *
 * @packageDocumentation
 */
export type { Adapter, AnyAdapter } from './adapter/adapter.ts'
export {
  type BatchCapability,
  type Capabilities,
  type CapabilityMode,
  type CreateCapability,
  type CustomFieldType,
  type GroupCapability,
  type ListCapability,
  type LookupCapability,
  OPERATIONS,
  type OperationName,
  type PlainCapability,
  type UpdateCapability,
  type UpsertCapability,
} from './adapter/capabilities.ts'
export type { AdapterContext, BatchMemo, ContactsWarning, OnInvalid } from './adapter/context.ts'
export { defineAdapter } from './adapter/define-adapter.ts'
export { findAdapterProblems } from './adapter/find-problems.ts'
export type {
  AdapterContactMethods,
  AdapterNotifications,
  ContactMethodSync,
  ConversationFilter,
  UploadSource,
} from './adapter/group-contract.ts'
export type {
  AdapterBatchOptions,
  AdapterItemResult,
  AdapterListQuery,
  AdapterPage,
  AdapterPageQuery,
  AdapterUpdate,
  UpsertOutcome,
  UpsertResult,
} from './adapter/pages.ts'
export { type Clock, systemClock } from './call/timing.ts'
export { CallScope, type CallSettings } from './call/scope.ts'
export type { CallOptions, RetryOptions } from './call/settings.ts'
export type {
  ContactOf,
  CreateInput,
  UpdatePatch,
  UpsertInput,
  VendorOf,
  WriteOptionsOf,
} from './client/adapter-types.ts'
export type {
  BatchFailure,
  BatchOptions,
  BatchProgress,
  BatchResult,
  BatchRun,
  BatchSuccess,
  BatchTotals,
  ItemSource,
} from './client/batch-types.ts'
export type { Declares } from './client/claims.ts'
export { createContacts } from './client/create-contacts.ts'
export type { ContactWithFields, CustomFieldValues, DeclaredFields } from './client/custom-field-types.ts'
export { diffContact, sameContact } from './client/diff.ts'
export type { QueryPlan } from './client/explain.ts'
export type {
  ActivitiesGroup,
  AvatarGroup,
  CommentsGroup,
  ContactMethodsGroup,
  ConversationsGroup,
  FilesGroup,
  NotificationsGroup,
} from './client/group-types.ts'
export type {
  BatchNeed,
  ContactsNeeds,
  CreateNeed,
  FieldNeed,
  KeyNeed,
  LookupNeed,
  Needed,
  UpdateNeed,
  UpsertNeed,
} from './client/needs.ts'
export type {
  BatchContact,
  BatchDeleted,
  CountQuery,
  DryRun,
  ItemwiseBatchOptions,
  LookupOptions,
  PageQuery,
  PlainWriteOptions,
  ScanOptions,
  UpdateItem,
  UpdateOptions,
  UpdateScanOptions,
  UpsertBy,
  WriteOptions,
  WriteRun,
} from './client/options.ts'
export type { ContactsPolicy } from './client/policy.ts'
export type { NativeRef, ScanRef } from './client/ref-types.ts'
export type { Contacts, ContactsBase, ContactsWith, EveryCapability, Operations } from './client/types.ts'
export type {
  KeyedBy,
  PlannedUpsert,
  StoredUpsert,
  UpsertKey,
  UpsertOf,
  UpsertOptions,
} from './client/upsert-types.ts'
export {
  type CopyFailure,
  type CopyOptions,
  type CopyProgress,
  type CopyReport,
  copyContacts,
} from './copy/copy-contacts.ts'
export type { CsvColumn } from './csv/columns.ts'
export { type CsvSource, type ExportCsvOptions, exportCsv } from './csv/export-csv.ts'
export {
  type Applied,
  ContactsError,
  type ContactsErrorCode,
  type ContactsErrorInit,
  type ContactsErrorIssue,
  type ContactsErrorJson,
} from './errors.ts'
export { type JsonParse, parseJson } from './http/body.ts'
export { createHttpClient } from './http/client.ts'
export { type CredentialContext, credential } from './http/headers.ts'
export { pathSegment } from './http/request.ts'
export { type LineBatch, maxLineBytes, readLines } from './http/stream.ts'
export type {
  CredentialOption,
  ErrorClassification,
  ErrorResponse,
  FetchFunction,
  HeadersOption,
  HttpClient,
  HttpConfig,
  HttpOptions,
  HttpRequest,
  HttpResponse,
  QueryValue,
  RateLimitOptions,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from './http/types.ts'
export { type Contact, ContactSchema } from './model/contact.ts'
export {
  CONTACT_METHOD_TYPES,
  type ContactMethod,
  ContactMethodSchema,
  type ContactMethodType,
} from './model/contact-method.ts'
export {
  type ContactMethodChange,
  type ContactMethodInput,
  ContactMethodInputSchema,
  type ContactMethodPatch,
  ContactMethodPatchSchema,
  type ContactMethodWrite,
} from './model/contact-method-input.ts'
export {
  type ContactInput,
  ContactInputSchema,
  type ContactPatch,
  ContactPatchSchema,
  type ContactWrite,
  type WritableField,
} from './model/input.ts'
export {
  isPlainObject,
  type JsonInput,
  type JsonInputObject,
  type JsonObject,
  type JsonValue,
} from './model/json.ts'
export type {
  Condition,
  FilterableTextField,
  FilterableTimeField,
  FilterValue,
  ListQuery,
  OrderBy,
  TimeConditions,
  ValueConditions,
  Where,
  WhereOperator,
} from './model/query.ts'
export type { Activity, Comment, ContactFile, Conversation, Notification } from './model/records.ts'
export {
  type ContactRef,
  REF_KEYS,
  type RefBy,
  type RefKey,
  type ResolvedRef,
  type WholeContact,
} from './model/ref.ts'
export type { Page, Pager, ToArrayOptions } from './pager.ts'
export { compileTextSearch } from './text-match.ts'
export { compileConditions } from './where/evaluate.ts'
