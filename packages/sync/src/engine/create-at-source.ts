import type { Contact } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { Pair, PairProblem } from '../ledger/pair.ts'
import type { Intent } from '../ledger/records.ts'
import type { CompleteGeneration } from './complete-generation.ts'
import { Counts } from './counts.ts'
import { endsRun, isSettled, problemOf } from './errors.ts'
import { intentOf } from './intents.ts'
import { NO_KEY } from './keys.ts'
import { edited, keyed } from './note-target.ts'
import { type Outcome, shot } from './outcome.ts'
import { peek } from './peek.ts'
import { ProviderWrites, type Stored } from './provider-writes.ts'
import { type Sending, sendAll } from './send-tasks.ts'
import { checkGoOn, type Work } from './work.ts'

const PAGE = 500

const NO_KEY_PROBLEM: PairProblem = {
  kind: 'skipped',
  code: 'no_key',
  message:
    'It has no value in the field that tells which contact it is. Give it one, or sync by another key.',
}
const TAKEN: PairProblem = {
  kind: 'failed',
  code: 'conflict',
  message: 'Another contact of the target has the same key. Merge the two, or give one of them another key.',
}

/** Makes at the source the contacts that the target alone has. Once both sides have been read whole, none of them is at the source. */
export async function createAtSource(
  work: Work,
  { number }: CompleteGeneration,
  shard?: number,
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
    const fresh = pairs.filter(({ target }) => target?.seen === number && !target.gone)
    const unsettled = new Set((await ledger.intents(plan.name, shard)).map(({ keyHash }) => keyHash))
    const taken = await takenKeys(work, fresh)
    const quiet: LedgerChange[] = []
    const sendings: Sending[] = []
    for (const pair of fresh) {
      if (unsettled.has(pair.keyHash)) continue
      const problem = pair.keyHash === NO_KEY ? NO_KEY_PROBLEM : taken.has(pair.keyHash) ? TAKEN : undefined
      if (problem) {
        work.counts.add(problem.kind)
        quiet.push({ type: 'pair', pair: { ...pair, problem } })
      } else {
        taken.add(pair.keyHash)
        sendings.push(creation(work, pair))
      }
    }
    await sendAll(work, sendings, quiet)
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

function creation(work: Work, pair: Pair): Sending {
  const { keyHash, shard, key } = pair
  const base = { side: 'source', keyHash, shard, recordId: undefined, otherId: pair.target?.id } as const
  const intent = intentOf(work, { ...base, operation: 'create', key })
  return { intents: [intent], run: () => create(work, pair, intent) }
}

async function create(work: Work, pair: Pair, intent: Intent): Promise<Outcome> {
  const counts = new Counts()
  const settled = { type: 'settled', intents: [intent.id] } as const
  const { plan, generations } = work
  try {
    const contact = await peek(work, 'target', pair.target?.id ?? '')
    // It is gone since it was listed: the next run sees it so.
    if (!contact) return { changes: [settled], counts }
    const key = plan.projection.writtenKey('source', contact)
    if (key === undefined) return { changes: [settled], counts }
    const values = plan.projection.values('target', contact)
    const stored = await new ProviderWrites(work, counts).create('source', values, key)
    counts.add('created')
    return {
      changes: [linked(work, pair, contact, stored, generations.source?.number ?? 0), settled],
      counts,
    }
  } catch (error) {
    if (endsRun(error))
      return { changes: isSettled(error) ? [settled] : [], counts: new Counts(), fatal: error }
    if (isSettled(error)) counts.add('failed')
    const failed: LedgerChange = { type: 'pair', pair: { ...pair, problem: problemOf(error) } }
    return { changes: isSettled(error) ? [failed, settled] : [failed], counts, error }
  }
}

function linked(
  work: Work,
  pair: Pair,
  contact: Contact,
  { contact: made, values }: Stored,
  seen: number,
): LedgerChange {
  const { projection } = work.plan
  const source = {
    id: made.id,
    seen,
    base: shot(work, values),
    ...(made.updatedAt !== undefined && { ownAt: made.updatedAt }),
  }
  const target = {
    id: contact.id,
    seen: pair.target?.seen ?? 0,
    base: shot(work, projection.values('target', contact)),
    ...edited(contact, pair.target),
  }
  const key = keyed(work, projection.keyOf('source', made) ?? pair.key)
  return { type: 'pair', pair: { id: pair.id, ...key, source, target } }
}
