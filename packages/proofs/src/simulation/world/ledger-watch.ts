import type { Ledger, LedgerChange } from '@anycontact/sync/ledger-kit'
import type { Journal } from './journal.ts'

/** A write that was stored as about to be sent. */
interface Known {
  readonly fence: number
  readonly at: number
  readonly name: string
}

/** Within that time a write is answered or given up; what is settled later was doubtful. */
const DOUBT_MS = 60_000

/** Looks on at what is stored in a ledger, to count how doubtful writes are settled. */
export class LedgerWatch {
  readonly #journal: Journal
  readonly #now: () => number
  readonly #wayOf: (side: 'source' | 'target') => string
  readonly #open = new Map<string, Known>()

  /** @param wayOf - how it is found out on a side what became of a create */
  constructor(journal: Journal, now: () => number, wayOf: (side: 'source' | 'target') => string) {
    this.#journal = journal
    this.#now = now
    this.#wayOf = wayOf
  }

  /** The same ledger, looked on at. */
  of(ledger: Ledger): Ledger {
    return new Proxy(ledger, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        if (name !== 'commit') return member.bind(target)
        const commit: Ledger['commit'] = async (claim, changes) => {
          const ids = await target.commit(claim, changes)
          for (const change of changes) this.#note(change, claim.fence)
          return ids
        }
        return commit
      },
    })
  }

  #note(change: LedgerChange, fence: number): void {
    if (change.type === 'conflict') this.#journal.count('left to be decided')
    if (change.type === 'intent') {
      const { id, operation, side } = change.intent
      const name =
        operation === 'create'
          ? `a create by ${this.#wayOf(side)}`
          : operation === 'update'
            ? 'an update'
            : 'a deletion'
      this.#open.set(id, { fence, at: this.#now(), name })
    }
    if (change.type !== 'settled') return
    for (const id of change.intents) {
      const known = this.#open.get(id)
      this.#open.delete(id)
      const isDoubtful = known && (known.fence !== fence || this.#now() - known.at >= DOUBT_MS)
      if (isDoubtful) this.#journal.count(`settled ${known.name}`)
    }
  }
}
