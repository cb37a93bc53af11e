import assert from 'node:assert/strict'
import type { Contact } from '@anycontact/core'
import { SyncError, type SyncErrorReason } from '../errors.ts'
import type { LedgerChange } from '../ledger/change.ts'
import { processHolder } from '../ledger/holder.ts'
import type { Claim, Ledger } from '../ledger/ledger.ts'
import type { PairSide, PairWrite, Snapshot } from '../ledger/pair.ts'
import type { LedgerSubject, LedgerTestSettings } from './ledger-subject.ts'

/** What a test does with its session. */
export type LedgerTestBody = (session: LedgerSession) => Promise<void>

/** Adds a test to the suite. */
export type DefineLedgerTest = (name: string, body: LedgerTestBody) => void

/** How long the claims of the suite hold. */
export const LEASE_MS = 60_000

/** One test at work: a ledger in which the sync `one` is open. */
export class LedgerSession {
  readonly ledger: Ledger
  readonly subject: LedgerSubject
  readonly settings: LedgerTestSettings
  readonly #opened: Ledger[]
  #claim: Claim | undefined

  private constructor(ledger: Ledger, subject: LedgerSubject, settings: LedgerTestSettings) {
    this.ledger = ledger
    this.subject = subject
    this.settings = settings
    this.#opened = [ledger]
  }

  static async run(settings: LedgerTestSettings, body: LedgerTestBody): Promise<void> {
    const subject = await settings.create()
    const session = new LedgerSession(await subject.open(), subject, settings)
    try {
      await session.ledger.open({ name: 'one', definition: {} })
      await body(session)
    } finally {
      for (const ledger of session.#opened) await ledger.close()
      await subject.dispose?.()
    }
  }

  /** Another ledger of the store. */
  async another(): Promise<Ledger> {
    const ledger = await this.subject.open()
    this.#opened.push(ledger)
    return ledger
  }

  /** Stores changes under a claim that the session keeps. @returns the numbers of new pairs */
  async commit(...changes: readonly LedgerChange[]): Promise<readonly number[]> {
    this.#claim ??= await claimOf(this.ledger)
    return this.ledger.commit(this.#claim, changes)
  }

  /** Fails unless a time is what it should be, or later by what the store may be. */
  assertTime(actual: number, expected: number, what: string): void {
    const { toleranceMs = 0 } = this.settings
    const isRight = actual >= expected && actual <= expected + toleranceMs
    assert.ok(isRight, `${what}: expected ${expected} ms, up to ${toleranceMs} more, got ${actual} ms`)
  }
}

/** Claims a task that nobody has. */
export async function claimOf(ledger: Ledger, { sync = 'one', task = 'run' } = {}): Promise<Claim> {
  const claim = await ledger.claim(sync, { task, holder: processHolder(), leaseMs: LEASE_MS })
  if ('fence' in claim) return claim
  return assert.fail(`${task} is not free: ${claim.holder} has it for ${claim.leftMs} ms`)
}

/** Fails unless something is refused for a reason. */
export async function assertRefused(work: Promise<unknown>, reason: SyncErrorReason): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof SyncError, `expected a SyncError, got ${String(error)}`)
    assert.equal(error.reason, reason)
    return true
  })
}

/** A side of a pair that was seen in the first generation. */
export function side(id: string, rest: Partial<PairSide> = {}): PairSide {
  return { id, seen: 1, ...rest }
}

/** What a contact was like. */
export function snapshot(name: string): Snapshot {
  return { hash: `hash of ${name}`, values: { name } }
}

/** The change that stores a pair. */
export function put(pair: Partial<PairWrite> & { readonly keyHash: string }): LedgerChange {
  return { type: 'pair', pair: { shard: 0, ...pair } }
}

/** The changes that store so many pairs with both sides: `s1` and `t1`, `s2` and `t2`. */
export function links(count: number, rest: Partial<PairWrite> = {}): readonly LedgerChange[] {
  return Array.from({ length: count }, (_, index) => {
    const n = index + 1
    return put({ keyHash: `k${n}`, key: `key ${n}`, source: side(`s${n}`), target: side(`t${n}`), ...rest })
  })
}

/** A contact as it was read, less what providers say beyond it. */
export function contactOf(id: string, rest: Partial<Contact> = {}): Contact {
  return { id, provider: 'memory', contactMethods: [], customFields: {}, raw: undefined, ...rest }
}

/** The changes that put so many contacts in line, by their ids. */
export function stage(ids: readonly string[], shard = 0): LedgerChange {
  const contacts = ids.map(
    (id) => ({ shard, side: 'source', generation: 1, contact: contactOf(id) }) as const,
  )
  return { type: 'stage', contacts }
}
