import type { LedgerChange } from '../../ledger/change.ts'
import type { Ledger } from '../../ledger/ledger.ts'

/** When a process dies. */
export interface Death {
  /** At which commit: by its number, from 1, or by what it stores. */
  readonly atCommit: number | ((changes: readonly LedgerChange[]) => boolean)
  /** Whether the commit is in the store by then. */
  readonly stored: boolean
}

/** What everything throws that a dead process would still do. */
export const DEAD = new Error('killed')

/** A ledger as it looks to a process that is killed: from then on nothing gets through, not even the giving back of a claim. */
export function mortalLedger(ledger: Ledger, { atCommit, stored }: Death): Ledger {
  let commits = 0
  let isDead = false
  const commit: Ledger['commit'] = async (claim, changes) => {
    commits++
    if (isDead) throw DEAD
    isDead = typeof atCommit === 'number' ? commits === atCommit : atCommit(changes)
    if (!isDead) return ledger.commit(claim, changes)
    if (stored) await ledger.commit(claim, changes)
    throw DEAD
  }
  return new Proxy(ledger, {
    get(target, name) {
      if (name === 'commit') return commit
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...given: unknown[]) => {
        if (isDead) throw DEAD
        return Reflect.apply(member, target, given)
      }
    },
  })
}
