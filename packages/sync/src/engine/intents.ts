import type { FieldValues, Side } from '../ledger/pair.ts'
import type { Intent } from '../ledger/records.ts'
import type { MergeWrite } from '../merge/merge.ts'
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
  /** What is written, in the source's terms; absent where that makes no difference. */
  readonly written?: Pick<MergeWrite, 'fields' | 'values'> | undefined
}

/** Makes the note that a write is about to be sent. */
export function intentOf(
  { plan, random, lease }: Pick<Work, 'plan' | 'random' | 'lease'>,
  { key, recordId, otherId, written, ...init }: IntentInit,
): Intent {
  return {
    id: `${lease.claim.fence}-${Math.floor(random() * 2 ** 52).toString(36)}`,
    ...init,
    ...(key !== undefined && plan.keep === 'values' && { key }),
    ...(recordId !== undefined && { recordId }),
    ...(otherId !== undefined && { otherId }),
    ...(written &&
      plan.direction === 'both' &&
      plan.keep === 'values' && { written: writtenValues(written) }),
  }
}

function writtenValues({ fields, values }: Pick<MergeWrite, 'fields' | 'values'>): FieldValues {
  return Object.fromEntries(fields.map((field) => [field, values[field] ?? null]))
}
