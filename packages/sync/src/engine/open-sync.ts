import { changedFields } from '../define/plain-definition.ts'
import { SyncError } from '../errors.ts'
import { holderName } from '../ledger/holder.ts'
import type { Claim, ClaimHolder, Ledger, SyncState } from '../ledger/ledger.ts'
import type { SyncPlan } from '../project/plan.ts'

/** What is done where the ledger was made with another definition. */
export type ChangedDefinition = 'throw' | 'continue' | 'restart'

/** A sync that is open in its ledger. */
export interface OpenSync {
  readonly salt: string
  /** Whether the definition that the ledger has is to be replaced. */
  readonly isChanged: boolean
}

/**
 * Opens a sync in its ledger.
 *
 * @throws SyncError `changed_definition` where the ledger was made with another one, and nobody has said what to do
 */
export async function openSync(
  ledger: Ledger,
  { name, definition }: SyncPlan,
  onChanged: ChangedDefinition,
): Promise<OpenSync> {
  const state: SyncState = await ledger.open({ name, definition })
  const changed = state.isKnown ? changedFields(state.definition, definition) : []
  if (changed.length > 0 && onChanged === 'throw') throw changedDefinition(name, changed)
  return { salt: state.salt, isChanged: changed.length > 0 }
}

/**
 * Makes sure that a run is still of the definition that it is worked on with: another worker may have begun one of a newer definition.
 *
 * @throws SyncError `changed_definition`
 */
export async function checkDefinition(ledger: Ledger, plan: SyncPlan): Promise<void> {
  const changed = await definitionChanges(ledger, plan)
  if (changed.length > 0) throw changedDefinition(plan.name, changed)
}

/** What a definition differs in from the one that the ledger has now. */
export async function definitionChanges(
  ledger: Ledger,
  { name, definition }: SyncPlan,
): Promise<readonly string[]> {
  const state = await ledger.state(name)
  return state ? changedFields(state.definition, definition) : []
}

function changedDefinition(name: string, changed: readonly string[]): SyncError {
  return new SyncError({
    reason: 'changed_definition',
    changed,
    message:
      `The ledger knows the sync "${name}" with another definition: ${changed.join(', ')} changed. ` +
      `Run with changedDefinition: 'continue' to go on with what was agreed, or 'restart' to compare everything anew; or give the sync another name.`,
  })
}

/** @throws SyncError `locked` for a task that somebody else has */
export function requireClaim(given: Claim | ClaimHolder, name: string): Claim {
  if ('fence' in given) return given
  const holder = holderName(given.holder)
  throw new SyncError({
    reason: 'locked',
    holder,
    message:
      `The sync "${name}" is being run by ${holder}. Wait for it to end, or stop it; ` +
      `if it is dead, its claim ends in ${Math.ceil(given.leftMs / 1000)} seconds.`,
  })
}
