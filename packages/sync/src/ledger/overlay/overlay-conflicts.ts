import type { Ledger } from '../ledger.ts'
import type { Conflict } from '../records.ts'
import { carriedOn } from '../rows/conflict-row.ts'

/** So many conflicts of the real ledger are read at once. */
const PAGE = 500

/** The conflicts of one sync as they would be. */
export class OverlayConflicts {
  readonly #base: Ledger
  readonly #sync: string
  /** Those that were stored or decided, in the order in which they came. */
  readonly #own = new Map<string, Conflict>()
  readonly #resolved = new Set<string>()
  /** Those that have come anew since the real ledger's were gone, or that it never had. */
  readonly #anew = new Set<string>()
  /** Pairs of which the real ledger's conflicts are gone. */
  readonly #freed = new Set<number>()

  constructor(base: Ledger, sync: string) {
    this.#base = base
    this.#sync = sync
  }

  /** The real ledger's conflicts, of some pairs or of all. */
  async below(pairs?: readonly number[]): Promise<readonly Conflict[]> {
    const all: Conflict[] = []
    for (;;) {
      const after = all.at(-1)?.id
      const page = await this.#base.conflicts(this.#sync, {
        limit: PAGE,
        ...(after !== undefined && { after }),
        ...(pairs && { pairs }),
      })
      all.push(...page)
      if (page.length < PAGE) return all
    }
  }

  async list({ after, limit, pairs }: Parameters<Ledger['conflicts']>[1] = {}): Promise<readonly Conflict[]> {
    const below = await this.below()
    const kept = below.filter(({ id }) => !this.#anew.has(id))
    const known = new Set(kept.map(({ id }) => id))
    const all = [
      ...kept.flatMap((conflict) => this.#overlaid(conflict) ?? []),
      ...[...this.#own.values()].filter(({ id }) => !known.has(id)),
    ]
    const first = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
    return all
      .slice(first)
      .filter(({ pair }) => !pairs || pairs.includes(pair))
      .slice(0, limit)
  }

  async decide(id: string, decision: Conflict['decision']): Promise<boolean> {
    const conflict = (await this.list()).find((one) => one.id === id)
    if (conflict) this.#own.set(id, decided(conflict, decision))
    return conflict !== undefined
  }

  /**
   * Stores a conflict. It keeps when it was found, and what was decided while its values are the same.
   *
   * @param below - that of the real ledger with the same id
   */
  note(conflict: Conflict, below: Conflict | undefined): void {
    const before = this.#own.get(conflict.id) ?? (below && this.#overlaid(below))
    this.#resolved.delete(conflict.id)
    if (!before) {
      // One that was gone comes last.
      this.#own.delete(conflict.id)
      this.#own.set(conflict.id, conflict)
      this.#anew.add(conflict.id)
      return
    }
    this.#own.set(conflict.id, carriedOn(before, conflict))
  }

  resolve(id: string): void {
    this.#own.delete(id)
    this.#resolved.add(id)
  }

  /** Removes those of a pair. */
  free(pair: number): void {
    this.#freed.add(pair)
    for (const conflict of this.#own.values()) {
      if (conflict.pair === pair) this.#own.delete(conflict.id)
    }
  }

  /** A conflict of the real ledger as it would be; `undefined` where it would be gone. */
  #overlaid(conflict: Conflict): Conflict | undefined {
    const own = this.#own.get(conflict.id)
    if (own) return own
    const isGone = this.#resolved.has(conflict.id) || this.#freed.has(conflict.pair)
    return isGone ? undefined : conflict
  }
}

function decided({ decision: _, ...conflict }: Conflict, decision: Conflict['decision']): Conflict {
  return decision === undefined ? conflict : { ...conflict, decision }
}
