/**
 * A contacts client over a store in this process, for tests and prototypes.
 *
 * @packageDocumentation
 */
export * from '@anycontact/core'
export { type MemoryAdapter, type MemoryContacts, memory, memoryAdapter } from './memory.ts'
export type { MemoryAdapterOptions, MemoryOptions } from './options.ts'
export type {
  MemoryActivity,
  MemoryActivitySeed,
  MemoryAvatar,
  MemoryClock,
  MemoryComment,
  MemoryCommentSeed,
  MemoryContactSeed,
  MemoryConversation,
  MemoryConversationSeed,
  MemoryFile,
  MemoryFileSeed,
  MemoryIdKind,
  MemoryIds,
  MemoryMethod,
  MemoryMethodSeed,
  MemoryNotification,
  MemoryNotificationSeed,
  MemoryRecord,
  MemoryRow,
  MemoryRowSeed,
  MemorySeed,
  MemorySnapshot,
  MemoryStore,
} from './store/index.ts'
