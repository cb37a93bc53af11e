import type { Contact } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { Pair, PairSide, PairWrite } from '../ledger/pair.ts'
import type { Generation } from '../ledger/records.ts'
import { hashText } from '../merge/snapshot.ts'
import type { SyncPlan } from '../project/plan.ts'
import { NO_KEY, shardOf } from './keys.ts'
import { shot } from './outcome.ts'
import type { Work } from './work.ts'

/** What the ledger is to know of contacts of the target as they were read. Nothing is written to a provider here. */
export async function noteTarget(
  work: Pick<Work, 'plan' | 'ledger' | 'salt'>,
  contacts: readonly Contact[],
  { number }: Generation,
): Promise<readonly LedgerChange[]> {
  const { plan, ledger } = work
  const known = new Map<string, Pair>()
  const ids = contacts.map(({ id }) => id)
  for (const pair of await ledger.pairs(plan.name, { side: 'target', ids })) {
    if (pair.target) known.set(pair.target.id, pair)
  }
  const changes: LedgerChange[] = []
  const asKnown: number[] = []
  for (const contact of contacts) {
    const pair = known.get(contact.id)
    const read = shot(work, plan.projection.values('target', contact))
    if (!pair) {
      const side = { id: contact.id, seen: number, read, ...edited(contact, undefined) }
      changes.push({
        type: 'pair',
        pair: { ...keyed(work, plan.projection.keyOf('target', contact)), target: side },
      })
    } else if (isAsKnown(work, pair.target, contact, read.hash)) asKnown.push(pair.id)
    else {
      const isPutBack = putsBack(plan, pair, read.hash)
      const base = isPutBack ? undefined : pair.target?.base
      const side: PairSide = {
        id: contact.id,
        seen: number,
        ...(base && { base }),
        ...(base?.hash !== read.hash && { read }),
        ...edited(contact, pair.target),
      }
      // A contact that has found its counterpart is known by the key of the source.
      const { id, problem } = pair
      const source = isPutBack ? undefined : pair.source
      const key = source ? keyOf(pair) : keyed(work, plan.projection.keyOf('target', contact))
      const pairNow = { id, ...key, ...(source && { source }), ...(problem && { problem }), target: side }
      changes.push({ type: 'pair', pair: pairNow })
    }
  }
  if (asKnown.length > 0) changes.push({ type: 'seen', side: 'target', generation: number, pairs: asKnown })
  return changes
}

/** In both directions the time counts too: by it is decided who is newest, and somebody may have put back what was there. */
function isAsKnown(
  { plan }: Pick<Work, 'plan'>,
  side: PairSide | undefined,
  contact: Contact,
  hash: string,
): boolean {
  if (side === undefined || side.gone || (side.read ?? side.base)?.hash !== hash) return false
  return plan.direction === 'one-way' || edited(contact, side).editedAt === side.editedAt
}

/** Whether a contact that is gone from the source has been edited since at the target, so that it is made at the source again. */
function putsBack(
  { direction, deletions, editedAndDeleted }: SyncPlan,
  { source, target }: Pair,
  hash: string,
): boolean {
  if (direction === 'one-way' || !source?.gone || target?.base?.hash === hash) return false
  return deletions === 'keep' || editedAndDeleted === 'edit'
}

/** The key of a pair, as the ledger keeps it. */
export function keyed(
  { plan, salt }: Pick<Work, 'plan' | 'salt'>,
  key: string | undefined,
): Pick<PairWrite, 'key' | 'keyHash' | 'shard'> {
  if (key === undefined) return { keyHash: NO_KEY, shard: shardOf(NO_KEY) }
  const keyHash = hashText(salt, key)
  return { keyHash, shard: shardOf(keyHash), ...(plan.keep === 'values' && { key }) }
}

/** The key that a pair has, as the ledger keeps it. */
export function keyOf({ key, keyHash, shard }: Pair): Pick<PairWrite, 'key' | 'keyHash' | 'shard'> {
  return { keyHash, shard, ...(key !== undefined && { key }) }
}

/** When others changed a contact last; what this sync's own write left behind does not count. */
export function edited(
  { updatedAt }: Contact,
  before: PairSide | undefined,
): Pick<PairSide, 'editedAt' | 'ownAt'> {
  const { ownAt, editedAt } = before ?? {}
  if (updatedAt === undefined) return {}
  if (updatedAt !== ownAt) return { editedAt: updatedAt }
  return { ownAt, ...(editedAt !== undefined && { editedAt }) }
}
