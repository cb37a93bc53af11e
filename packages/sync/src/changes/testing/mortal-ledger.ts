import type { Ledger } from '../../ledger/ledger.ts'

/** When a process dies. */
export interface Death {
  /** At which commit, from 1. */
  readonly atCommit: number
  /** Whether the commit is in the store by then. */
  readonly stored: boolean
}

/** What everything throws that a dead process would still do. */
export const DEAD = new Error('killed')

/** A ledger as it looks to a process that is killed: from then on nothing gets through, not even the giving back of a claim. */
export function mortalLedger(ledger: Ledger, death: Death): Ledger {
  let commits = 0
  let isDead = false
  return new Proxy(ledger, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...given: unknown[]) => {
        if (isDead) throw DEAD
        const isLast = name === 'commit' && ++commits === death.atCommit
        if (isLast) isDead = true
        if (isLast && !death.stored) throw DEAD
        const result: unknown = await Reflect.apply(member, target, given)
        if (isLast) throw DEAD
        return result
      }
    },
  })
}
