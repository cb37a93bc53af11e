import type { Contact } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { Pair, PairSide, PairWrite, Side } from '../ledger/pair.ts'
import type { Conflict, Generation, Intent } from '../ledger/records.ts'
import { bring } from './bring.ts'
import type { ContactEvent } from './contact-event.ts'
import { Counts } from './counts.ts'
import { type Decision, decide, presence } from './decide.ts'
import { intentOf } from './intents.ts'
import { type Match, matchSource, problemChange } from './match.ts'
import { edited, keyed } from './note-target.ts'
import { type Outcome, shot } from './outcome.ts'
import { type Sending, sendAll } from './send-tasks.ts'
import type { Task } from './task.ts'
import { problemEvent, sourceEvent } from './told.ts'
import type { Work } from './work.ts'

/**
 * Brings contacts of the source into step with the target, and stores what came of it together with `last`: the place of the reading,
 * or that they are out of the line.
 *
 * @param generation - the one that they came in
 * @param again - whether contacts that the generation has dealt with already are looked at once more. @default false
 * @param settling - keys whose open writes are known to be over, and go with `last`. @default none
 */
export async function reconcile(
  work: Work,
  contacts: readonly Contact[],
  generation: Generation,
  last: readonly LedgerChange[],
  { again = false, settling }: { readonly again?: boolean; readonly settling?: ReadonlySet<string> } = {},
): Promise<void> {
  const matches = await matchSource(work, contacts, generation, again)
  const unsettled = await unsettledKeys(work, settling)
  const linked = matches.flatMap(({ pair }) => (pair?.target ? [pair.id] : []))
  const conflicts = linked.length === 0 ? [] : await work.ledger.conflicts(work.plan.name, { pairs: linked })
  const now = await work.ledger.now()
  const quiet: LedgerChange[] = []
  const asKnown: number[] = []
  // Stored with what it counts, at the end of the chunk: a run that is killed before counts it again.
  const quietCounts = new Counts()
  const sendings: Sending[] = []
  const told: ContactEvent[] = []
  for (const match of matches) {
    if (match.problem || match.key === undefined) {
      countLost(work, match, quietCounts)
      quietCounts.add(match.problem?.kind ?? 'failed')
      quiet.push(problemChange(work, match, generation.number))
      if (work.onContact && match.problem) told.push(problemEvent(match, match.problem))
      continue
    }
    if (unsettled.has(match.keyHash) || (match.pair && unsettled.has(match.pair.keyHash))) {
      quiet.push(problemChange(work, { ...match, problem: UNSETTLED }, generation.number))
      continue
    }
    const task = taskOf(
      work,
      match,
      match.key,
      conflicts.filter(({ pair }) => pair === match.pair?.id),
      now,
    )
    const { pair } = task
    if (isQuiet(task) && isAsKnown(pair, match)) {
      countLost(work, match, quietCounts)
      quietCounts.add('unchanged')
      asKnown.push(pair.id)
      if (work.onContact) told.push(sourceEvent(task, 'unchanged', pair.target))
    } else if (task.decision.kind === 'nothing') {
      const { changes, counts, fatal, told: event } = await bring(work, task)
      if (fatal !== undefined) throw fatal
      countLost(work, match, quietCounts)
      quietCounts.addAll(counts)
      quiet.push(...changes)
      if (event) told.push(event)
    } else sendings.push({ intents: task.intents, run: () => bringCounted(work, task, match) })
  }
  if (asKnown.length > 0) {
    quiet.push({ type: 'seen', side: 'source', generation: generation.number, pairs: asKnown })
  }
  await sendAll(work, sendings, [...quiet, ...quietCounts.take(work.run.number), ...last], told)
}

async function bringCounted(work: Work, task: Task, match: Match): Promise<Outcome> {
  const outcome = await bring(work, task)
  if (outcome.error === undefined && outcome.fatal === undefined) countLost(work, match, outcome.counts)
  return outcome
}

const UNSETTLED = {
  kind: 'failed',
  code: 'unsettled',
  message:
    'A write for it was cut off, and what became of it is not known yet. The end of the run settles it.',
} as const

async function unsettledKeys(
  { ledger, plan }: Work,
  settling: ReadonlySet<string> = new Set(),
): Promise<ReadonlySet<string>> {
  const open = (await ledger.intents(plan.name)).map(({ keyHash }) => keyHash)
  return new Set(open.filter((keyHash) => !settling.has(keyHash)))
}

/** There is nothing to write, and nothing else to store of it. */
function isQuiet({ decision, conflicts }: Task): boolean {
  return decision.kind === 'nothing' && !decision.merged && conflicts.length === 0
}

/** Nothing of the pair would be stored otherwise than it is. */
function isAsKnown(pair: PairWrite | undefined, { pair: own, keyHash }: Match): pair is Pair {
  return (
    pair !== undefined &&
    own?.id === pair.id &&
    pair.keyHash === keyHash &&
    !pair.problem &&
    !pair.source?.gone
  )
}

function countLost({ plan }: Work, { contact }: Match, counts: Counts): void {
  for (const field of plan.projection.lost(contact)) counts.add(`lost:${field}`)
}

function taskOf(work: Work, match: Match, key: string, conflicts: readonly Conflict[], now: number): Task {
  const { contact, values, pair: own, adopted } = match
  const pair = adopted ? { ...withoutSides(own ?? adopted), ...sidesOf(own, adopted) } : own
  const decision = decide({
    plan: work.plan,
    salt: work.salt,
    key,
    source: values,
    sourceHash: shot(work, values).hash,
    pair,
    sourceEditedAt: edited(contact, pair?.source).editedAt,
    target: presence(pair?.target, work.generations.target),
    conflicts,
  })
  return {
    contact,
    key,
    values,
    pair,
    absorbed: own && adopted ? adopted.id : undefined,
    decision,
    conflicts,
    intents: sidesWritten(work, decision).map((side) => intentFor(work, match, pair, side, decision)),
    now,
  }
}

/** A contact that has found its counterpart begins anew with it: what was agreed before was agreed with another one. */
function sidesOf(own: Pair | undefined, { target }: Pair): Pick<Pair, 'source' | 'target'> {
  const { base: _, ...source } = own?.source ?? {}
  return { ...(isSide(source) && { source }), ...(target && { target }) }
}

function withoutSides({ source: _, target: __, ...pair }: Pair): Omit<Pair, 'source' | 'target'> {
  return pair
}

function isSide(side: Partial<PairSide>): side is PairSide {
  return side.id !== undefined && side.seen !== undefined
}

/** In both directions the contact is read again before it is written over, and then it may be the other side that is to be written. */
function sidesWritten({ plan }: Work, { kind }: Decision): readonly Side[] {
  if (kind === 'nothing') return []
  return plan.direction === 'both' ? ['target', 'source'] : ['target']
}

function intentFor(
  work: Work,
  { contact, key, keyHash, values }: Match,
  pair: Pair | undefined,
  side: Side,
  decision: Decision,
): Intent {
  const isCreate = side === 'target' && decision.kind === 'create'
  const all = isCreate ? { fields: Object.keys(values), values } : undefined
  return intentOf(work, {
    side,
    operation: isCreate ? 'create' : 'update',
    keyHash,
    shard: keyed(work, key).shard,
    key: work.plan.projection.writtenKey(side, contact),
    recordId: side === 'source' ? contact.id : isCreate ? undefined : pair?.target?.id,
    otherId: side === 'source' ? pair?.target?.id : contact.id,
    written: decision.kind === 'merge' ? decision.merged[side] : all,
  })
}
