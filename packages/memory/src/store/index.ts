/** The store: what is kept, and how it is changed. The rest of the package sees no more of it than this. */
export {
  changeMethod,
  type MethodTools,
  makePrimary,
  newMethod,
  primaryOf,
  replaceMethods,
} from './contact-methods.ts'
export type { ContactTable, Placed } from './contact-table.ts'
export { badCursor, parseCursor, readCursor, writeCursor } from './cursor.ts'
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
export { Database, type MemoryClock } from './database.ts'
export { createStore, type MemoryStore } from './handle.ts'
export { countingIds, type MemoryIdKind, type MemoryIds } from './ids.ts'
export { ambiguous, conflict, invalidInput, notFound } from './problems.ts'
export { copyMethod, copyRecord, type MemoryMethod, type MemoryRecord } from './record.ts'
export { seedDatabase } from './seed.ts'
export { applyWrite, blankRecord, withMethods } from './write.ts'
