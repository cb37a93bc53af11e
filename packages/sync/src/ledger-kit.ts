/**
 * What authors of ledgers use: the contract of a ledger, and the suite that holds a store to it.
 *
 * @packageDocumentation
 */

export { planOf } from './define/define-sync.ts'
export { changedFields } from './define/plain-definition.ts'
export { checkWorkerOptions } from './engine/run-options.ts'
export { type WorkerOptions, work } from './engine/worker.ts'
export { SyncError, type SyncErrorInit, type SyncErrorReason } from './errors.ts'
export type { LedgerChange } from './ledger/change.ts'
export { processHolder } from './ledger/holder.ts'
export type { Claim, ClaimHolder, ClaimRequest, Ledger, Line, PairQuery, SyncState } from './ledger/ledger.ts'
export { type OverlayOptions, overlayLedger } from './ledger/overlay.ts'
export type { Pair, PairProblem, PairSide, PairWrite, Side, Snapshot } from './ledger/pair.ts'
export {
  type Conflict,
  type ConflictDecision,
  type Generation,
  type Intent,
  type OpenIntent,
  PHASES,
  type Phase,
  type Run,
  type RunCounts,
  type StagedContact,
  type SyncIdentity,
} from './ledger/records.ts'
export {
  CONFLICT_COLUMNS,
  type ConflictQuery,
  carriedOn,
  conflictCells,
  conflictOf,
  decisionCell,
} from './ledger/rows/conflict-row.ts'
export {
  AS_SOURCE,
  type Cell,
  idCell,
  jsonCell,
  pairOf,
  VALUE_COLUMNS,
  valueCells,
} from './ledger/rows/pair-row.ts'
export {
  GENERATION_COLUMNS,
  generationOf,
  INTENT_COLUMNS,
  intentCells,
  intentOf,
  lineOf,
  RUN_COLUMNS,
  runOf,
  stagedOf,
} from './ledger/rows/record-rows.ts'
export { numberAt, type Row, requiredNumber, requiredText, textAt } from './ledger/rows/row.ts'
export {
  type LedgerReads,
  notOpened,
  StoredLedger,
  type StoreReads,
  stateOf,
} from './ledger/rows/stored-ledger.ts'
export { givenText, storedText } from './ledger/text.ts'
export type { Projection, SyncClient, SyncPlan } from './project/plan.ts'
export type {
  LedgerSubject,
  LedgerTest,
  LedgerTestFunction,
  LedgerTestOptions,
  LedgerTestSettings,
  LedgerWriterCommand,
} from './testing/ledger-subject.ts'
export { runLedgerWriter } from './testing/ledger-writer.ts'
export { ledgerTests, testLedger } from './testing/test-ledger.ts'
