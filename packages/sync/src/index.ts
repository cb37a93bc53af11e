export { SyncError, type SyncErrorReason } from './errors.ts'
