/**
 * Contacts of two providers copied and kept in step, durably: what users import.
 *
 * @packageDocumentation
 */

export type {
  ChangesProgress,
  ChangesSummary,
  ContactChange,
  ContactChanges,
} from './changes/changes.ts'
export type { ReadChangesOptions } from './changes/options.ts'
export { readChanges } from './changes/read-changes.ts'
export { defineSync, type Sync } from './define/define-sync.ts'
export type { FieldPath, FieldPlaces, LostField, SyncDefinition, SyncKey } from './define/definition.ts'
export type { InferredSync } from './define/given-types.ts'
export type { Cannot, SyncProblems } from './define/problem-types.ts'
export { type ContactsSource, findDuplicates } from './duplicates/find-duplicates.ts'
export {
  DUPLICATE_KEYS,
  type DuplicateKey,
  type DuplicatesProgress,
  type FindDuplicatesOptions,
} from './duplicates/options.ts'
export type {
  Crowd,
  DuplicateContact,
  DuplicateGroup,
  DuplicateReason,
  DuplicateReport,
  SharedKeyReason,
  SimilarNameReason,
} from './duplicates/report.ts'
export type { ContactEvent, ContactFieldChange, ContactOutcome } from './engine/contact-event.ts'
export type { RunProgress, SyncReport } from './engine/report.ts'
export type { RunOptions } from './engine/run-options.ts'
export { runSync } from './engine/run-sync.ts'
export { SyncError, type SyncErrorInit, type SyncErrorReason } from './errors.ts'
export type { InputSourceInit, RefusedInput } from './inputs/init.ts'
export { type InputSource, inputSource } from './inputs/input-source.ts'
export type { InputRow, InputRows } from './inputs/row-reader.ts'
export type { Ledger } from './ledger/ledger.ts'
export type { FieldValues } from './ledger/pair.ts'
export type { ConflictDecision } from './ledger/records.ts'
export type { SqliteDriver } from './ledger/sqlite/driver.ts'
export { type SqliteLedgerOptions, sqliteLedger } from './ledger/sqlite/sqlite-ledger.ts'
export { PLAIN_FIELDS, type PlainField } from './project/places.ts'
export type {
  ConflictChoice,
  ConflictPolicy,
  FieldConflict,
} from './project/plan.ts'
export {
  listConflicts,
  type OpenConflict,
  type ResolveConflictOptions,
  resolveConflict,
} from './review/conflicts.ts'
export { type ForgottenKey, forgetContact } from './review/forget.ts'
export { listProblems, type SyncProblem } from './review/problems.ts'
export {
  type Bucket,
  type BucketSide,
  DIFFERENCE_KINDS,
  type Difference,
  type DifferenceKind,
  type Differences,
  type FieldDifference,
  type FieldReading,
  type FieldSurvival,
  type HashedContacts,
  type KeyReading,
  type PairCounts,
  type Reading,
  type SideCounts,
  type SyncCertificate,
} from './verify/certificate.ts'
export { type VerifyOptions, type VerifyProgress, verifySync } from './verify/verify-sync.ts'
