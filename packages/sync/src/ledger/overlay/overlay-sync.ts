import type { JsonObject } from '@anycontact/core'
import type { LedgerChange } from '../change.ts'
import type { Ledger, Line, SyncState } from '../ledger.ts'
import { SIDES, type Side } from '../pair.ts'
import type { Conflict, Generation, OpenIntent, Run, RunCounts, StagedContact } from '../records.ts'
import { OverlayClaims } from './overlay-claims.ts'
import { OverlayConflicts } from './overlay-conflicts.ts'
import { FIRST_NUMBER, OverlayPairs, type Owners } from './overlay-pairs.ts'

/** An intent of the dry run. */
interface StoredIntent extends Omit<OpenIntent, 'ageMs'> {
  readonly storedAt: number
}

/** One sync as it would be. */
export class OverlaySync {
  readonly claims = new OverlayClaims()
  readonly pairs: OverlayPairs
  readonly conflicts: OverlayConflicts
  readonly #base: Ledger
  readonly #name: string
  readonly #state: Omit<SyncState, 'definition'>
  #definition: JsonObject
  readonly #generations = new Map<Side, Generation>()
  readonly #intents = new Map<string, StoredIntent>()
  readonly #settled = new Set<string>()
  readonly #staged = new Map<number, StagedContact>()
  readonly #unstaged = new Set<number>()
  readonly #runs = new Map<number, Run>()
  readonly #counts = new Map<number, Map<string, number>>()
  readonly #expired = new Set<number>()
  #endedBefore = Number.NEGATIVE_INFINITY
  #nextSequence = FIRST_NUMBER

  /**
   * @param base - the real ledger; only read
   * @param state - what it has of the sync, or what a new one would begin with
   */
  constructor(base: Ledger, name: string, { definition, ...state }: SyncState) {
    this.#base = base
    this.#name = name
    this.#state = state
    this.#definition = definition
    this.pairs = new OverlayPairs(base, name)
    this.conflicts = new OverlayConflicts(base, name)
  }

  get state(): SyncState {
    return { ...this.#state, definition: this.#definition }
  }

  /** What has to be read of the real ledger before changes can be stored in one go. */
  async prepare(changes: readonly LedgerChange[]): Promise<Prepared> {
    const pairs = changes.flatMap((change) => (change.type === 'pair' ? change.pair : []))
    const inConflict = changes.flatMap((change) => (change.type === 'conflict' ? change.conflict.pair : []))
    const stored = inConflict.length > 0 ? await this.conflicts.below(inConflict) : []
    return { owners: await this.pairs.owners(pairs), conflicts: new Map(stored.map((one) => [one.id, one])) }
  }

  /** Stores changes. @returns the ids of new pairs */
  apply(changes: readonly LedgerChange[], prepared: Prepared, fence: number, now: number): number[] {
    return changes.flatMap((change) => this.#apply(change, prepared, fence, now) ?? [])
  }

  async generations(): Promise<readonly Generation[]> {
    const below = await this.#base.generations(this.#name)
    return SIDES.flatMap(
      (side) => this.#generations.get(side) ?? below.find((generation) => generation.side === side) ?? [],
    )
  }

  async intents(shard: number | undefined, now: number): Promise<readonly OpenIntent[]> {
    const below = await this.#base.intents(this.#name, shard)
    const own = [...this.#intents.values()].filter((intent) => shard === undefined || intent.shard === shard)
    return [
      ...below.filter(({ id }) => !this.#settled.has(id) && !this.#intents.has(id)),
      ...own.map(({ storedAt, ...intent }) => ({
        ...intent,
        ageMs: Math.max(0, now - Math.max(storedAt, this.claims.endOf(intent.fence, now) ?? storedAt)),
      })),
    ].sort((one, other) => other.ageMs - one.ageMs)
  }

  async staged(shard: number, limit: number): Promise<readonly StagedContact[]> {
    const below = await this.#base.staged(this.#name, {
      shard,
      limit: Math.min(limit + this.#unstaged.size, Number.MAX_SAFE_INTEGER),
    })
    const own = [...this.#staged.values()].filter((contact) => contact.shard === shard)
    return [...below.filter(({ sequence }) => !this.#unstaged.has(sequence)), ...own].slice(0, limit)
  }

  async lines(): Promise<readonly Line[]> {
    const shards = new Set((await this.#base.lines(this.#name)).map(({ shard }) => shard))
    for (const { shard } of this.#staged.values()) shards.add(shard)
    const lines: Line[] = []
    for (const shard of [...shards].sort((one, other) => one - other)) {
      const waiting = (await this.staged(shard, Number.MAX_SAFE_INTEGER)).length
      if (waiting > 0) lines.push({ shard, waiting })
    }
    return lines
  }

  async runs(limit: number): Promise<readonly (Run & { readonly counts: RunCounts })[]> {
    const below = await this.#base.runs(this.#name, limit + this.#runs.size + this.#expired.size)
    const kept = below.filter(
      ({ number, endedAt = Number.POSITIVE_INFINITY }) =>
        endedAt >= this.#endedBefore && !this.#expired.has(number),
    )
    const runs = new Map(kept.map((run) => [run.number, run]))
    for (const [number, run] of this.#runs) {
      runs.set(number, { ...run, counts: runs.get(number)?.counts ?? {} })
    }
    return [...runs.values()]
      .sort((one, other) => other.number - one.number)
      .slice(0, limit)
      .map((run) => ({ ...run, counts: this.#summed(run) }))
  }

  /** Removes what is kept of a key. @returns how many pairs it were */
  async forget(keyHash: string): Promise<number> {
    const pairs = await this.pairs.query({ keyHashes: [keyHash] })
    for (const side of SIDES) {
      const ids = new Set(pairs.flatMap((pair) => pair[side]?.id ?? []))
      for (const { shard } of await this.lines()) {
        for (const { sequence, side: from, contact } of await this.staged(shard, Number.MAX_SAFE_INTEGER)) {
          if (from === side && ids.has(contact.id)) this.#unstage(sequence)
        }
      }
    }
    for (const { id } of pairs) this.#drop(id)
    for (const intent of await this.intents(undefined, 0)) {
      if (intent.keyHash === keyHash) this.#settle(intent.id)
    }
    return pairs.length
  }

  #apply(change: LedgerChange, prepared: Prepared, fence: number, now: number): number | undefined {
    switch (change.type) {
      case 'pair': {
        const stored = this.pairs.put(change.pair, prepared.owners)
        for (const other of stored?.robbed ?? []) this.conflicts.free(other)
        return change.pair.id === undefined ? stored?.id : undefined
      }
      case 'seen':
        this.pairs.see(change.side, change.generation, change.pairs)
        break
      case 'drop':
        for (const id of change.pairs) this.#drop(id)
        break
      case 'intent':
        this.#settled.delete(change.intent.id)
        this.#intents.set(change.intent.id, { ...change.intent, fence, storedAt: now })
        break
      case 'settled':
        for (const id of change.intents) this.#settle(id)
        break
      case 'generation':
        this.#generations.set(change.generation.side, change.generation)
        break
      case 'stage':
        for (const contact of change.contacts) {
          const sequence = this.#nextSequence++
          this.#staged.set(sequence, { ...contact, sequence })
        }
        break
      case 'unstage':
        for (const sequence of change.sequences) this.#unstage(sequence)
        break
      case 'conflict':
        this.conflicts.note(change.conflict, prepared.conflicts.get(change.conflict.id))
        break
      case 'resolved':
        for (const id of change.conflicts) this.conflicts.resolve(id)
        break
      case 'run':
        this.#runs.set(change.run.number, change.run)
        break
      case 'count':
        this.#count(change.run, change.counts)
        break
      case 'expire':
        this.#expire(change.endedBefore)
        break
      case 'definition':
        this.#definition = change.definition
    }
    return
  }

  #drop(id: number): void {
    this.pairs.drop(id)
    this.conflicts.free(id)
  }

  #unstage(sequence: number): void {
    if (!this.#staged.delete(sequence)) this.#unstaged.add(sequence)
  }

  #expire(endedBefore: number): void {
    this.#endedBefore = Math.max(this.#endedBefore, endedBefore)
    for (const { number, endedAt = Number.POSITIVE_INFINITY } of this.#runs.values()) {
      if (endedAt >= endedBefore) continue
      this.#runs.delete(number)
      this.#counts.delete(number)
      this.#expired.add(number)
    }
  }

  #settle(id: string): void {
    this.#intents.delete(id)
    // The real ledger can have it too: one that was stored again is sent again.
    this.#settled.add(id)
  }

  #count(run: number, counts: RunCounts): void {
    let sums = this.#counts.get(run)
    if (!sums) {
      sums = new Map()
      this.#counts.set(run, sums)
    }
    for (const [name, by] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + by)
  }

  #summed({ number, counts }: Run & { readonly counts: RunCounts }): RunCounts {
    const sums = new Map(Object.entries(counts))
    for (const [name, by] of this.#counts.get(number) ?? []) sums.set(name, (sums.get(name) ?? 0) + by)
    return Object.fromEntries(sums)
  }
}

/** What was read of the real ledger for a commit. */
export interface Prepared {
  readonly owners: Owners
  readonly conflicts: ReadonlyMap<string, Conflict>
}
