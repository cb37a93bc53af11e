import type { Contact, ContactsError } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { FieldValues, Pair, PairProblem, PairSide, Side } from '../ledger/pair.ts'
import type { Intent } from '../ledger/records.ts'
import type { CompleteGeneration } from './complete-generation.ts'
import type { ContactEvent } from './contact-event.ts'
import { Counts } from './counts.ts'
import { endsRun, isSettled, problemOf } from './errors.ts'
import { intentOf } from './intents.ts'
import { NO_KEY } from './keys.ts'
import { NO_KEY_PROBLEM } from './match.ts'
import { madeSide } from './meet.ts'
import { edited, keyed } from './note-target.ts'
import { type Outcome, resolved, shot, sideAfter } from './outcome.ts'
import { peek } from './peek.ts'
import { ProviderWrites, type Stored } from './provider-writes.ts'
import { type Sending, sendAll } from './send-tasks.ts'
import { changesOf, pairEvent } from './told.ts'
import { checkGoOn, type Work } from './work.ts'

const PAGE = 500

const TAKEN: PairProblem = {
  kind: 'failed',
  code: 'conflict',
  message: 'Another contact of the target has the same key. Merge the two, or give one of them another key.',
}

/** Which contacts are made at the source. */
export interface CreateOptions {
  readonly shard?: number | undefined
  /** @default all */
  readonly isWanted?: ((pair: Pair) => boolean) | undefined
}

/** Makes at the source the contacts that the target alone has. Once both sides have been read whole, none of them is at the source. */
export async function createAtSource(
  work: Work,
  { number }: CompleteGeneration,
  { shard, isWanted = () => true }: CreateOptions = {},
): Promise<void> {
  const { ledger, plan } = work
  if (work.generations.source?.state !== 'complete') return
  for (let after = 0; ; ) {
    checkGoOn(work)
    const having = {
      having: 'target-only',
      after,
      limit: PAGE,
      ...(shard !== undefined && { shard }),
    } as const
    const pairs = await ledger.pairs(plan.name, having)
    const last = pairs.at(-1)
    if (!last) return
    after = last.id
    const fresh = pairs.filter((pair) => pair.target?.seen === number && !pair.target.gone && isWanted(pair))
    const unsettled = new Set((await ledger.intents(plan.name, shard)).map(({ keyHash }) => keyHash))
    const taken = await takenKeys(work, fresh)
    const conflicts = await conflictsOf(work, fresh)
    const quiet: LedgerChange[] = []
    const sendings: Sending[] = []
    const told: ContactEvent[] = []
    for (const pair of fresh) {
      if (unsettled.has(pair.keyHash)) continue
      const problem = pair.keyHash === NO_KEY ? NO_KEY_PROBLEM : taken.has(pair.keyHash) ? TAKEN : undefined
      if (problem) {
        work.counts.add(problem.kind)
        quiet.push({ type: 'pair', pair: { ...pair, problem } })
        const isSkipped = problem.kind === 'skipped'
        told.push(pairEvent(pair, { outcome: problem.kind, side: isSkipped ? 'target' : 'source', problem }))
      } else {
        taken.add(pair.keyHash)
        sendings.push(creation(work, pair, conflicts.get(pair.id) ?? []))
      }
    }
    await sendAll(work, sendings, quiet, told)
  }
}

/** The keys that a contact of the source has, or another one of the target with a counterpart, or an earlier one without. */
async function takenKeys({ ledger, plan }: Work, fresh: readonly Pair[]): Promise<Set<string>> {
  const keyHashes = [...new Set(fresh.map(({ keyHash }) => keyHash))].filter((hash) => hash !== NO_KEY)
  const taken = new Set<string>()
  const first = new Map<string, number>()
  for (const { id, keyHash, source } of await ledger.pairs(plan.name, { keyHashes })) {
    if (source && !source.gone) taken.add(keyHash)
    first.set(keyHash, Math.min(id, first.get(keyHash) ?? id))
  }
  for (const { id, keyHash } of fresh) if ((first.get(keyHash) ?? id) < id) taken.add(keyHash)
  return taken
}

/** What was to be decided of pairs when both sides still had them. */
async function conflictsOf({ ledger, plan }: Work, pairs: readonly Pair[]): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>()
  if (pairs.length === 0) return found
  for (const { id, pair } of await ledger.conflicts(plan.name, { pairs: pairs.map((one) => one.id) }))
    found.set(pair, [...(found.get(pair) ?? []), id])
  return found
}

function creation(work: Work, pair: Pair, conflicts: readonly string[]): Sending {
  const { keyHash, shard, key } = pair
  const base = { side: 'source', keyHash, shard, recordId: undefined, otherId: pair.target?.id } as const
  const values = pair.target?.read?.values
  const written = values && { fields: Object.keys(values), values }
  const made = intentOf(work, { ...base, operation: 'create', key, written })
  // What the source makes up for a new contact, the target gets too.
  const given = intentOf(work, {
    side: 'target',
    operation: 'update',
    keyHash,
    shard,
    key: undefined,
    recordId: pair.target?.id,
    otherId: undefined,
  })
  const intents = [made, given]
  return { intents, run: () => create(work, pair, intents, conflicts) }
}

async function create(
  work: Work,
  pair: Pair,
  intents: readonly Intent[],
  conflicts: readonly string[],
): Promise<Outcome> {
  const counts = new Counts()
  const settled = { type: 'settled', intents: intents.map(({ id }) => id) } as const
  const { plan } = work
  try {
    const contact = await peek(work, 'target', pair.target?.id ?? '')
    // It is gone since it was listed: the next run sees it so.
    if (!contact) return { changes: [settled], counts }
    const key = plan.projection.writtenKey('source', contact)
    if (key === undefined) return { changes: [settled], counts }
    const values = plan.projection.values('target', contact)
    const writes = new ProviderWrites(work, counts)
    // Somebody has made it since the source was listed: the next run sees it so.
    if (await writes.look('source', key)) return { changes: [settled], counts }
    const made = await writes.create('source', values, key)
    if (made.error) return madeInPart(work, pair, { made, values, error: made.error }, intents, counts)
    return await link(work, pair, { contact, made, values }, intents, { writes, counts, conflicts })
  } catch (error) {
    if (endsRun(error))
      return { changes: isSettled(error) ? [settled] : [], counts: new Counts(), fatal: error }
    const problem = problemOf(error)
    const failed: LedgerChange = { type: 'pair', pair: { ...pair, problem } }
    if (!isSettled(error)) return { changes: [failed], counts, error }
    counts.add('failed')
    const told = pairEvent(pair, { outcome: 'failed', side: 'source', problem })
    return { changes: [failed, settled], counts, error, told }
  }
}

/** Links a contact with the one that was made for it, whatever becomes of what the target gets then. */
async function link(
  work: Work,
  pair: Pair,
  { contact, made, values }: Omit<MadeFor, 'given'>,
  intents: readonly Intent[],
  {
    writes,
    counts,
    conflicts,
  }: { readonly writes: ProviderWrites; readonly counts: Counts; readonly conflicts: readonly string[] },
): Promise<Outcome> {
  let given: Stored | undefined
  let error: unknown
  try {
    given = await giveOn(writes, contact, { values, made: made.values })
  } catch (caught) {
    error = caught
  }
  counts.add('created')
  const open = error !== undefined && !isSettled(error) ? 'target' : undefined
  const changes = [
    linked(work, pair, { contact, made, values, given }),
    settledBut(open, intents),
    // Both have the target's values now: nothing is left to be decided.
    ...resolved(conflicts),
  ]
  const event = {
    outcome: 'created',
    side: 'source',
    changes: [
      ...changesOf('source', Object.keys(values), {}, made.values),
      ...(given ? changesOf('target', Object.keys(made.values), values, given.values) : []),
    ],
  } as const
  const told = pairEvent({ ...pair, source: { id: made.contact.id, seen: 0 } }, event)
  if (error === undefined) return { changes, counts, told }
  return endsRun(error)
    ? { changes, counts, fatal: error, told }
    : { changes, counts, error, hasMade: true, told }
}

/** It is there, and lacks something: the two are linked with nothing agreed, so that they are merged when they come again. */
function madeInPart(
  work: Work,
  pair: Pair,
  {
    made,
    values,
    error,
  }: { readonly made: Stored; readonly values: FieldValues; readonly error: ContactsError },
  intents: readonly Intent[],
  counts: Counts,
): Outcome {
  const problem = problemOf(error)
  const told = isSettled(error) ? pairEvent(pair, { outcome: 'failed', side: 'source', problem }) : undefined
  if (told) counts.add('failed')
  const { base: _, ...target } = pair.target ?? { id: '', seen: 0 }
  const now: LedgerChange = {
    type: 'pair',
    pair: {
      ...pair,
      source: madeSide(work, 'source', made.contact, undefined),
      target: { ...target, read: shot(work, values) },
      problem,
    },
  }
  const changes = [now, settledBut(isSettled(error) ? undefined : 'source', intents)]
  return endsRun(error)
    ? { changes, counts, fatal: error, told }
    : { changes, counts, error, hasMade: true, told }
}

/** Of what was intended, all is settled but what was to be written to a side. */
function settledBut(side: Side | undefined, intents: readonly Intent[]): LedgerChange {
  return {
    type: 'settled',
    intents: intents.filter((intent) => intent.side !== side).map(({ id }) => id),
  }
}

/**
 * Gives the target what the source has made up for a contact.
 *
 * @returns what came of it; `undefined` where there is nothing to give, or it was refused: the next run gives it then
 */
async function giveOn(
  writes: ProviderWrites,
  { id }: Contact,
  { values, made }: { readonly values: FieldValues; readonly made: FieldValues },
): Promise<Stored | undefined> {
  const extra = Object.keys(made).filter((field) => !Object.hasOwn(values, field))
  if (extra.length === 0) return undefined
  try {
    return await writes.update('target', id, made, extra)
  } catch (error) {
    if (isSettled(error) && !endsRun(error)) return undefined
    throw error
  }
}

/** A contact of the target with the one that was made for it. */
interface MadeFor {
  readonly contact: Contact
  readonly values: FieldValues
  readonly made: Stored
  readonly given: Stored | undefined
}

function linked(work: Work, pair: Pair, { contact, values, made, given }: MadeFor): LedgerChange {
  const { projection } = work.plan
  const shared = given
    ? made.values
    : Object.fromEntries(Object.entries(made.values).filter(([field]) => Object.hasOwn(values, field)))
  const source = madeSide(work, 'source', made.contact, shot(work, shared))
  const now = given?.contact ?? contact
  const target = sideAfter(
    {
      id: contact.id,
      seen: pair.target?.seen ?? 0,
      ...edited(contact, pair.target),
      ...(given && ownTime(given.contact)),
    },
    shot(work, given?.values ?? values),
    shot(work, projection.values('target', now)),
  )
  const key = keyed(work, projection.keyOf('source', made.contact) ?? pair.key)
  return { type: 'pair', pair: { id: pair.id, ...key, source, target } }
}

function ownTime({ updatedAt }: Contact): Pick<PairSide, 'ownAt'> {
  return updatedAt === undefined ? {} : { ownAt: updatedAt }
}
