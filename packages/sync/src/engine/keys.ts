import type { Side } from '../ledger/pair.ts'
import type { SyncPlan } from '../project/plan.ts'

/** So many parts has the work of a sync; a key belongs to one of them, whichever worker has it. */
const SHARDS = 32

/** The hash of a contact that has no key: nothing is ever looked up by it. */
export const NO_KEY = ''

/** Which part of the work a key belongs to. */
export function shardOf(keyHash: string): number {
  if (keyHash === NO_KEY) return 0
  // Six bits a character, spread as evenly as the hash itself.
  return ALPHABET.indexOf(keyHash.charAt(0)) % SHARDS
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Whether the provider of a side upserts by the key itself: however often it is asked, there is one contact. */
export function takesKeyOnce({ plan }: { readonly plan: SyncPlan }, side: Side): boolean {
  const { upsert } = plan[side].capabilities
  return upsert?.mode === 'native' && upsert.by.includes(plan.by[side])
}
