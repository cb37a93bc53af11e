import type { LedgerChange } from '../ledger/change.ts'

/** What is counted between two commits, so that a count is in force if and only if what it counts is. */
export class Counts {
  #counts = new Map<string, number>()

  add(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by)
  }

  /** Whether something of a name was counted. */
  has(name: string): boolean {
    return this.#counts.has(name)
  }

  /** Takes over what was counted for one contact. */
  addAll(others: Counts): void {
    for (const [name, count] of others.#counts) this.add(name, count)
  }

  /** Everything counted so far, as a change of the ledger; what follows is counted anew. */
  take(run: number): readonly LedgerChange[] {
    if (this.#counts.size === 0) return []
    const counts = Object.fromEntries(this.#counts)
    this.#counts = new Map()
    return [{ type: 'count', run, counts }]
  }
}
