import type { Side } from '../ledger/pair.ts'
import type { Intent } from '../ledger/records.ts'
import type { Work } from './work.ts'

/** What an intent is made from. */
export interface IntentInit {
  readonly side: Side
  readonly operation: Intent['operation']
  readonly keyHash: string
  readonly shard: number
  readonly key: string | undefined
  readonly recordId: string | undefined
  readonly otherId: string | undefined
}

/** Makes the note that a write is about to be sent. */
export function intentOf(
  { plan, random, lease }: Pick<Work, 'plan' | 'random' | 'lease'>,
  { key, recordId, otherId, ...init }: IntentInit,
): Intent {
  return {
    id: `${lease.claim.fence}-${Math.floor(random() * 2 ** 52).toString(36)}`,
    ...init,
    ...(key !== undefined && plan.keep === 'values' && { key }),
    ...(recordId !== undefined && { recordId }),
    ...(otherId !== undefined && { otherId }),
  }
}
