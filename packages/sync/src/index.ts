/**
 * Contacts of two providers copied and kept in step, durably: what users import.
 *
 * @packageDocumentation
 */

export { defineSync, type Sync } from './define/define-sync.ts'
export { SyncError, type SyncErrorInit, type SyncErrorReason } from './errors.ts'
export type {
  ConflictChoice,
  ConflictPolicy,
  FieldConflict,
} from './project/plan.ts'
