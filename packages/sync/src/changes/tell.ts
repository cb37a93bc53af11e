import type { Contact } from '@anycontact/core'
import { shardOf } from '../engine/keys.ts'
import type { LedgerChange } from '../ledger/change.ts'
import type { Pair } from '../ledger/pair.ts'
import { hashText } from '../merge/snapshot.ts'
import type { ContactChange } from './changes.ts'
import { fingerprint } from './fingerprint.ts'
import type { ChangesSettings } from './options.ts'

/** What is to be told of the contacts of a chunk, and what is to be stored once it was taken. */
export interface ToTell {
  readonly changes: readonly ContactChange[]
  readonly store: readonly LedgerChange[]
  readonly unchanged: number
}

/** Compares contacts with what was told of them last. */
export async function compareContacts(
  { ledger, name, ignore }: ChangesSettings,
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
  const store: LedgerChange[] = []
  const unchanged: number[] = []
  for (const [id, contact] of byId) {
    const pair = known.get(id)
    const hash = fingerprint(contact, salt, ignore)
    if (pair?.source?.base?.hash === hash) {
      unchanged.push(pair.id)
      continue
    }
    const type = pair ? 'updated' : 'created'
    changes.push({ type, id, contact, changeId: changeId(generation, hash, id) })
    const keyHash = hashText(salt, id)
    const source = { id, seen: generation, base: { hash } }
    store.push({
      type: 'pair',
      pair: { ...(pair && { id: pair.id }), keyHash, shard: shardOf(keyHash), source },
    })
  }
  if (unchanged.length > 0) store.push({ type: 'seen', side: 'source', generation, pairs: unchanged })
  return { changes, store, unchanged: unchanged.length }
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
