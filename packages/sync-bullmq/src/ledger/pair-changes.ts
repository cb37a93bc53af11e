import { type LedgerChange, type PairWrite, type Side, storedText } from '@anycontact/sync/ledger-kit'

const SIDES = ['source', 'target'] as const satisfies readonly Side[]

/** What of a pair is known before a commit, and what the commit makes of it. */
export interface PairEntry {
  /** Absent until a new pair gets its number. */
  id: number | undefined
  /** The ids of its sides as they are stored, as {@link storedText}. */
  readonly stored: Readonly<Partial<Record<Side, string>>>
  readonly ids: Partial<Record<Side, string>>
  /** What the pair is to be, whole. */
  write: PairWrite | undefined
  /** Sides that another pair has taken, of one that is not written whole. */
  readonly taken: Set<Side>
  isDropped: boolean
}

/** What a pair has in the database. */
export interface StoredPair {
  readonly id: number
  readonly source: string | undefined
  readonly target: string | undefined
}

/** What changes of pairs come to, so that a few statements store them however many they are. */
export interface PairChanges {
  /** Those that were new, in the order of the changes. */
  readonly added: readonly PairEntry[]
  /** All that were there before and are named by a change, or have lost an id to another. */
  readonly known: Iterable<PairEntry>
  /** The generation in which each pair came, of those that nothing else is written of. */
  readonly seen: Readonly<Record<Side, ReadonlyMap<number, number>>>
  /** Which change was the last one by which a pair lost its conflicts. */
  readonly lost: ReadonlyMap<number, number>
}

/** What has to be known of the database to work out a commit. */
export interface PairNeeds {
  readonly numbers: readonly number[]
  readonly ids: Readonly<Record<Side, readonly string[]>>
}

/** Which pairs have to be looked up. */
export function needsOf(changes: readonly LedgerChange[]): PairNeeds {
  const numbers: number[] = []
  const ids: Record<Side, string[]> = { source: [], target: [] }
  for (const change of changes) {
    if (change.type === 'drop') numbers.push(...change.pairs)
    if (change.type !== 'pair') continue
    if (change.pair.id !== undefined) numbers.push(change.pair.id)
    for (const side of SIDES) {
      const id = change.pair[side]?.id
      if (id !== undefined) ids[side].push(storedText(id))
    }
  }
  return { numbers, ids }
}

/** Works out what changes come to, one after the other. */
export function workOut(changes: readonly LedgerChange[], stored: readonly StoredPair[]): PairChanges {
  const batch = new Batch(stored)
  changes.forEach((change, place) => {
    if (change.type === 'pair') batch.put(change.pair, place)
    else if (change.type === 'seen') batch.see(change.side, change.generation, change.pairs)
    else if (change.type === 'drop') batch.drop(change.pairs, place)
  })
  return batch
}

class Batch implements PairChanges {
  readonly added: PairEntry[] = []
  readonly seen = { source: new Map<number, number>(), target: new Map<number, number>() }
  readonly lost = new Map<number, number>()
  readonly #entries = new Map<number, PairEntry>()
  readonly #owners = { source: new Map<string, PairEntry>(), target: new Map<string, PairEntry>() }

  constructor(stored: readonly StoredPair[]) {
    for (const { id, source, target } of stored) {
      const ids = { ...(source !== undefined && { source }), ...(target !== undefined && { target }) }
      const entry: PairEntry = {
        id,
        stored: { ...ids },
        ids,
        write: undefined,
        taken: new Set(),
        isDropped: false,
      }
      this.#entries.set(id, entry)
      for (const side of SIDES) this.#own(side, entry)
    }
  }

  get known(): Iterable<PairEntry> {
    return this.#entries.values()
  }

  put(pair: PairWrite, place: number): void {
    const entry = pair.id === undefined ? this.#add() : this.#entries.get(pair.id)
    // One that was dropped or forgotten stays so.
    if (entry === undefined || entry.isDropped) return
    for (const side of SIDES) {
      const given = pair[side]?.id
      const wanted = given === undefined ? undefined : storedText(given)
      const owner = wanted === undefined ? undefined : this.#owners[side].get(wanted)
      if (owner !== undefined && owner !== entry) this.#take(owner, side, place)
      this.#disown(side, entry)
      if (wanted !== undefined) entry.ids[side] = wanted
      this.#own(side, entry)
    }
    entry.taken.clear()
    entry.write = pair
  }

  see(side: Side, generation: number, pairs: readonly number[]): void {
    for (const id of pairs) {
      const entry = this.#entries.get(id)
      const known = entry?.write?.[side]
      if (entry?.write === undefined) this.seen[side].set(id, generation)
      else if (known) entry.write = { ...entry.write, [side]: { ...known, seen: generation } }
    }
  }

  drop(pairs: readonly number[], place: number): void {
    for (const id of pairs) {
      const entry = this.#entries.get(id)
      if (entry && !entry.isDropped) this.#remove(entry, place)
    }
  }

  #add(): PairEntry {
    const entry: PairEntry = {
      id: undefined,
      stored: {},
      ids: {},
      write: undefined,
      taken: new Set(),
      isDropped: false,
    }
    this.added.push(entry)
    return entry
  }

  /** Takes a side away from a pair: without its other side it is none. */
  #take(entry: PairEntry, side: Side, place: number): void {
    const other = side === 'source' ? 'target' : 'source'
    if (entry.ids[other] === undefined) {
      this.#remove(entry, place)
      return
    }
    this.#disown(side, entry)
    this.#lose(entry, place)
    if (entry.write === undefined) {
      entry.taken.add(side)
      return
    }
    const { [side]: _taken, ...left } = entry.write
    entry.write = left
  }

  #remove(entry: PairEntry, place: number): void {
    for (const side of SIDES) this.#disown(side, entry)
    this.#lose(entry, place)
    entry.isDropped = true
  }

  #lose(entry: PairEntry, place: number): void {
    if (entry.id !== undefined) this.lost.set(entry.id, place)
  }

  #own(side: Side, entry: PairEntry): void {
    const id = entry.ids[side]
    if (id !== undefined) this.#owners[side].set(id, entry)
  }

  #disown(side: Side, entry: PairEntry): void {
    const id = entry.ids[side]
    if (id !== undefined && this.#owners[side].get(id) === entry) this.#owners[side].delete(id)
    delete entry.ids[side]
  }
}
