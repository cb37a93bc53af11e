import type { Contact } from '@anycontact/core'
import { SyncError } from '../errors.ts'
import type { LedgerChange } from '../ledger/change.ts'
import type { Pair, Side } from '../ledger/pair.ts'
import type { Intent } from '../ledger/records.ts'
import { CompleteGeneration, countGone, goneFrom } from './complete-generation.ts'
import { Counts } from './counts.ts'
import { createAtSource } from './create-at-source.ts'
import { presence } from './decide.ts'
import { endsRun, isSettled, problemOf } from './errors.ts'
import { intentOf } from './intents.ts'
import { NO_KEY } from './keys.ts'
import { keyOf } from './note-target.ts'
import { type Outcome, shot } from './outcome.ts'
import { canPeek, peek } from './peek.ts'
import { ProviderWrites } from './provider-writes.ts'
import { reconcile } from './reconcile.ts'
import { type Sending, sendAll } from './send-tasks.ts'
import { pairEvent } from './told.ts'
import { checkGoOn, otherSide, type Work } from './work.ts'

/** So many pairs are looked at together. */
const PAGE = 500

/** The generations of a run that can be asked who is gone. */
export interface CompleteSides {
  readonly source: CompleteGeneration | undefined
  readonly target: CompleteGeneration | undefined
}

/** Those of a run's generations that are complete. */
export function completeSides({ generations }: Pick<Work, 'generations'>): CompleteSides {
  return {
    source: CompleteGeneration.of(generations.source),
    target: CompleteGeneration.of(generations.target),
  }
}

/**
 * Stops a run that would delete more than it may without being asked. Nothing has been deleted then.
 *
 * @throws SyncError `too_many_deletions`
 */
export async function guardDeletions(work: Work, sides: CompleteSides): Promise<void> {
  const { plan, ledger, maxDeletions } = work
  if (plan.deletions !== 'mirror') return
  const asked = plan.direction === 'both' ? [sides.source, sides.target] : [sides.source]
  let most = 0
  for (const generation of asked) if (generation) most += await countGone(ledger, plan.name, generation)
  const of = await ledger.count(plan.name, { having: 'both' })
  if (most <= of * maxDeletions) return
  // Those that are gone from both sides are among them, twice, and nothing is deleted of them.
  let count = 0
  for (const generation of asked) if (generation) count += await countDeletions(work, generation)
  if (count <= of * maxDeletions) return
  const share = Math.ceil((count / of) * 1000) / 1000
  throw new SyncError({
    reason: 'too_many_deletions',
    message:
      `${count} of ${of} linked contacts are gone from one side, and would be deleted from the other: more than maxDeletions (${maxDeletions}) allows. ` +
      `Nothing was deleted. If they are to go, run again with maxDeletions: ${Math.min(1, share)}; if not, see why they are gone.`,
    deletions: { count, of },
  })
}

/** How many contacts of the other side would be deleted, because they are gone from this one. */
async function countDeletions(work: Work, generation: CompleteGeneration): Promise<number> {
  const { ledger, plan, generations } = work
  const other = otherSide(generation.side)
  let count = 0
  for (let after = 0; ; ) {
    checkGoOn(work)
    const pairs = await goneFrom(ledger, plan.name, generation, { after, limit: PAGE })
    const last = pairs.at(-1)
    if (!last) return count
    after = last.id
    count += pairs.filter((pair) => presence(pair[other], generations[other]) === 'there').length
  }
}

/** Deals with the pairs whose contact did not come on one side, or came on the target alone. Only complete generations tell of them. */
export async function leftovers(work: Work, sides: CompleteSides, shard?: number): Promise<void> {
  const { source, target } = sides
  if (source) await eachGone(work, source, shard, (pair) => goneFromSource(work, pair))
  if (target) await eachGone(work, target, shard, (pair) => goneFromTarget(work, pair))
  if (target && work.plan.direction === 'both') await createAtSource(work, target, { shard })
}

/** What is to be done with one pair: changes that are stored as they are, or something to send. */
type Step =
  | { readonly changes: readonly LedgerChange[]; readonly heir?: string | undefined }
  | { readonly sending: Sending }
  | undefined

async function eachGone(
  work: Work,
  generation: CompleteGeneration,
  shard: number | undefined,
  stepOf: (pair: Pair) => Step | Promise<Step>,
): Promise<void> {
  const { ledger, plan } = work
  for (let after = 0; ; ) {
    checkGoOn(work)
    const pairs = await goneFrom(ledger, plan.name, generation, { shard, after, limit: PAGE })
    const last = pairs.at(-1)
    if (!last) return
    after = last.id
    const unsettled = new Set((await ledger.intents(plan.name, shard)).map(({ keyHash }) => keyHash))
    const quiet: LedgerChange[] = []
    const sendings: Sending[] = []
    const heirs: string[] = []
    for (const pair of pairs) {
      if (unsettled.has(pair.keyHash)) continue
      const step = await stepOf(pair)
      if (!step) continue
      if ('sending' in step) sendings.push(step.sending)
      else {
        quiet.push(...step.changes)
        if (step.heir !== undefined) heirs.push(step.heir)
      }
    }
    await sendAll(work, sendings, quiet)
    await takeOver(work, heirs)
  }
}

/** Contacts of the source that have had to wait for a key: whoever had it is gone, and they take its place at the target. */
async function takeOver(work: Work, ids: readonly string[]): Promise<void> {
  const generation = work.generations.source
  if (!generation || ids.length === 0 || !canPeek(work, 'source')) return
  const contacts: Contact[] = []
  for (const id of ids) {
    const contact = await peek(work, 'source', id)
    if (!contact) continue
    contacts.push(contact)
    // It was counted as failed when it came.
    work.counts.add('failed', -1)
  }
  await reconcile(work, contacts, generation, [], { again: true })
}

/** A contact that the source had. */
async function goneFromSource(work: Work, pair: Pair): Promise<Step> {
  const { plan, generations } = work
  const there = presence(pair.target, generations.target)
  // Another contact of the source has its key now, and takes its place at the target.
  const heir = await heirOf(work, pair)
  if (there !== 'there') return { changes: [{ type: 'drop', pairs: [pair.id] }], heir }
  if (heir !== undefined) return { changes: [withoutSource(pair)], heir }
  if (plan.deletions === 'keep')
    return { changes: plan.direction === 'both' ? [goneAt(pair, 'source')] : [withoutSource(pair)] }
  if (plan.direction === 'both' && plan.editedAndDeleted === 'edit' && isEdited(pair, 'target')) {
    // The edit wins: as a contact of the target alone it is made at the source again.
    return { changes: [withoutSource(pair)] }
  }
  return { sending: deletion(work, pair, 'target') }
}

/** A contact that the target had, and the source still has. */
function goneFromTarget(work: Work, pair: Pair): Step {
  const { plan, generations } = work
  const there = presence(pair.source, generations.source)
  if (there === 'never') return { changes: [{ type: 'drop', pairs: [pair.id] }] }
  if (there !== 'there' || plan.direction === 'one-way') return undefined
  if (plan.deletions === 'keep') return { changes: [goneAt(pair, 'target')] }
  return { sending: deletion(work, pair, 'source') }
}

/** The id of the contact of the source that has the key of one that is gone. */
async function heirOf({ ledger, plan, generations }: Work, pair: Pair): Promise<string | undefined> {
  if (pair.keyHash === NO_KEY) return undefined
  const others = await ledger.pairs(plan.name, { keyHashes: [pair.keyHash] })
  const heir = others.find(
    ({ id, source, target }) => id !== pair.id && !target && source?.seen === generations.source?.number,
  )
  return heir?.source?.id
}

/** Whether others have changed a contact since the two sides agreed. */
function isEdited(pair: Pair, side: Side): boolean {
  const { base, read } = pair[side] ?? {}
  return read !== undefined && read.hash !== base?.hash
}

function goneAt(pair: Pair, side: Side): LedgerChange {
  const was = pair[side]
  const { problem: _, ...kept } = pair
  return { type: 'pair', pair: { ...kept, ...(was && { [side]: { ...was, gone: true } }) } }
}

/** As a contact of the target that has no counterpart, and is as it was read. */
function withoutSource({ id, target, ...pair }: Pair): LedgerChange {
  const { base, read = base, ...side } = target ?? { id: '', seen: 0 }
  return { type: 'pair', pair: { id, ...keyOf({ id, ...pair }), target: { ...side, ...(read && { read }) } } }
}

/** Deletes from one side what is gone from the other. */
function deletion(work: Work, pair: Pair, from: Side): Sending {
  const recordId = pair[from]?.id ?? ''
  const otherId = pair[otherSide(from)]?.id
  const { keyHash, shard } = pair
  const intent = intentOf(work, {
    side: from,
    operation: 'delete',
    keyHash,
    shard,
    key: undefined,
    recordId,
    otherId,
  })
  return { intents: [intent], run: () => remove(work, pair, from, intent) }
}

/** Before a contact is deleted, the other side is asked for it once more, and it is read again where it can have been edited. */
async function remove(work: Work, pair: Pair, from: Side, intent: Intent): Promise<Outcome> {
  const counts = new Counts()
  const settled = { type: 'settled', intents: [intent.id] } as const
  const other = otherSide(from)
  const [id, otherId] = [pair[from]?.id ?? '', pair[other]?.id ?? '']
  try {
    if (canPeek(work, other) && (await peek(work, other, otherId))) {
      counts.add('listedLate')
      return { changes: [settled], counts }
    }
    if (work.plan.direction === 'both' && canPeek(work, from)) {
      const there = await peek(work, from, id)
      if (there && isEditedNow(work, pair, from, there) && work.plan.editedAndDeleted === 'edit') {
        return { changes: [settled], counts }
      }
    }
    await new ProviderWrites(work, counts).delete(from, id)
    counts.add('deleted')
    const told = pairEvent(pair, { outcome: 'deleted', side: from })
    return { changes: [{ type: 'drop', pairs: [pair.id] }, settled], counts, told }
  } catch (error) {
    if (endsRun(error))
      return { changes: isSettled(error) ? [settled] : [], counts: new Counts(), fatal: error }
    counts.add('failed')
    const problem = problemOf(error)
    const failed: LedgerChange = { type: 'pair', pair: { ...pair, problem } }
    const told = pairEvent(pair, { outcome: 'failed', side: from, problem })
    return { changes: isSettled(error) ? [failed, settled] : [failed], counts, error, told }
  }
}

function isEditedNow(work: Work, pair: Pair, side: Side, contact: Contact): boolean {
  return shot(work, work.plan.projection.values(side, contact)).hash !== pair[side]?.base?.hash
}
