import type { Contact } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { FieldValues, Side, Snapshot } from '../ledger/pair.ts'
import type { OpenIntent } from '../ledger/records.ts'
import { hashText } from '../merge/snapshot.ts'
import { Counts } from './counts.ts'
import { isOutage } from './errors.ts'
import { findLive } from './find-live.ts'
import { edited, keyed } from './note-target.ts'
import { shot } from './outcome.ts'
import { canPeek, peek } from './peek.ts'
import { pool } from './pool.ts'
import { readSide } from './read-side.ts'
import { reconcile } from './reconcile.ts'
import { commit } from './send-tasks.ts'
import { checkGoOn, otherSide, type Work } from './work.ts'

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
 */
export async function settle(work: Work, shard?: number): Promise<void> {
  const { ledger, plan, clock, signal, lease } = work
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const intents = await ledger.intents(plan.name, shard)
    if (intents.length === 0) return
    const waitMs = Math.max(...intents.map(({ ageMs }) => settledAfterMs(work.settleMs) - ageMs))
    if (waitMs > 0) await clock.sleep(waitMs, signal ? AbortSignal.any([signal, lease.signal]) : lease.signal)
    checkGoOn(work)
    await settleAll(work, intents)
  }
  const left = new Set((await ledger.intents(plan.name, shard)).map(({ keyHash }) => keyHash))
  work.counts.add('failed', left.size)
  await commit(work, [])
}

async function settleAll(work: Work, intents: readonly OpenIntent[]): Promise<void> {
  const keys = new Map<string, OpenIntent[]>()
  for (const intent of intents) keys.set(intent.keyHash, [...(keys.get(intent.keyHash) ?? []), intent])
  const creates = intents.filter(({ operation }) => operation === 'create')
  const listed = {
    source: await listedFor(work, creates, 'source'),
    target: await listedFor(work, creates, 'target'),
  }
  const groups = [...keys.values()]
  for (let start = 0; start < groups.length; start += work.chunkSize)
    await settleSome(work, groups.slice(start, start + work.chunkSize), listed)
}

/**
 * Asks for many keys at once, and stores what was found of one after the other: two keys can meet in one pair. Their intents go with the
 * outcome of what follows, so that a crash on the way leaves them to be settled again.
 */
async function settleSome(
  work: Work,
  groups: readonly (readonly OpenIntent[])[],
  listed: Readonly<Record<Side, Listed>>,
): Promise<void> {
  const fates = await pool(groups, work.concurrency, goesOn(work), (group) => fatesOf(work, group, listed))
  const byId = new Map<string, OpenIntent[]>()
  const alone: OpenIntent[] = []
  const counts = new Counts()
  for (const [index, group] of groups.entries()) {
    checkGoOn(work)
    const found = fates[index]
    if (!found || found === 'unknown') continue
    await storeFates(work, group, found)
    const id = sourceIdOf(group)
    if (id === undefined) {
      alone.push(...group)
      // A contact of the target is not looked at again in this run: what is not at the source yet is made by the next one.
      const made = group.findIndex(({ side, operation }) => side === 'source' && operation === 'create')
      if (made >= 0) counts.add(found[made] ? 'created' : 'failed')
    } else byId.set(id, [...(byId.get(id) ?? []), ...group])
  }
  work.counts.addAll(counts)
  if (alone.length > 0) await commit(work, [settledChange(alone)])
  if (byId.size === 0) return
  if (canPeek(work, 'source')) await goOn(work, byId)
  else await goOnByListing(work, byId)
}

function settledChange(intents: readonly OpenIntent[]): LedgerChange {
  return { type: 'settled', intents: intents.map(({ id }) => id) }
}

function goesOn({ signal, lease }: Work): () => boolean {
  return () => !signal?.aborted && !lease.signal.aborted
}

/** Contacts of a side by the hash of their key, as far as they were asked for. */
type Listed = ReadonlyMap<string, readonly Contact[]> | undefined

/** One reading of a side for all creates that nothing else can settle; `undefined` where none is needed, or it proves nothing. */
async function listedFor(work: Work, creates: readonly OpenIntent[], side: Side): Promise<Listed> {
  const { plan, salt, ledger } = work
  const wanted = new Set(creates.filter((create) => create.side === side).map(({ keyHash }) => keyHash))
  if (wanted.size === 0 || takesKeyOnce(work, side) || (findsKey(work, side) && plan.keep === 'values'))
    return undefined
  const found = new Map<string, Contact[]>()
  const generation = { side, number: 0, state: 'reading', read: 0, startedAt: await ledger.now() } as const
  for await (const { contacts, after } of readSide(plan[side], generation, work)) {
    for (const contact of contacts) {
      const key = plan.projection.keyOf(side, contact)
      const keyHash = key === undefined ? undefined : hashText(salt, key)
      if (keyHash !== undefined && wanted.has(keyHash))
        found.set(keyHash, [...(found.get(keyHash) ?? []), contact])
    }
    checkGoOn(work)
    if (after.state === 'complete') return found
  }
  return undefined
}

/** Whether the provider upserts by the key itself: asked again, it makes no second contact. */
function takesKeyOnce({ plan }: Work, side: Side): boolean {
  const { upsert } = plan[side].capabilities
  return upsert?.mode === 'native' && upsert.by.includes(plan.by[side])
}

function findsKey({ plan }: Work, side: Side): boolean {
  const { find } = plan[side].capabilities
  return plan[side].find !== undefined && find?.by.includes(plan.by[side]) === true
}

/** What became of each write of a key; a provider that does not answer now leaves it open. */
async function fatesOf(
  work: Work,
  intents: readonly OpenIntent[],
  listed: Readonly<Record<Side, Listed>>,
): Promise<readonly (Contact | undefined)[] | 'unknown'> {
  const fates: (Contact | undefined)[] = []
  for (const intent of intents) {
    try {
      const found = await fateOf(work, intent, listed[intent.side])
      if (found === 'unknown') return found
      fates.push(found)
    } catch (error) {
      if (!isOutage(error)) throw error
      return 'unknown'
    }
  }
  return fates
}

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

/** What became of a write: the contact as it is now; `undefined` where there is none; or that it cannot be told. */
async function fateOf(
  work: Work,
  intent: OpenIntent,
  listed: Listed,
): Promise<Contact | undefined | 'unknown'> {
  const { side, operation, recordId, keyHash, key } = intent
  const { plan, settleMs, lease } = work
  if (operation !== 'create') {
    // Repeating a change or a deletion doubles nothing: what is there now decides.
    return recordId === undefined || !canPeek(work, side) ? undefined : await peek(work, side, recordId)
  }
  if (takesKeyOnce(work, side)) return undefined
  if (listed) {
    const [found, another] = listed.get(keyHash) ?? []
    return another ? 'unknown' : found
  }
  if (!findsKey(work, side) || key === undefined) return 'unknown'
  return await findLive(plan[side], plan.by[side], key, { signal: lease.signal, deadlineMs: settleMs / 2 })
}

/** What the ledger is to know of a contact that a write has made or changed after all. */
async function foundChanges(
  work: Work,
  { side, keyHash, otherId, written }: OpenIntent,
  contact: Contact,
): Promise<readonly LedgerChange[]> {
  const { ledger, plan, generations } = work
  const other = otherSide(side)
  const [known] = await ledger.pairs(plan.name, { side, ids: [contact.id] })
  const [own] = otherId === undefined ? [] : await ledger.pairs(plan.name, { side: other, ids: [otherId] })
  const pair = own ?? known
  const before = known?.[side]
  const found = plan.projection.values(side, contact)
  const read = shot(work, found)
  // It was this sync that wrote it, so that its time is no edit of somebody else.
  const time =
    contact.updatedAt === undefined
      ? edited(contact, before)
      : { ...edited(contact, before), ownAt: contact.updatedAt }
  const now = {
    ...before,
    ...time,
    id: contact.id,
    seen: generations[side]?.number ?? 0,
    read,
    ...agreed(work, before?.base, written, found, found),
  }
  const key = pair ?? { ...keyed(work, plan.projection.keyOf(side, contact)), keyHash }
  const { problem: _, ...kept } = pair ?? { ...key, id: undefined }
  const { id, ...rest } = kept
  const dropped = own && known && own.id !== known.id ? [{ type: 'drop', pairs: [known.id] } as const] : []
  const mine = pair?.[other]
  const theirs = mine && { ...mine, ...agreed(work, mine.base, written, found, written ?? {}) }
  const sides = { ...(theirs && { [other]: theirs }), [side]: now }
  return [...dropped, { type: 'pair', pair: { ...rest, ...(id !== undefined && { id }), ...sides } }]
}

/**
 * What is agreed where it shows that a write has arrived: the fields that are as they were written. Without that, what this sync has written
 * would be taken for an edit of others, against one of the other side.
 *
 * @param values - what the fields are on the side whose base it is
 */
function agreed(
  work: Work,
  base: Snapshot | undefined,
  written: FieldValues | undefined,
  found: FieldValues,
  values: FieldValues,
): { readonly base?: Snapshot } {
  const { projection } = work.plan
  const kept = Object.keys(written ?? {}).filter((field) =>
    projection.same(field, found[field], written?.[field] ?? undefined),
  )
  if (kept.length === 0) return {}
  const after = { ...base?.values }
  for (const field of kept) {
    const value = values[field] ?? null
    if (value === null) Reflect.deleteProperty(after, field)
    else after[field] = value
  }
  return { base: shot(work, after) }
}

/** The id at the source of the contact that writes were about. */
function sourceIdOf(intents: readonly OpenIntent[]): string | undefined {
  return intents
    .map(({ side, recordId, otherId }) => (side === 'target' ? otherId : recordId))
    .find((one) => one !== undefined)
}

/** Settled writes, by the source's id of their contact. */
type SettledById = ReadonlyMap<string, readonly OpenIntent[]>

/** Brings the contacts of settled writes into step, as the source has them now. */
async function goOn(work: Work, byId: SettledById): Promise<void> {
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
async function goOnByListing(work: Work, byId: SettledById): Promise<void> {
  const { plan, ledger } = work
  const once = {
    side: 'source',
    number: 0,
    state: 'reading',
    read: 0,
    startedAt: await ledger.now(),
  } as const
  const left = new Map(byId)
  for await (const { contacts } of readSide(plan.source, once, work)) {
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
