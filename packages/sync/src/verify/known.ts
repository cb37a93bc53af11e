import type { Ledger } from '../ledger/ledger.ts'
import { type Pair, SIDES, type Side } from '../ledger/pair.ts'
import { hadField, snapshot } from '../merge/snapshot.ts'
import type { SyncPlan } from '../project/plan.ts'
import type { Comparison, ReadContact } from './read-contact.ts'

/** What the ledger knows of contacts that are not simply the same. */
export class Known {
  readonly #pairs: Readonly<Record<Side, ReadonlyMap<string, Pair>>>
  readonly #inReview: ReadonlyMap<number, ReadonlySet<string>>

  private constructor(
    pairs: Readonly<Record<Side, ReadonlyMap<string, Pair>>>,
    inReview: ReadonlyMap<number, ReadonlySet<string>>,
  ) {
    this.#pairs = pairs
    this.#inReview = inReview
  }

  /** Asks the ledger about contacts by their ids at each side. */
  static async about(
    ledger: Ledger,
    sync: string,
    ids: Readonly<Record<Side, readonly string[]>>,
  ): Promise<Known> {
    const pairs = { source: new Map<string, Pair>(), target: new Map<string, Pair>() }
    const numbers = new Set<number>()
    for (const side of SIDES) {
      if (ids[side].length === 0) continue
      for (const pair of await ledger.pairs(sync, { side, ids: ids[side] })) {
        const id = pair[side]?.id
        if (id !== undefined) pairs[side].set(id, pair)
        numbers.add(pair.id)
      }
    }
    const inReview = new Map<number, Set<string>>()
    const conflicts = numbers.size > 0 ? await ledger.conflicts(sync, { pairs: [...numbers] }) : []
    for (const { pair, field } of conflicts) {
      const fields = inReview.get(pair) ?? new Set()
      inReview.set(pair, fields.add(field))
    }
    return new Known(pairs, inReview)
  }

  /** The pair of a contact. */
  pairOf(side: Side, id: string): Pair | undefined {
    return this.#pairs[side].get(id)
  }

  /** The pair of two contacts, where the ledger has linked them. */
  linkOf(source: ReadContact, target: ReadContact): Pair | undefined {
    const pair = this.pairOf('source', source.id)
    return pair?.target?.id === target.id ? pair : undefined
  }

  isInReview({ id }: Pair, field: string): boolean {
    return this.#inReview.get(id)?.has(field) ?? false
  }
}

/** What became of the fields of a pair, as far as they are not the same. */
export interface Verdict {
  readonly spelled: readonly string[]
  readonly inReview: readonly string[]
  readonly differs: readonly string[]
  readonly absent: readonly string[]
  readonly extra: readonly string[]
}

/** Judges a pair, with what the ledger knows of it. */
export function judge(
  plan: SyncPlan,
  salt: string,
  { unequal, absent, extra, own }: Comparison,
  source: ReadContact,
  target: ReadContact,
  known: Known,
): Verdict {
  const pair = known.linkOf(source, target)
  const isOpen = (field: string): boolean => pair !== undefined && known.isInReview(pair, field)
  const isSpelled = pair ? spellings(plan, salt, pair, source, target) : () => false
  const spelled = unequal.filter((field) => !isOpen(field) && isSpelled(field))
  // What the source had when they last agreed, and gave up since, is not the target's own; but where it is left, what is said to be empty.
  const isGivenUp = (field: string): boolean =>
    plan.absent === 'leave'
      ? source.clears(field)
      : pair?.source?.base !== undefined && hadField(pair.source.base, field, salt)
  const left = own.filter(isGivenUp)
  return {
    spelled,
    inReview: [...unequal, ...absent, ...extra].filter(isOpen),
    differs: unequal.filter((field) => !isOpen(field) && !spelled.includes(field)),
    absent: absent.filter((field) => !isOpen(field)),
    extra: [...extra.filter((field) => !isOpen(field)), ...left],
  }
}

/** Tells whether two values are what was agreed on last: the same value, as each side spells it. */
function spellings(
  plan: SyncPlan,
  salt: string,
  pair: Pair,
  source: ReadContact,
  target: ReadContact,
): (field: string) => boolean {
  const [here, there] = [pair.source?.base, pair.target?.base]
  if (!here || !there) return () => false
  const { same } = plan.projection
  const isCut = (field: string): boolean => isBeginning(target.values[field], source.values[field])
  if (here.values && there.values) {
    const [agreedHere, agreedThere] = [here.values, there.values]
    return (field) =>
      !isCut(field) &&
      same(field, source.values[field], agreedHere[field]) &&
      same(field, target.values[field], agreedThere[field])
  }
  const isAsAgreed =
    snapshot(source.values, { ...plan, salt }).hash === here.hash &&
    snapshot(target.values, { ...plan, salt }).hash === there.hash
  return (field) => isAsAgreed && !isCut(field)
}

/** What was cut short is lost, and no spelling, whatever was agreed. */
function isBeginning(value: unknown, of: unknown): boolean {
  if (typeof value !== 'string' || typeof of !== 'string') return false
  const [short, long] = [value.trim(), of.trim()]
  return short.length < long.length && long.startsWith(short)
}
