import { ContactsError } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { Intent } from '../ledger/records.ts'
import type { ContactEvent } from './contact-event.ts'
import { Counts } from './counts.ts'
import { endsRun, isOutage, isSettled, MAX_FAILURES_IN_A_ROW } from './errors.ts'
import type { Outcome } from './outcome.ts'
import { pool } from './pool.ts'
import { checkGoOn, type Work } from './work.ts'

/** Something to be done for one contact, with the intents of what it may send. */
export interface Sending {
  readonly intents: readonly Intent[]
  run(): Promise<Outcome>
}

/**
 * So many contacts, a request that is under way at once, share a commit of intents and one of outcomes. More of them, and more is to be
 * settled after a crash; fewer, and a ledger on a disk waits for it more often than for the provider.
 */
const CONTACTS_A_LANE = 16

/**
 * Does what is to be done for contacts, group by group: the intents of a group are stored before anything of it is sent, and its outcomes
 * together when all have come. What is to be stored at the end goes into the commit of the last group, so that a cursor is
 * never ahead of what it follows.
 *
 * @param lastTold - what is said of contacts once that is stored
 */
export async function sendAll(
  work: Work,
  sendings: readonly Sending[],
  last: readonly LedgerChange[],
  lastTold: readonly ContactEvent[] = [],
): Promise<void> {
  const size = Math.max(1, work.concurrency * CONTACTS_A_LANE)
  for (let start = 0; start < sendings.length; start += size) {
    const group = sendings.slice(start, start + size)
    const isLast = start + size >= sendings.length
    await sendGroup(work, group, isLast ? last : [], isLast ? lastTold : [])
  }
  if (sendings.length === 0) await commit(work, last, lastTold)
}

async function sendGroup(
  work: Work,
  group: readonly Sending[],
  last: readonly LedgerChange[],
  lastTold: readonly ContactEvent[],
): Promise<void> {
  checkGoOn(work)
  const { ledger, lease, clock, concurrency, failures } = work
  const intents = group.flatMap((sending) => sending.intents)
  await ledger.commit(
    lease.claim,
    intents.map((intent) => ({ type: 'intent', intent })),
  )
  const storedAt = clock.now()
  let fatal: unknown
  const goesOn = (): boolean => fatal === undefined && !work.signal?.aborted && !lease.signal.aborted
  const outcomes = await pool(group, concurrency, goesOn, async (sending) => {
    const outcome = await sendOne(work, sending, storedAt)
    const error = outcome.fatal ?? outcome.error
    failures.inARow = isOutage(error) ? failures.inARow + 1 : 0
    if (outcome.fatal !== undefined) fatal = outcome.fatal
    else if (failures.inARow >= MAX_FAILURES_IN_A_ROW) fatal = error
    return outcome
  })
  const unsent = group
    .filter((_, index) => outcomes[index] === undefined)
    .flatMap((sending) => sending.intents)
  const done = outcomes.filter((outcome) => outcome !== undefined)
  for (const { counts } of done) work.counts.addAll(counts)
  const isWhole = unsent.length === 0 && fatal === undefined && done.length === group.length
  const told = done.flatMap(({ told: event }) => (event ? [event] : []))
  const changes = [
    ...renewals(group, outcomes),
    ...done.flatMap((outcome) => outcome.changes),
    ...(unsent.length > 0 ? [{ type: 'settled', intents: unsent.map(({ id }) => id) } as const] : []),
    ...(isWhole ? last : []),
  ]
  await commit(work, changes, isWhole ? [...told, ...lastTold] : told)
  if (fatal !== undefined) throw fatal
  checkGoOn(work)
}

/** What may be under way still was sent some time after it was stored: its age begins when its sender has given it up. */
function renewals(
  group: readonly Sending[],
  outcomes: readonly (Outcome | undefined)[],
): readonly LedgerChange[] {
  return group.flatMap(({ intents }, index): readonly LedgerChange[] => {
    const error = outcomes[index]?.error ?? outcomes[index]?.fatal
    // Those that are settled all the same go in what follows.
    return error === undefined || isSettled(error)
      ? []
      : intents.map((intent) => ({ type: 'intent', intent }))
  })
}

/** How often a write that a provider asks to wait for is tried again. */
const MAX_WAITS = 5

/** Sends what is to be sent for one contact, again where the provider has asked to wait and has surely applied nothing. */
async function sendOne(work: Work, sending: Sending, storedAt: number): Promise<Outcome> {
  const { clock, settleMs, ledger, lease, signal } = work
  let knownAt = storedAt
  for (let waits = 0; ; waits++) {
    // How old an intent is tells how long its write can have been under way: one that begins late is stored again.
    if (clock.now() - knownAt > settleMs / 4) {
      await ledger.commit(
        lease.claim,
        sending.intents.map((intent) => ({ type: 'intent', intent })),
      )
      knownAt = clock.now()
    }
    const outcome = await sending.run()
    const waitMs = outcome.error === undefined ? undefined : waitOf(outcome.error)
    if (waitMs === undefined || outcome.hasMade || waits >= MAX_WAITS) return outcome
    try {
      signal?.throwIfAborted()
      await clock.sleep(waitMs, signal ? AbortSignal.any([signal, lease.signal]) : lease.signal)
    } catch (reason) {
      // Nothing was sent after all: the contact has not failed, and its turn comes again.
      const settled = { type: 'settled', intents: sending.intents.map(({ id }) => id) } as const
      return { changes: [settled], counts: new Counts(), fatal: reason }
    }
  }
}

function waitOf(error: unknown): number | undefined {
  if (!ContactsError.is(error) || error.code !== 'rate_limited' || !isSettled(error) || endsRun(error))
    return undefined
  return error.retryAfterMs ?? 1_000
}

/** Stores changes with what was counted until then, and tells then what came of contacts. */
export async function commit(
  work: Work,
  changes: readonly LedgerChange[],
  told: readonly ContactEvent[] = [],
): Promise<void> {
  const all = [...changes, ...work.counts.take(work.run.number)]
  if (all.length > 0) await work.ledger.commit(work.lease.claim, all)
  for (const event of told) work.onContact?.(event)
  work.onCommit()
}
