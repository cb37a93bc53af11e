import { ContactsError } from '@anycontact/core'
import { SyncError } from '../errors.ts'
import type { PairProblem } from '../ledger/pair.ts'

/** So many writes in a row that fail for want of a connection end a run: the next start goes on with it. */
export const MAX_FAILURES_IN_A_ROW = 20

/** Whether an error ends the run, because every other call would meet it too. */
export function endsRun(error: unknown): boolean {
  if (!ContactsError.is(error)) return true
  return error instanceof SyncError || error.code === 'unauthenticated' || error.code === 'config'
}

/** Whether an error tells of the provider or the way to it, and not of the contact. */
export function isOutage(error: unknown): boolean {
  if (!ContactsError.is(error)) return false
  return ['network', 'timeout', 'unavailable', 'rate_limited'].includes(error.code)
}

/** Whether it is known what became of a write that failed. */
export function isSettled(error: unknown): boolean {
  return ContactsError.is(error) && error.applied === 'no'
}

/** An error as the ledger keeps it for a contact. */
export function problemOf(error: unknown): PairProblem {
  if (!ContactsError.is(error))
    return { kind: 'failed', code: 'bad_response', message: 'The provider cannot be understood.' }
  return { kind: 'failed', code: error.code, message: error.message }
}
