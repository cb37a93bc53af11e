import { checkOptions, ledger as ledgerCheck } from '../check-options.ts'
import { planOf, type Sync } from '../define/define-sync.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { PairProblem } from '../ledger/pair.ts'

/** A contact that the last run did not bring into step. */
export interface SyncProblem extends PairProblem {
  /** Its key; absent where it has none, or the ledger keeps only hashes. */
  readonly key?: string
  /** Its id at the source, where it is known there. */
  readonly sourceId?: string
  /** Its id at the target, where it is known there. */
  readonly targetId?: string
}

/** So many are read of the ledger at once. */
const PAGE = 500

/**
 * The contacts that the last run did not bring into step, and what to do about each. Those that failed are tried again in the next run;
 * those that were skipped would be skipped again.
 *
 * @param sync - what `defineSync` gave
 *
 * @example
 * ```ts
 * for await (const { key, code, message } of listProblems(sync, { ledger })) console.error(key, code, message)
 * ```
 */
export async function* listProblems(
  sync: Sync,
  options: { readonly ledger: Ledger },
): AsyncGenerator<SyncProblem, void, undefined> {
  const { name } = planOf(sync)
  const checks = { ledger: ledgerCheck }
  checkOptions(options, checks, { operation: 'listProblems', cannot: 'The problems cannot be listed' })
  const { ledger } = options
  // One that has never run has none, and looking is not to make it known.
  if (!(await ledger.state(name))) return
  for (let after = 0; ; ) {
    const pairs = await ledger.pairs(name, { having: 'problem', after, limit: PAGE })
    for (const { problem, key, source, target } of pairs) {
      if (!problem) continue
      yield {
        ...problem,
        ...(key !== undefined && { key }),
        ...(source && { sourceId: source.id }),
        ...(target && { targetId: target.id }),
      }
    }
    const last = pairs.at(-1)
    if (!last) return
    after = last.id
  }
}
