import type { LedgerChange } from '../../ledger/change.ts'
import type { Ledger } from '../../ledger/ledger.ts'

/** A ledger whose user dies before it stores a certain change, as a process that is killed does: nothing of that commit is stored. */
export function dyingBefore(ledger: Ledger, isLast: (change: LedgerChange) => boolean): Ledger {
  const commit: Ledger['commit'] = async (claim, changes) => {
    if (changes.some(isLast)) throw new Error('killed')
    return await ledger.commit(claim, changes)
  }
  return new Proxy(ledger, {
    get(target, name) {
      const value: unknown = name === 'commit' ? commit : Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
