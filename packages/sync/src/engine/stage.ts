import type { Contact } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { Generation } from '../ledger/records.ts'
import { keyed } from './note-target.ts'
import { reconcile } from './reconcile.ts'
import { checkGoOn, type Work } from './work.ts'

/** Puts contacts of the source in line, each in that of its key: contacts that share a key have their turns one after the other. */
export function stageChanges(
  work: Pick<Work, 'plan' | 'salt'>,
  contacts: readonly Contact[],
  { side, number }: Generation,
): readonly LedgerChange[] {
  if (contacts.length === 0) return []
  const staged = contacts.map((contact) => ({
    shard: keyed(work, work.plan.projection.keyOf(side, contact)).shard,
    side,
    generation: number,
    contact: { ...contact, raw: work.plan.projection.readsRaw ? contact.raw : undefined },
  }))
  return [{ type: 'stage', contacts: staged }]
}

/** Brings the contacts of one line into step, until none is left in it. */
export async function drainShard(work: Work, shard: number): Promise<void> {
  const { ledger, plan, chunkSize } = work
  const source = work.generations.source
  if (!source) return
  for (;;) {
    checkGoOn(work)
    const staged = await ledger.staged(plan.name, { shard, limit: chunkSize })
    if (staged.length === 0) return
    const sequences = staged.map(({ sequence }) => sequence)
    // Those of a generation that was given up are not looked at any more.
    const current = staged.filter(({ generation }) => generation === source.number)
    await reconcile(
      work,
      current.map(({ contact }) => contact),
      source,
      [{ type: 'unstage', sequences }],
    )
  }
}
