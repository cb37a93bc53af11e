import type { Contact } from '@anycontact/core'
import type { LedgerChange } from '../ledger/change.ts'
import type { FieldValues, Snapshot } from '../ledger/pair.ts'
import type { OpenIntent } from '../ledger/records.ts'
import { edited, keyed } from './note-target.ts'
import { shot } from './outcome.ts'
import { otherSide, type Work } from './work.ts'

/** What the ledger is to know of a contact that a write has made or changed after all. */
export async function foundChanges(
  work: Work,
  { side, keyHash, otherId, written }: OpenIntent,
  contact: Contact,
): Promise<readonly LedgerChange[]> {
  const { ledger, plan, generations } = work
  const other = otherSide(side)
  const [known] = await ledger.pairs(plan.name, { side, ids: [contact.id] })
  const [own] = otherId === undefined ? [] : await ledger.pairs(plan.name, { side: other, ids: [otherId] })
  const pair = own ?? known
  const before = known?.[side]
  const found = plan.projection.values(side, contact)
  const read = shot(work, found)
  // It was this sync that wrote it, so that its time is no edit of somebody else.
  const time =
    contact.updatedAt === undefined
      ? edited(contact, before)
      : { ...edited(contact, before), ownAt: contact.updatedAt }
  const now = {
    ...before,
    ...time,
    id: contact.id,
    seen: generations[side]?.number ?? 0,
    read,
    ...agreed(work, before?.base, written, found, found),
  }
  const key = pair ?? { ...keyed(work, plan.projection.keyOf(side, contact)), keyHash }
  const { problem: _, ...kept } = pair ?? { ...key, id: undefined }
  const { id, ...rest } = kept
  const dropped = own && known && own.id !== known.id ? [{ type: 'drop', pairs: [known.id] } as const] : []
  const mine = pair?.[other]
  const theirs = mine && { ...mine, ...agreed(work, mine.base, written, found, written ?? {}) }
  const sides = { ...(theirs && { [other]: theirs }), [side]: now }
  return [...dropped, { type: 'pair', pair: { ...rest, ...(id !== undefined && { id }), ...sides } }]
}

/**
 * What is agreed where it shows that a write has arrived: the fields that are as they were written. Without that, what this sync has written
 * would be taken for an edit of others, against one of the other side.
 *
 * @param values - what the fields are on the side whose base it is
 */
function agreed(
  work: Work,
  base: Snapshot | undefined,
  written: FieldValues | undefined,
  found: FieldValues,
  values: FieldValues,
): { readonly base?: Snapshot } {
  const { projection } = work.plan
  const kept = Object.keys(written ?? {}).filter((field) =>
    projection.same(field, found[field], written?.[field] ?? undefined),
  )
  if (kept.length === 0) return {}
  const after = { ...base?.values }
  for (const field of kept) {
    const value = values[field] ?? null
    if (value === null) Reflect.deleteProperty(after, field)
    else after[field] = value
  }
  return { base: shot(work, after) }
}
