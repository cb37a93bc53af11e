import { changedFields } from '../define/plain-definition.ts'
import { Lease } from '../engine/lease.ts'
import { SyncError } from '../errors.ts'
import { holderName, processHolder } from '../ledger/holder.ts'
import type { Generation } from '../ledger/records.ts'
import type { ChangesSettings } from './options.ts'

/** A reading that nobody else does meanwhile. */
export interface OpenedChanges {
  readonly salt: string
  readonly lease: Lease
  /** The newest reading of every contact. */
  readonly newest: Generation | undefined
}

/**
 * Opens the part of the ledger that belongs to these changes, and claims it.
 *
 * @throws SyncError `changed_definition`, or `locked` where another process, which lives, reads them
 */
export async function openChanges(settings: ChangesSettings): Promise<OpenedChanges> {
  const { ledger, name, definition, clock, leaseMs } = settings
  const { definition: known, salt } = await ledger.open({ name, definition })
  const changed = changedFields(known, definition)
  if (changed.length > 0) checkDefinition(settings, changed)
  const askedAt = clock.now()
  const claim = await ledger.claim(name, { task: 'run', holder: processHolder(), leaseMs })
  if (!('fence' in claim)) throw locked(name, claim.holder, claim.leftMs)
  const lease = new Lease(claim, askedAt, { ledger, clock, leaseMs })
  try {
    if (changed.length > 0) await ledger.commit(claim, [{ type: 'definition', definition }])
    const newest = (await ledger.generations(name)).find(({ side }) => side === 'source')
    return { salt, lease, newest }
  } catch (error) {
    await lease.release()
    throw error
  }
}

function checkDefinition({ name, changedDefinition }: ChangesSettings, changed: readonly string[]): void {
  const isOther = changed.some((field) => field !== 'ignore')
  if (!isOther && changedDefinition === 'continue') return
  throw new SyncError({
    reason: 'changed_definition',
    message: isOther
      ? `The ledger knows "${name}" as something else (${changed.join(', ')}). Read these changes under another name.`
      : `What is ignored in the changes "${name}" is another than the last time. Give changedDefinition: 'continue' to go on, and be told of all contacts in which what counts now is another; or read under another name, and be told of all contacts.`,
    changed,
  })
}

function locked(name: string, holder: string, leftMs: number): SyncError {
  return new SyncError({
    reason: 'locked',
    message: `The changes "${name}" are being read by ${holderName(holder)}. Wait for it to end, or stop it; if it is dead, its claim ends in ${Math.ceil(leftMs / 1000)} seconds.`,
  })
}
