import type { Contact } from '@anycontact/core'
import type { Side } from '../ledger/pair.ts'
import type { OpenIntent } from '../ledger/records.ts'
import { goOn, goOnByListing, settledChange } from './bring-again.ts'
import type { ContactEvent } from './contact-event.ts'
import { Counts } from './counts.ts'
import { fatesOf, type Listed, listedFor } from './fates.ts'
import { foundChanges } from './found-changes.ts'
import { canPeek } from './peek.ts'
import { pool } from './pool.ts'
import { commit } from './send-tasks.ts'
import { changesOf } from './told.ts'
import { checkGoOn, goesOn, type Work } from './work.ts'

/** So often are writes that stay unknown settled in one run; what is left then is left to the next run. */
const MAX_ROUNDS = 3

/**
 * How long after it was stored an intent's write cannot be under way any more: it was sent within a quarter of `settleMs`, given up
 * within a half, and lands no later than `settleMs` after it was sent.
 */
function settledAfterMs(settleMs: number): number {
  return settleMs * 1.75
}

/**
 * Settles writes whose outcome is not known: waits until they cannot be under way any more, finds out what became of them, and then brings
 * their contacts into step.
 *
 * @param shard - only those of a part of the work
 * @returns the keys of contacts of the target that are not at the source after all, and are to be made there
 */
export async function settle(work: Work, shard?: number): Promise<ReadonlySet<string>> {
  const unmade = new Set<string>()
  const { ledger, plan, clock, signal, lease } = work
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const intents = await ledger.intents(plan.name, shard)
    if (intents.length === 0) return unmade
    const waitMs = Math.max(...intents.map(({ ageMs }) => settledAfterMs(work.settleMs) - ageMs))
    if (waitMs > 0) work.onWait(waitMs)
    if (waitMs > 0) await clock.sleep(waitMs, signal ? AbortSignal.any([signal, lease.signal]) : lease.signal)
    checkGoOn(work)
    await settleAll(work, intents, unmade)
  }
  const left = await ledger.intents(plan.name, shard)
  const told = leftEvents(left)
  work.counts.add('failed', told.length)
  await commit(work, [], told)
  return unmade
}

async function settleAll(work: Work, intents: readonly OpenIntent[], unmade: Set<string>): Promise<void> {
  const keys = new Map<string, OpenIntent[]>()
  for (const intent of intents) keys.set(intent.keyHash, [...(keys.get(intent.keyHash) ?? []), intent])
  const creates = intents.filter(({ operation }) => operation === 'create')
  const listed = {
    source: await listedFor(work, creates, 'source'),
    target: await listedFor(work, creates, 'target'),
  }
  const groups = [...keys.values()]
  for (let start = 0; start < groups.length; start += work.chunkSize)
    await settleSome(work, groups.slice(start, start + work.chunkSize), listed, unmade)
}

/**
 * Asks for many keys at once, and stores what was found of one after the other: two keys can meet in one pair. Their intents go with the
 * outcome of what follows, so that a crash on the way leaves them to be settled again.
 */
async function settleSome(
  work: Work,
  groups: readonly (readonly OpenIntent[])[],
  listed: Readonly<Record<Side, Listed>>,
  unmade: Set<string>,
): Promise<void> {
  const fates = await pool(groups, work.concurrency, goesOn(work), (group) => fatesOf(work, group, listed))
  const byId = new Map<string, OpenIntent[]>()
  const alone: OpenIntent[] = []
  const counts = new Counts()
  const told: ContactEvent[] = []
  for (const [index, group] of groups.entries()) {
    checkGoOn(work)
    const found = fates[index]
    if (!found || found === 'unknown') continue
    await storeFates(work, group, found)
    const id = sourceIdOf(group)
    if (id === undefined) {
      alone.push(...group)
      const made = group.findIndex(({ side, operation }) => side === 'source' && operation === 'create')
      const create = group[made]
      const there = found[made]
      if (create && there) {
        counts.add('created')
        told.push(madeEvent(work, create, there))
      } else if (create) unmade.add(create.keyHash)
    } else byId.set(id, [...(byId.get(id) ?? []), ...group])
  }
  work.counts.addAll(counts)
  if (alone.length > 0) await commit(work, [settledChange(alone)], told)
  if (byId.size === 0) return
  if (canPeek(work, 'source')) await goOn(work, byId)
  else await goOnByListing(work, byId)
}

/** What is said of a contact of the target that turns out to have been made at the source. */
function madeEvent({ plan }: Work, { otherId, written = {} }: OpenIntent, made: Contact): ContactEvent {
  const key = plan.projection.keyOf('source', made)
  return {
    ...(key !== undefined && { key }),
    outcome: 'created',
    side: 'source',
    sourceId: made.id,
    ...(otherId !== undefined && { targetId: otherId }),
    changes: changesOf('source', Object.keys(written), {}, plan.projection.values('source', made)),
  }
}

/** What is said of contacts of which nobody can say what became of their writes: one for each key. */
function leftEvents(intents: readonly OpenIntent[]): readonly ContactEvent[] {
  const events = new Map<string, ContactEvent>()
  for (const { keyHash, key, side, recordId, otherId } of intents) {
    const [sourceId, targetId] = side === 'source' ? [recordId, otherId] : [otherId, recordId]
    events.set(keyHash, {
      ...events.get(keyHash),
      ...(key !== undefined && { key }),
      outcome: 'failed',
      side,
      ...(sourceId !== undefined && { sourceId }),
      ...(targetId !== undefined && { targetId }),
      problem: STILL_UNKNOWN,
    })
  }
  return [...events.values()]
}

const STILL_UNKNOWN = {
  code: 'unsettled',
  message: 'A write for it was cut off, and what became of it cannot be told now. The next run settles it.',
} as const

async function storeFates(
  work: Work,
  intents: readonly OpenIntent[],
  fates: readonly (Contact | undefined)[],
): Promise<void> {
  for (const [index, intent] of intents.entries()) {
    const found = fates[index]
    // One by one: what is stored of a pair follows from what was found of its other side before.
    if (found) await commit(work, await foundChanges(work, intent, found))
  }
}

/** The id at the source of the contact that writes were about. */
function sourceIdOf(intents: readonly OpenIntent[]): string | undefined {
  return intents
    .map(({ side, recordId, otherId }) => (side === 'target' ? otherId : recordId))
    .find((one) => one !== undefined)
}
