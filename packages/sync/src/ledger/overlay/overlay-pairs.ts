import type { Ledger, PairQuery } from '../ledger.ts'
import { type Pair, type PairWrite, SIDES, type Side } from '../pair.ts'
import { SeenMarks } from './seen-marks.ts'
import { SortedIds } from './sorted-ids.ts'

/**
 * The first number that an overlay gives: above everything that a real ledger will ever count to, so that new pairs come after those of
 * the ledger, whatever is added there meanwhile.
 */
export const FIRST_NUMBER = 2 ** 52

/** So many pairs of the real ledger are read at once. */
const PAGE = 500

/** A query that is not by ids. */
type PageQuery = Exclude<PairQuery, { ids: readonly string[] } | { keyHashes: readonly string[] }>

/** Which pair has an id on a side, in the real ledger. */
export type Owners = Readonly<Record<Side, ReadonlyMap<string, Pair>>>

/** The pairs of one sync as they would be: rows that changed lie over those of the real ledger. */
export class OverlayPairs {
  readonly #base: Ledger
  readonly #sync: string
  /** Pairs that changed; `undefined` for one that was dropped. */
  readonly #rows = new Map<number, Pair | undefined>()
  readonly #ids = new SortedIds()
  readonly #bySide: Readonly<Record<Side, Map<string, number>>> = { source: new Map(), target: new Map() }
  readonly #byKey = new Map<string, Set<number>>()
  /** Pairs of the real ledger of which nothing changed but that a generation has shown them. */
  readonly #seen: Readonly<Record<Side, SeenMarks>> = { source: new SeenMarks(), target: new SeenMarks() }
  #next = FIRST_NUMBER

  constructor(base: Ledger, sync: string) {
    this.#base = base
    this.#sync = sync
  }

  /** Reads who has the ids of new rows in the real ledger: what `put` will need. */
  async owners(pairs: readonly PairWrite[]): Promise<Owners> {
    const [source, target] = await Promise.all(
      SIDES.map(async (side) => {
        const ids = pairs.flatMap((pair) => pair[side]?.id ?? [])
        const found = ids.length > 0 ? await this.#base.pairs(this.#sync, { side, ids }) : []
        return new Map(found.map((pair) => [pair[side]?.id ?? '', pair]))
      }),
    )
    return { source: source ?? new Map(), target: target ?? new Map() }
  }

  /**
   * Stores a pair.
   *
   * @returns its id, and the pairs from which it took a side; `undefined` where it was dropped, and so stays
   */
  put(
    { id = this.#next++, ...written }: PairWrite,
    owners: Owners,
  ): { readonly id: number; readonly robbed: readonly number[] } | undefined {
    if (this.#rows.has(id) && this.#rows.get(id) === undefined) return undefined
    const robbed = SIDES.flatMap((side) => {
      const taken = written[side]?.id
      const owner = taken === undefined ? undefined : this.#ownerOf(side, taken, owners)
      if (!owner || owner.id === id) return []
      this.#strip(owner, side)
      return owner.id
    })
    this.#store(id, { ...written, id })
    return { id, robbed }
  }

  /** Notes that pairs came in a generation. */
  see(side: Side, generation: number, pairs: readonly number[]): void {
    for (const id of pairs) {
      const row = this.#rows.get(id)
      if (row) this.#store(id, seenIn(row, side, generation))
      else if (!this.#rows.has(id)) this.#seen[side].mark(id, generation)
    }
  }

  drop(id: number): void {
    this.#store(id, undefined)
  }

  async query(query: PairQuery): Promise<readonly Pair[]> {
    if ('side' in query) return await this.#bySideIds(query.side, query.ids)
    if ('keyHashes' in query) return await this.#byKeyHashes(query.keyHashes)
    const found: Pair[] = []
    for await (const pair of this.#matching(query)) {
      found.push(pair)
      if (found.length >= query.limit) break
    }
    return found
  }

  async count(query: Parameters<Ledger['count']>[1]): Promise<number> {
    if (this.#isClean()) return await this.#base.count(this.#sync, query)
    const { missing, having } = query
    const all = this.#matching(
      missing
        ? { missing: missing.side, generation: missing.generation, limit: PAGE }
        : { ...(having && { having }), limit: PAGE },
    )
    let count = 0
    for await (const pair of all) if (!having || hasBoth(pair)) count++
    return count
  }

  #isClean(): boolean {
    return this.#rows.size === 0 && SIDES.every((side) => this.#seen[side].isEmpty)
  }

  async #bySideIds(side: Side, ids: readonly string[]): Promise<Pair[]> {
    const below = this.#live(await this.#base.pairs(this.#sync, { side, ids }))
    const own = ids.flatMap((id) => this.#row(this.#bySide[side].get(id)))
    return inOrder(below, own)
  }

  async #byKeyHashes(keyHashes: readonly string[]): Promise<Pair[]> {
    const below = this.#live(await this.#base.pairs(this.#sync, { keyHashes }))
    const own = keyHashes.flatMap((hash) => [...(this.#byKey.get(hash) ?? [])].flatMap((id) => this.#row(id)))
    return inOrder(below, own)
  }

  /** All pairs that a query is about, in the order of their ids; the real ledger is read page by page. */
  async *#matching(query: PageQuery): AsyncGenerator<Pair, void, undefined> {
    const { shard, limit } = query
    const size = Math.max(limit, PAGE)
    const test = testOf(query)
    // Marks change who is missing, so that the real ledger cannot say it; who has which side it can.
    const narrowed = 'having' in query && query.having !== undefined ? { having: query.having } : {}
    let { after = 0 } = query
    for (;;) {
      const below = await this.#base.pairs(this.#sync, {
        ...narrowed,
        ...(shard !== undefined && { shard }),
        after,
        limit: size,
      })
      const last = below.length < size ? undefined : below.at(-1)?.id
      const own = this.#ids.between(after, last)
      const rows = merged(this.#live(below), own, (id) => this.#rows.get(id))
      for (const pair of rows) if (test(pair)) yield pair
      if (last === undefined) return
      after = last
    }
  }

  /** Rows of the real ledger as they would be, without those that changed. */
  #live(pairs: readonly Pair[]): Pair[] {
    return pairs.flatMap((pair) => (this.#rows.has(pair.id) ? [] : this.#marked(pair)))
  }

  #marked(pair: Pair): Pair {
    return SIDES.reduce((row, side) => {
      const generation = this.#seen[side].of(pair.id)
      return generation === undefined ? row : seenIn(row, side, generation)
    }, pair)
  }

  #row(id: number | undefined): Pair[] {
    const row = id === undefined ? undefined : this.#rows.get(id)
    return row ? [row] : []
  }

  #ownerOf(side: Side, id: string, owners: Owners): Pair | undefined {
    const own = this.#bySide[side].get(id)
    if (own !== undefined) return this.#rows.get(own)
    const below = owners[side].get(id)
    return below && this.#live([below])[0]
  }

  /** Takes a side from a pair, which goes when nothing is left of it. */
  #strip(pair: Pair, side: Side): void {
    const { source, target, ...rest } = pair
    const left = side === 'source' ? { ...(target && { target }) } : { ...(source && { source }) }
    const isLeft = Object.keys(left).length > 0
    this.#store(pair.id, isLeft ? { ...rest, ...left } : undefined)
  }

  #store(id: number, pair: Pair | undefined): void {
    const before = this.#rows.get(id)
    if (before) this.#unindex(before)
    if (!this.#rows.has(id)) this.#ids.add(id)
    this.#rows.set(id, pair)
    if (!pair) return
    for (const side of SIDES) {
      const sideId = pair[side]?.id
      if (sideId !== undefined) this.#bySide[side].set(sideId, id)
    }
    const sameKey = this.#byKey.get(pair.keyHash)
    if (sameKey) sameKey.add(id)
    else this.#byKey.set(pair.keyHash, new Set([id]))
  }

  #unindex(pair: Pair): void {
    for (const side of SIDES) {
      const sideId = pair[side]?.id
      if (sideId !== undefined && this.#bySide[side].get(sideId) === pair.id) {
        this.#bySide[side].delete(sideId)
      }
    }
    const sameKey = this.#byKey.get(pair.keyHash)
    sameKey?.delete(pair.id)
    if (sameKey?.size === 0) this.#byKey.delete(pair.keyHash)
  }
}

function seenIn(pair: Pair, side: Side, generation: number): Pair {
  const known = pair[side]
  return known ? { ...pair, [side]: { ...known, seen: generation } } : pair
}

function hasBoth({ source, target }: Pair): boolean {
  return source !== undefined && target !== undefined
}

/** What a query that is not by ids asks of a pair. */
function testOf(query: PageQuery): (pair: Pair) => boolean {
  const { shard } = query
  const isOfShard = (pair: Pair): boolean => shard === undefined || pair.shard === shard
  if ('missing' in query) {
    const { missing, generation } = query
    return (pair) => {
      const side = pair[missing]
      return isOfShard(pair) && side !== undefined && side.seen !== generation && !side.gone
    }
  }
  const { having } = query
  return (pair) => {
    if (!isOfShard(pair)) return false
    if (having === undefined) return true
    if (having === 'problem') return pair.problem !== undefined
    if (having === 'both') return hasBoth(pair)
    return having === 'source-only' ? pair.target === undefined : pair.source === undefined
  }
}

function inOrder(below: readonly Pair[], own: readonly Pair[]): Pair[] {
  const byId = new Map([...below, ...own].map((pair) => [pair.id, pair]))
  return [...byId.values()].sort((one, other) => one.id - other.id)
}

/** Rows below and above in the order of their ids. */
function* merged(
  below: readonly Pair[],
  ownIds: Iterable<number>,
  rowOf: (id: number) => Pair | undefined,
): Generator<Pair, void, undefined> {
  let at = 0
  for (const id of ownIds) {
    for (let next = below[at]; next && next.id < id; next = below[++at]) yield next
    const row = rowOf(id)
    if (row) yield row
  }
  yield* below.slice(at)
}
