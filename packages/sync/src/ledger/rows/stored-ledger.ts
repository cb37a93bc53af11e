import { SyncError } from '../../errors.ts'
import type { Ledger, SyncState } from '../ledger.ts'
import type { Conflict } from '../records.ts'
import { objectAt, type Row, requiredText } from './row.ts'

/** What a method of a ledger gives, at once or later. */
type Given<Name extends keyof LedgerReads> = Awaited<ReturnType<LedgerReads[Name]>>

/** The methods of a ledger that look up one sync and need no claim. */
export type LedgerReads = Pick<
  Ledger,
  | 'pairs'
  | 'count'
  | 'generations'
  | 'intents'
  | 'staged'
  | 'lines'
  | 'claims'
  | 'conflicts'
  | 'decide'
  | 'runs'
>

/** How a store does what these methods do, for a sync that is there. */
export type StoreReads<Place> = {
  readonly [Name in keyof LedgerReads]: (
    place: Place,
    ...given: Parameters<LedgerReads[Name]> extends [string, ...infer Rest] ? Rest : never
  ) => Given<Name> | Promise<Given<Name>>
}

/** What ledgers have in common whose store knows a sync by a number: of a sync that was never opened there is nothing. */
export abstract class StoredLedger<Place> implements LedgerReads {
  /** How the store does it. */
  protected abstract readonly reads: StoreReads<Place>

  /** Looks up a sync and does something there; gives `nothing` where there is no such sync. */
  protected abstract read<Result>(
    sync: string,
    nothing: Result,
    work: (place: Place) => Result | Promise<Result>,
  ): Promise<Result>

  pairs(sync: string, query: Parameters<Ledger['pairs']>[1]): Promise<Given<'pairs'>> {
    return this.read<Given<'pairs'>>(sync, [], (place) => this.reads.pairs(place, query))
  }

  count(sync: string, query: Parameters<Ledger['count']>[1]): Promise<number> {
    return this.read<number>(sync, 0, (place) => this.reads.count(place, query))
  }

  generations(sync: string): Promise<Given<'generations'>> {
    return this.read<Given<'generations'>>(sync, [], (place) => this.reads.generations(place))
  }

  intents(sync: string, shard?: number): Promise<Given<'intents'>> {
    return this.read<Given<'intents'>>(sync, [], (place) => this.reads.intents(place, shard))
  }

  staged(sync: string, query: Parameters<Ledger['staged']>[1]): Promise<Given<'staged'>> {
    return this.read<Given<'staged'>>(sync, [], (place) => this.reads.staged(place, query))
  }

  lines(sync: string): Promise<Given<'lines'>> {
    return this.read<Given<'lines'>>(sync, [], (place) => this.reads.lines(place))
  }

  claims(sync: string): Promise<Given<'claims'>> {
    return this.read<Given<'claims'>>(sync, [], (place) => this.reads.claims(place))
  }

  conflicts(sync: string, query: Parameters<Ledger['conflicts']>[1] = {}): Promise<Given<'conflicts'>> {
    return this.read<Given<'conflicts'>>(sync, [], (place) => this.reads.conflicts(place, query))
  }

  decide(sync: string, conflict: string, decision: Conflict['decision']): Promise<boolean> {
    return this.read<boolean>(sync, false, (place) => this.reads.decide(place, conflict, decision))
  }

  runs(sync: string, limit: number): Promise<Given<'runs'>> {
    return this.read<Given<'runs'>>(sync, [], (place) => this.reads.runs(place, limit))
  }
}

/** What a sync is in the ledger, from a row of its definition and its salt. */
export function stateOf(row: Row | undefined): SyncState | undefined {
  return row && { definition: objectAt(row, 0) ?? {}, isKnown: true, salt: requiredText(row, 1) }
}

/** The error for a sync that was not opened. */
export function notOpened(sync: string): SyncError {
  return new SyncError({
    reason: 'ledger',
    message: `The ledger has no sync ${JSON.stringify(sync)}; open it first.`,
  })
}
