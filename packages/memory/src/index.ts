/**
 * A contacts client over a store in this process, for tests and prototypes.
 *
 * @packageDocumentation
 */
export {
  type Activity,
  type BatchFailure,
  type BatchOptions,
  type BatchProgress,
  type BatchResult,
  type BatchRun,
  type BatchSuccess,
  type BatchTotals,
  type CallOptions,
  type Comment,
  type Contact,
  type ContactFile,
  type ContactInput,
  type ContactMethod,
  type ContactMethodInput,
  type ContactMethodPatch,
  type ContactMethodType,
  type ContactPatch,
  type ContactRef,
  type Contacts,
  ContactsError,
  type ContactsErrorCode,
  type ContactsErrorIssue,
  type ContactsPolicy,
  type ContactsWarning,
  type ContactsWith,
  type Conversation,
  type CsvColumn,
  type ExportCsvOptions,
  exportCsv,
  type JsonObject,
  type JsonValue,
  type ListQuery,
  type LookupOptions,
  type Notification,
  type OperationName,
  type Page,
  type Pager,
  type QueryPlan,
  type UpdateItem,
  type UploadSource,
  type UpsertOutcome,
  type UpsertResult,
  type Where,
} from '@anycontact/core'
export { type MemoryAdapter, memoryAdapter } from './adapter.ts'
export type {
  MemoryActivity,
  MemoryActivitySeed,
  MemoryAvatar,
  MemoryComment,
  MemoryCommentSeed,
  MemoryContactSeed,
  MemoryConversation,
  MemoryConversationSeed,
  MemoryFile,
  MemoryFileSeed,
  MemoryMethodSeed,
  MemoryNotification,
  MemoryNotificationSeed,
  MemoryRow,
  MemoryRowSeed,
  MemorySeed,
  MemorySnapshot,
} from './data.ts'
export type { MemoryIdKind, MemoryIds } from './ids.ts'
export { type MemoryContacts, memory } from './memory.ts'
export type { MemoryAdapterOptions, MemoryClock, MemoryOptions } from './options.ts'
export type { MemoryMethod, MemoryRecord } from './record.ts'
export type { MemoryStore } from './store.ts'
