import { type Contact, ContactsError } from '@anycontact/core'
import type { PairSide, Side, Snapshot } from '../ledger/pair.ts'
import { keyed } from './note-target.ts'
import { shot, sideAfter } from './outcome.ts'
import type { Task } from './task.ts'
import type { Work } from './work.ts'

/**
 * What is to be done with a contact of the source whose counterpart somebody has made since the target was listed: the two are merged, as
 * contacts are that have just met.
 *
 * @param source - its side of the pair, with nothing agreed
 * @throws ContactsError `conflict` where the one that was found belongs to another contact of the source
 */
export async function meet(work: Work, task: Task, source: PairSide, there: Contact): Promise<Task> {
  const { plan, ledger, generations } = work
  const [known] = await ledger.pairs(plan.name, { side: 'target', ids: [there.id] })
  const other = known?.source?.gone ? undefined : known?.source?.id
  if (other !== undefined && other !== source.id) throw belongsToAnother()
  const target = { id: there.id, seen: generations.target?.number ?? 0 }
  const { id } = task.pair ?? {}
  return { ...task, pair: { ...(id !== undefined && { id }), ...keyed(work, task.key), source, target } }
}

function belongsToAnother(): ContactsError {
  return new ContactsError({
    code: 'conflict',
    applied: 'no',
    message:
      'The contact of the target that has its key belongs to another contact of the source. Give one of the two another key.',
  })
}

/** The side of a contact that was made, with what was agreed; nothing is, where it lacks something of what it was to get. */
export function madeSide(work: Work, side: Side, contact: Contact, base: Snapshot | undefined): PairSide {
  const { id, updatedAt } = contact
  const seen = work.generations[side]?.number ?? 0
  const bare = { id, seen, ...(updatedAt !== undefined && { ownAt: updatedAt }) }
  return sideAfter(bare, base, shot(work, work.plan.projection.values(side, contact)))
}
