import type { Contact } from '@anycontact/core'
import { quietly } from '../inputs/quietly.ts'
import type { LedgerChange } from '../ledger/change.ts'
import type { OpenIntent } from '../ledger/records.ts'
import { isOutage } from './errors.ts'
import { peek } from './peek.ts'
import { pool } from './pool.ts'
import { readSide } from './read-side.ts'
import { reconcile } from './reconcile.ts'
import { commit } from './send-tasks.ts'
import { checkGoOn, goesOn, type Work } from './work.ts'

/** Settled writes, by the source's id of their contact. */
export type SettledById = ReadonlyMap<string, readonly OpenIntent[]>

/** Brings the contacts of settled writes into step, as the source has them now. */
export async function goOn(work: Work, byId: SettledById): Promise<void> {
  const ids = [...byId.keys()]
  const found = await pool(ids, work.concurrency, goesOn(work), (id) => peekOrNot(work, id))
  checkGoOn(work)
  await bringAgain(
    work,
    found.filter((contact) => contact !== undefined && contact !== 'unknown'),
    // Of those that are gone there is nothing to bring. One that cannot be read now stays open.
    ids.filter((_, index) => found[index] !== 'unknown').flatMap((id) => byId.get(id) ?? []),
  )
}

async function peekOrNot(work: Work, id: string): Promise<Contact | undefined | 'unknown'> {
  try {
    return await peek(work, 'source', id)
  } catch (error) {
    if (!isOutage(error)) throw error
    return 'unknown'
  }
}

/** The same for a source that cannot be asked for one contact: it is read once more for all of them. */
export async function goOnByListing(work: Work, byId: SettledById): Promise<void> {
  const { plan, ledger } = work
  const once = {
    side: 'source',
    number: 0,
    state: 'reading',
    read: 0,
    startedAt: await ledger.now(),
  } as const
  const left = new Map(byId)
  for await (const { contacts } of readSide(quietly(plan.source), once, work)) {
    checkGoOn(work)
    const wanted = contacts.filter(({ id, deleted }) => left.has(id) && !deleted)
    const intents = wanted.flatMap(({ id }) => left.get(id) ?? [])
    for (const { id } of wanted) left.delete(id)
    if (wanted.length > 0) await bringAgain(work, wanted, intents)
  }
  await bringAgain(work, [], [...left.values()].flat())
}

/** Contacts that have come in this generation already are looked at once more; with what comes of it their old intents go. */
async function bringAgain(
  work: Work,
  contacts: readonly Contact[],
  intents: readonly OpenIntent[],
): Promise<void> {
  const generation = work.generations.source
  const settled = intents.length > 0 ? [settledChange(intents)] : []
  if (!generation || contacts.length === 0) await commit(work, settled)
  else {
    const settling = new Set(intents.map(({ keyHash }) => keyHash))
    await reconcile(work, contacts, generation, settled, { again: true, settling })
  }
}

/** That the outcome of writes is known. */
export function settledChange(intents: readonly OpenIntent[]): LedgerChange {
  return { type: 'settled', intents: intents.map(({ id }) => id) }
}
