import type { Contact } from '@anycontact/core'
import { shardOf } from '../engine/keys.ts'
import type { LedgerChange } from '../ledger/change.ts'
import type { Pair, PairSide, PairWrite } from '../ledger/pair.ts'
import { hashText } from '../merge/snapshot.ts'
import type { ContactChange } from './changes.ts'
import { fingerprint } from './fingerprint.ts'
import type { ChangesSettings } from './options.ts'

/** What is to be told of the contacts of a chunk. */
export interface ToTell {
  readonly changes: readonly ContactChange[]
  /**
   * What is to be stored before they are told: that they may have been. Otherwise one that is told, and then undone before it was stored,
   * would never be put right: a contact that is deleted again, a value that is what it was.
   */
  readonly announced: readonly LedgerChange[]
  /** What is to be stored once they were taken; needs the numbers of the pairs that were new. */
  settled(numbers: readonly number[]): readonly LedgerChange[]
  readonly unchanged: number
}

/**
 * Compares contacts with what was told of them last.
 */
export async function compareContacts(
  { ledger, name, ignore, where }: ChangesSettings,
  salt: string,
  contacts: readonly Contact[],
  generation: number,
): Promise<ToTell> {
  // One that comes twice in a chunk is told once, as it came last.
  const byId = new Map(contacts.map((contact) => [contact.id, contact]))
  const known = new Map<string, Pair>()
  for (const pair of await ledger.pairs(name, { side: 'source', ids: [...byId.keys()] })) {
    if (pair.source) known.set(pair.source.id, pair)
  }
  const changes: ContactChange[] = []
  const pairs: PairWrite[] = []
  const unchanged: number[] = []
  for (const [id, contact] of byId) {
    const pair = known.get(id)
    const { base, read } = pair?.source ?? {}
    const hash = fingerprint(contact, salt, ignore)
    if (pair && base?.hash === hash && !read) {
      unchanged.push(pair.id)
      continue
    }
    changes.push({
      type: base ? 'updated' : 'created',
      id,
      contact,
      changeId: changeId(generation, hash, id),
    })
    const keyHash = hashText(salt, id)
    // It counts as seen when it was told. Who reads only some of all would leave it to a reading that has passed its place already.
    const seen = pair?.source?.seen ?? (where === undefined ? 0 : generation)
    pairs.push({
      ...(pair && { id: pair.id }),
      keyHash,
      shard: shardOf(keyHash),
      source: { id, seen, ...(base && { base }), read: { hash } },
    })
  }
  return {
    changes,
    announced: pairs.map((pair) => ({ type: 'pair', pair })),
    settled(numbers) {
      const added = [...numbers]
      const store = pairs.map((pair): LedgerChange => {
        const { id = added.shift(), source, ...rest } = pair
        return {
          type: 'pair',
          pair: { ...rest, ...(id !== undefined && { id }), ...toldSide(source, generation) },
        }
      })
      if (unchanged.length > 0) store.push({ type: 'seen', side: 'source', generation, pairs: unchanged })
      return store
    },
    unchanged: unchanged.length,
  }
}

function toldSide(source: PairSide | undefined, seen: number): Pick<PairWrite, 'source'> {
  return source?.read ? { source: { id: source.id, seen, base: source.read } } : {}
}

/** What is to be stored before contacts are told as deleted: should one come back before that was stored, it is told as created. */
export function announceGone(gone: readonly Pair[]): readonly LedgerChange[] {
  return gone.flatMap(({ id, keyHash, shard, source }): LedgerChange[] =>
    source?.base
      ? [{ type: 'pair', pair: { id, keyHash, shard, source: { id: source.id, seen: source.seen } } }]
      : [],
  )
}

/**
 * What tells a change from all others. The number of the reading alone would not do: a contact that changes again between two tellings
 * of one reading must not be taken for told.
 *
 * @param number - of the reading, or of what is gone
 * @param what - it is now
 */
export function changeId(number: number, what: string, id: string): string {
  return `${number}.${what}.${id}`
}
