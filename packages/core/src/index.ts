/**
 * What applications use: the Contact model, the types of a client, its errors, and the functions beside it. Applications install an
 * adapter package, which hands all of this on; what authors of adapters use is in `@anycontact/core/adapter-kit`.
 *
 * @packageDocumentation
 */
export type {
  BatchCapability,
  Capabilities,
  CapabilityMode,
  CreateCapability,
  CustomFieldType,
  GroupCapability,
  ListCapability,
  LookupCapability,
  OperationName,
  PlainCapability,
  UpdateCapability,
  UpsertCapability,
} from './adapter/capabilities.ts'
export type { ContactsWarning, OnInvalid } from './adapter/context.ts'
export type { ContactMethodSync, ConversationFilter, UploadSource } from './adapter/group-contract.ts'
export type { UpsertOutcome, UpsertResult } from './adapter/pages.ts'
export type { CallOptions, RetryOptions } from './call/settings.ts'
export type { Clock } from './call/timing.ts'
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
export type { VendorRequest, VendorRequestOptions } from './client/by-hand.ts'
export type { Declares } from './client/claims.ts'
export type {
  ContactWithFields,
  CustomFieldsInput,
  CustomFieldValues,
  DeclaredFields,
} from './client/custom-field-types.ts'
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
export type { CapableAdapter, NeededAdapter } from './client/needed-adapter.ts'
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
  UpsertBy,
  WriteOptions,
  WriteRun,
} from './client/options.ts'
export type { ContactsPolicy } from './client/policy.ts'
export type { NativeRef, ScanRef } from './client/ref-types.ts'
export type { Contacts, ContactsBase, ContactsWith, Operations } from './client/types.ts'
export type {
  KeyedBy,
  PlannedUpsert,
  StoredUpsert,
  UpsertKey,
  UpsertOf,
  UpsertOptions,
} from './client/upsert-types.ts'
export { type ConsoleHooks, type ConsoleHooksOptions, consoleHooks } from './console-hooks.ts'
export {
  type CopyFailure,
  type CopyOptions,
  type CopyProgress,
  type CopyReport,
  type CopyWarning,
  copyContacts,
} from './copy/copy-contacts.ts'
export type { CsvColumn } from './csv/columns.ts'
export { type CsvSource, type ExportCsvOptions, exportCsv } from './csv/export-csv.ts'
export type { CsvDelimiter } from './csv/row.ts'
export {
  type Applied,
  ContactsError,
  type ContactsErrorCode,
  type ContactsErrorIssue,
  type ContactsErrorJson,
} from './errors.ts'
export { createRateLimiter } from './http/limiter.ts'
export type {
  CredentialOption,
  FailureEvent,
  FetchFunction,
  HeadersOption,
  HttpOptions,
  RateLimiter,
  RateLimitOptions,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from './http/types.ts'
export type { CommentInput } from './model/comment-input.ts'
export { type Contact, ContactSchema } from './model/contact.ts'
export type { ContactMethod, ContactMethodType } from './model/contact-method.ts'
export type { ContactMethodInput, ContactMethodPatch } from './model/contact-method-input.ts'
export type { ContactInput, ContactPatch, WritableField } from './model/input.ts'
export type { JsonInput, JsonInputObject, JsonObject, JsonValue } from './model/json.ts'
export type { Condition, ListQuery, OrderBy, Where } from './model/query.ts'
export type { Activity, Comment, ContactFile, Conversation, Notification } from './model/records.ts'
export type { ContactRef, RefBy, RefKey, WholeContact } from './model/ref.ts'
export type { Page, Pager, ToArrayOptions } from './pager.ts'
