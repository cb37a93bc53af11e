import type { Contact } from '@anycontact/core'
import type { Side } from '../ledger/pair.ts'
import type { OpenIntent } from '../ledger/records.ts'
import { hashText } from '../merge/snapshot.ts'
import { isOutage } from './errors.ts'
import { findLive } from './find-live.ts'
import { takesKeyOnce } from './keys.ts'
import { canPeek, peek } from './peek.ts'
import { readSide } from './read-side.ts'
import { checkGoOn, type Work } from './work.ts'

/** Contacts of a side by the hash of their key, as far as they were asked for. */
export type Listed = ReadonlyMap<string, readonly Contact[]> | undefined

/** One reading of a side for all creates that nothing else can settle; `undefined` where none is needed, or it proves nothing. */
export async function listedFor(work: Work, creates: readonly OpenIntent[], side: Side): Promise<Listed> {
  const { plan, salt, ledger } = work
  const wanted = new Set(creates.filter((create) => create.side === side).map(({ keyHash }) => keyHash))
  if (wanted.size === 0 || takesKeyOnce(work, side) || (findsKey(work, side) && plan.keep === 'values'))
    return undefined
  const found = new Map<string, Contact[]>()
  const generation = { side, number: 0, state: 'reading', read: 0, startedAt: await ledger.now() } as const
  for await (const { contacts, after } of readSide(plan[side], generation, work)) {
    for (const contact of contacts) {
      const key = plan.projection.keyOf(side, contact)
      const keyHash = key === undefined ? undefined : hashText(salt, key)
      if (keyHash !== undefined && wanted.has(keyHash))
        found.set(keyHash, [...(found.get(keyHash) ?? []), contact])
    }
    checkGoOn(work)
    if (after.state === 'complete') return found
  }
  return undefined
}

function findsKey({ plan }: Work, side: Side): boolean {
  const { find } = plan[side].capabilities
  return plan[side].find !== undefined && find?.by.includes(plan.by[side]) === true
}

/** What became of each write of a key; a provider that does not answer now leaves it open. */
export async function fatesOf(
  work: Work,
  intents: readonly OpenIntent[],
  listed: Readonly<Record<Side, Listed>>,
): Promise<readonly (Contact | undefined)[] | 'unknown'> {
  const fates: (Contact | undefined)[] = []
  for (const intent of intents) {
    try {
      const found = await fateOf(work, intent, listed[intent.side])
      if (found === 'unknown') return found
      fates.push(found)
    } catch (error) {
      if (!isOutage(error)) throw error
      return 'unknown'
    }
  }
  return fates
}

/** What became of a write: the contact as it is now; `undefined` where there is none; or that it cannot be told. */
async function fateOf(
  work: Work,
  intent: OpenIntent,
  listed: Listed,
): Promise<Contact | undefined | 'unknown'> {
  const { side, operation, recordId, keyHash, key } = intent
  const { plan, settleMs, lease } = work
  if (operation !== 'create') {
    // Repeating a change or a deletion doubles nothing: what is there now decides.
    return recordId === undefined || !canPeek(work, side) ? undefined : await peek(work, side, recordId)
  }
  if (takesKeyOnce(work, side)) return undefined
  if (listed) {
    const [found, another] = listed.get(keyHash) ?? []
    return another ? 'unknown' : found
  }
  if (!findsKey(work, side) || key === undefined) return 'unknown'
  return await findLive(plan[side], plan.by[side], key, { signal: lease.signal, deadlineMs: settleMs / 2 })
}
