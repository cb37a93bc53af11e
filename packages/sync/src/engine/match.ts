import type { Contact } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { FieldValues, Pair, PairProblem } from '../ledger/pair.ts'
import type { Generation } from '../ledger/records.ts'
import { presence } from './decide.ts'
import { NO_KEY } from './keys.ts'
import { keyed } from './note-target.ts'
import type { Work } from './work.ts'

/** A contact of the source, and what the ledger knows of it. */
export interface Match {
  readonly contact: Contact
  readonly key: string | undefined
  readonly keyHash: string
  readonly values: FieldValues
  /** The pair that is its own; absent for one that is new. */
  readonly pair?: Pair
  /** The contact of the target that has the same key and nobody else's, which is linked to it now. */
  readonly adopted?: Pair
  /** Why it cannot be brought into step. */
  readonly problem?: PairProblem
}

/** What is wrong with a contact that has no key. */
export const NO_KEY_PROBLEM: PairProblem = {
  kind: 'skipped',
  code: 'no_key',
  message:
    'It has no value in the field that tells which contact it is. Give it one, or sync by another key.',
}
const TAKEN: PairProblem = {
  kind: 'failed',
  code: 'conflict',
  message: 'Another contact of the source has the same key. Merge the two, or give one of them another key.',
}
const AMBIGUOUS: PairProblem = {
  kind: 'failed',
  code: 'ambiguous',
  message: 'Several contacts of the target have its key. Merge them, so that one is left.',
}

/**
 * Finds for each contact of the source the pair that it belongs to: by its id, else by its key among the contacts of the target that
 * have no counterpart. Those that this generation has dealt with already are left out: a chunk can come again after a stop.
 *
 * @param again - whether they are to be looked at once more all the same
 */
export async function matchSource(
  work: Pick<Work, 'plan' | 'ledger' | 'salt' | 'generations'>,
  contacts: readonly Contact[],
  generation: Generation,
  again = false,
): Promise<readonly Match[]> {
  const { plan, ledger } = work
  const keyedContacts = contacts.map((contact) => {
    const key = plan.projection.keyOf('source', contact)
    return { contact, key, keyHash: keyed(work, key).keyHash }
  })
  const own = new Map<string, Pair>()
  const ids = contacts.map(({ id }) => id)
  for (const pair of await ledger.pairs(plan.name, { side: 'source', ids })) {
    if (pair.source) own.set(pair.source.id, pair)
  }
  const rivals = new Rivals(
    await ledger.pairs(plan.name, { keyHashes: wantedKeys(keyedContacts) }),
    generation,
    work.generations.target,
  )
  const matches: Match[] = []
  const taken = new Set<string>()
  for (const { contact, key, keyHash } of keyedContacts) {
    const pair = own.get(contact.id)
    const isDealtWith = (!again && pair?.source?.seen === generation.number) || taken.has(contact.id)
    if (isDealtWith) continue
    taken.add(contact.id)
    const found = {
      contact,
      key,
      keyHash,
      values: plan.projection.values('source', contact),
      ...(pair && { pair }),
    }
    if (key === undefined) matches.push({ ...found, problem: NO_KEY_PROBLEM })
    else if (!rivals.claim(keyHash, contact.id)) matches.push({ ...found, problem: TAKEN })
    else if (isThere(pair, work.generations.target)) matches.push(found)
    else {
      const [adopted, another] = rivals.free(keyHash)
      if (another) matches.push({ ...found, problem: AMBIGUOUS })
      else matches.push({ ...found, ...(adopted && { adopted: rivals.adopt(adopted) }) })
    }
  }
  return matches
}

/** What is stored of a contact that cannot be brought into step. */
export function problemChange(
  work: Pick<Work, 'plan' | 'salt'>,
  { contact, key, pair, problem }: Match,
  generation: number,
): LedgerChange {
  const side = { ...pair?.source, id: contact.id, seen: generation }
  return {
    type: 'pair',
    pair: {
      ...(pair && { id: pair.id }),
      ...keyed(work, key),
      source: side,
      ...(pair?.target && { target: pair.target }),
      ...(problem && { problem }),
    },
  }
}

/** Whether its counterpart is still there. One that is not may have been made anew at the target under another id. */
function isThere(pair: Pair | undefined, generation: Generation | undefined): boolean {
  return presence(pair?.target, generation) === 'there'
}

function isLinked(pair: Pair | undefined): boolean {
  return pair?.target !== undefined && !pair.target.gone
}

function wantedKeys(contacts: readonly { readonly keyHash: string }[]): string[] {
  return [...new Set(contacts.map(({ keyHash }) => keyHash))].filter((hash) => hash !== NO_KEY)
}

/** Who else has a key. */
class Rivals {
  readonly #owners = new Map<string, string>()
  readonly #free = new Map<string, Pair[]>()

  constructor(pairs: readonly Pair[], generation: Generation, target: Generation | undefined) {
    for (const pair of pairs) {
      const { keyHash, source } = pair
      // One that had the key and does not come any more may be gone: that is known when the generation is complete.
      if (source && !source.gone && source.seen === generation.number && !pair.problem)
        this.#owners.set(keyHash, source.id)
      if (isFree(pair, target)) this.#free.set(keyHash, [...(this.#free.get(keyHash) ?? []), pair])
    }
    for (const pair of pairs) {
      const { keyHash, source } = pair
      const isLeft = source && !source.gone && isLinked(pair) && !this.#owners.has(keyHash)
      if (isLeft) this.#owners.set(keyHash, source.id)
    }
  }

  /** Takes a key for a contact of the source; `false` where another one has it. */
  claim(keyHash: string, id: string): boolean {
    const owner = this.#owners.get(keyHash)
    if (owner !== undefined && owner !== id) return false
    this.#owners.set(keyHash, id)
    return true
  }

  /** The contacts of the target that have a key, and no counterpart. */
  free(keyHash: string): readonly Pair[] {
    return this.#free.get(keyHash) ?? []
  }

  adopt(pair: Pair): Pair {
    this.#free.delete(pair.keyHash)
    return pair
  }
}

/** Whether a pair is a contact of the target alone, which the last generation has shown. */
function isFree({ source, target }: Pair, generation: Generation | undefined): boolean {
  if (!target || target.gone || (source && !source.gone)) return false
  return generation === undefined || target.seen === generation.number || generation.state !== 'complete'
}
