/**
 * Contacts of two providers copied and kept in step, durably: what users import.
 *
 * @packageDocumentation
 */

export { SyncError, type SyncErrorInit, type SyncErrorReason } from './errors.ts'
