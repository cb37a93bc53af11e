import type { Ledger } from '../ledger/ledger.ts'
import { type Pair, SIDES, type Side } from '../ledger/pair.ts'
import { snapshot } from '../merge/snapshot.ts'
import type { SyncPlan } from '../project/plan.ts'
import type { Bucket, BucketSide, HashedContacts, SideCounts } from './certificate.ts'
import { HashSum, recordHash } from './hashing.ts'
import { judge, Known } from './known.ts'
import { type Comparison, compareFields, type OwnPlan, ownFields, ReadContact } from './read-contact.ts'
import { Scratch } from './scratch.ts'
import type { Tally } from './tally.ts'

/** The ledger is asked about so many contacts at once. */
const BATCH = 500

/** Contacts that the ledger links without their keys being the same are put together in so many parts. */
const PARTS = 256

/** A pair of which the ledger must say more. */
interface DoubtfulPair {
  readonly by: 'byKey' | 'byLink'
  readonly source: ReadContact
  readonly target: ReadContact
  readonly comparison: Comparison
  readonly isUnequal: boolean
}

/** A contact that has no counterpart of its key. */
interface Lonely {
  readonly kind: 'only' | 'keyless' | 'repeated'
  readonly side: Side
  readonly contact: ReadContact
  /** Whether the other side has its key. */
  readonly isKeyThere: boolean
  /** Whether the ledger's links were looked through already. */
  readonly isLast: boolean
}

type Counts = Record<'contacts' | 'keyless' | 'repeated' | 'paired' | 'only', number>

/** What is compared with, and where what is found goes. */
export interface ComparingInit {
  readonly plan: SyncPlan
  readonly ledger: Ledger
  /** The ledger's salt. */
  readonly ledgerSalt: string
  /** The certificate's salt. */
  readonly salt: string
  readonly tally: Tally
}

/** Compares the sides bucket by bucket. */
export class Comparing implements AsyncDisposable {
  readonly #init: ComparingInit
  readonly #counts: Record<Side, Counts> = { source: noCounts(), target: noCounts() }
  /** Contacts that the ledger links to one that is in another bucket, or not there. */
  readonly #linked = new Scratch(PARTS)
  #doubtful: DoubtfulPair[] = []
  #lonely: Lonely[] = []

  constructor(init: ComparingInit) {
    this.#init = init
  }

  get counts(): Readonly<Record<Side, Omit<SideCounts, 'provider' | 'complete'>>> {
    return this.#counts
  }

  /** Compares what both sides have in a bucket. */
  async bucket(here: readonly ReadContact[], there: readonly ReadContact[]): Promise<Bucket> {
    const { salt } = this.#init
    const sums = { source: new BucketSums(salt), target: new BucketSums(salt) }
    const contacts = { source: byKey(here), target: byKey(there) }
    let pairs = 0
    let unequal = 0
    for (const side of SIDES) {
      for (const [key, group] of contacts[side]) {
        this.#counts[side].contacts += group.length
        for (const contact of group) sums[side].add(contact.record())
        const others = contacts[side === 'source' ? 'target' : 'source'].get(key)
        if (!others) await this.#alone(side, group)
        else if (side === 'source') {
          pairs++
          if (await this.#meet(group, others, sums)) unequal++
        }
      }
    }
    await this.#ask(BATCH)
    return { source: sums.source.side, target: sums.target.side, pairs, unequal }
  }

  /** Counts the contacts of a side that have no key. */
  async keyless(side: Side, contacts: readonly ReadContact[]): Promise<HashedContacts> {
    const sums = new BucketSums(this.#init.salt)
    this.#counts[side].contacts += contacts.length
    this.#counts[side].keyless += contacts.length
    for (const contact of contacts) {
      sums.add(contact.record())
      this.#lonely.push({ kind: 'keyless', side, contact, isKeyThere: false, isLast: false })
      await this.#ask(BATCH)
    }
    const { contacts: count, hash } = sums.side
    return { contacts: count, hash }
  }

  /** When all buckets are compared: puts together what the ledger links, and counts the rest. */
  async finish(): Promise<void> {
    await this.#ask(1)
    for (let part = 0; part < PARTS; part++) {
      const waiting = new Map<number, Partial<Record<Side, Lonely>>>()
      for (const line of await this.#linked.read(part)) {
        const [pair, side, kind, contact]: LinkedLine = JSON.parse(line)
        const read = ReadContact.of(this.#init.plan.projection, contact)
        const known = waiting.get(pair) ?? {}
        waiting.set(pair, {
          ...known,
          [side]: { kind, side, contact: read, isKeyThere: false, isLast: true },
        })
      }
      for (const { source, target } of waiting.values()) {
        if (source && target) this.#compare('byLink', source.contact, target.contact)
        else this.#lonely.push(...[source, target].filter((one) => one !== undefined))
        await this.#ask(BATCH)
      }
    }
    await this.#ask(1)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#linked[Symbol.asyncDispose]()
  }

  async #alone(side: Side, group: readonly ReadContact[]): Promise<void> {
    const [first, ...others] = group
    if (first) this.#lonely.push({ kind: 'only', side, contact: first, isKeyThere: false, isLast: false })
    this.#counts[side].only++
    this.#repeat(side, others, false)
    await this.#ask(BATCH)
  }

  /** @returns whether their records are not the same */
  async #meet(
    here: readonly ReadContact[],
    there: readonly ReadContact[],
    sums: Readonly<Record<Side, BucketSums>>,
  ): Promise<boolean> {
    const { plan } = this.#init
    const [source, target] = chosen(plan, here, there)
    const [record, otherRecord] = [source.record(), target.record(ownFields(plan, source))]
    sums.source.pair(record)
    sums.target.pair(otherRecord)
    for (const side of SIDES) this.#counts[side].paired++
    this.#compare('byKey', source, target)
    this.#repeat(
      'source',
      here.filter((one) => one !== source),
      true,
    )
    this.#repeat(
      'target',
      there.filter((one) => one !== target),
      true,
    )
    await this.#ask(BATCH)
    return record !== otherRecord
  }

  #repeat(side: Side, contacts: readonly ReadContact[], isKeyThere: boolean): void {
    this.#counts[side].repeated += contacts.length
    for (const contact of contacts) {
      this.#lonely.push({ kind: 'repeated', side, contact, isKeyThere, isLast: true })
    }
  }

  #compare(by: 'byKey' | 'byLink', source: ReadContact, target: ReadContact): void {
    const comparison = compareFields(this.#init.plan, source, target)
    const { unequal, absent, extra, own } = comparison
    const isUnequal = unequal.length + absent.length + extra.length > 0
    if (isUnequal || own.length > 0) {
      this.#doubtful.push({ by, source, target, comparison, isUnequal })
    } else this.#init.tally.pair(by, source, target, comparison, false)
  }

  /** Asks the ledger about what waits, where it is enough to be worth a question. */
  async #ask(atLeast: number): Promise<void> {
    const waiting = this.#doubtful.length + this.#lonely.length
    if (waiting === 0 || waiting < atLeast) return
    const { plan, ledger, ledgerSalt, tally } = this.#init
    const [doubtful, lonely] = [this.#doubtful, this.#lonely]
    this.#doubtful = []
    this.#lonely = []
    const idsOf = (side: Side): string[] =>
      lonely.filter((one) => one.side === side).map(({ contact }) => contact.id)
    const known = await Known.about(ledger, plan.name, {
      source: [...doubtful.map(({ source }) => source.id), ...idsOf('source')],
      target: idsOf('target'),
    })
    for (const { by, source, target, comparison, isUnequal } of doubtful) {
      const verdict = judge(plan, ledgerSalt, comparison, source, target, known)
      tally.pair(by, source, target, comparison, isUnequal, verdict)
    }
    for (const one of lonely) await this.#judgeLonely(one, known.pairOf(one.side, one.contact.id))
  }

  async #judgeLonely(one: Lonely, pair: Pair | undefined): Promise<void> {
    const { side, contact, kind, isLast } = one
    const isLinked = pair?.source && pair.target && !pair.source.gone && !pair.target.gone
    if (isLinked && !isLast) {
      const line: LinkedLine = [pair.id, side, kind, contact.toLine()]
      await this.#linked.add(pair.id % PARTS, JSON.stringify(line))
      return
    }
    const { tally } = this.#init
    if (side === 'source') tally.unpaired(contact)
    if (this.#isLeft(one, pair)) tally.left(side)
    else tally.alone(kind === 'only' ? `${side}_only` : kind, side, contact, pair)
  }

  /** Whether the sync leaves a contact where it is, although the other side has it not. */
  #isLeft({ side, kind, contact, isKeyThere }: Lonely, pair: Pair | undefined): boolean {
    const { direction, deletions, keep, projection } = this.#init.plan
    if (direction === 'one-way') {
      if (side === 'source' || (kind === 'repeated' && isKeyThere)) return false
      return deletions === 'keep' || pair?.source === undefined
    }
    const [own, other] = side === 'source' ? [pair?.source, pair?.target] : [pair?.target, pair?.source]
    if (kind === 'repeated' || deletions !== 'keep' || !other?.gone) return false
    // Deleted there on purpose, and not edited here since.
    const now = snapshot(contact.values, { projection, keep, salt: this.#init.ledgerSalt })
    return own?.base?.hash === now.hash
  }
}

/** A contact whose counterpart, by the ledger's pair, may be in another bucket. */
type LinkedLine = readonly [pair: number, side: Side, kind: Lonely['kind'], contact: string]

/** Which of the contacts of a key stand for it: two that are the same, else those with the smallest ids. */
function chosen(
  plan: OwnPlan,
  here: readonly ReadContact[],
  there: readonly ReadContact[],
): readonly [ReadContact, ReadContact] {
  const [source, target] = [smallest(here), smallest(there)]
  if (here.length === 1 && there.length === 1) return [source, target]
  for (const one of inOrder(here)) {
    const isOwn = ownFields(plan, one)
    const same = inOrder(there).find((other) => other.record(isOwn) === one.record())
    if (same) return [one, same]
  }
  return [source, target]
}

function smallest(contacts: readonly ReadContact[]): ReadContact {
  return contacts.reduce((least, one) => (one.id < least.id ? one : least))
}

function inOrder(contacts: readonly ReadContact[]): readonly ReadContact[] {
  return [...contacts].sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** The contacts by their keys, each group with the smallest id first. */
function byKey(contacts: readonly ReadContact[]): ReadonlyMap<string, readonly ReadContact[]> {
  const groups = new Map<string, ReadContact[]>()
  for (const contact of contacts) {
    const group = groups.get(contact.key ?? '')
    if (group) group.push(contact)
    else groups.set(contact.key ?? '', [contact])
  }
  return new Map([...groups].map(([key, group]) => [key, group.length === 1 ? group : inOrder(group)]))
}

function noCounts(): Counts {
  return { contacts: 0, keyless: 0, repeated: 0, paired: 0, only: 0 }
}

/** The hashes of a side of a bucket. */
class BucketSums {
  readonly #salt: string
  readonly #all = new HashSum()
  readonly #paired = new HashSum()
  #contacts = 0

  constructor(salt: string) {
    this.#salt = salt
  }

  add(record: string): void {
    this.#contacts++
    this.#all.add(recordHash(this.#salt, record))
  }

  pair(record: string): void {
    this.#paired.add(recordHash(this.#salt, record))
  }

  get side(): BucketSide {
    return { contacts: this.#contacts, hash: String(this.#all), paired: String(this.#paired) }
  }
}
