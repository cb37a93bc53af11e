import { type CompleteGeneration, goneFrom } from '../engine/complete-generation.ts'
import { askFor, canAskFor } from '../engine/peek.ts'
import { SyncError } from '../errors.ts'
import type { Pair } from '../ledger/pair.ts'
import type { ChangesSettings } from './options.ts'

/** Those that are gone are asked for so many at a time. */
const PAGE = 100

/** Contacts that did not come in a complete generation. */
export interface GonePage {
  /** Those that are not there when asked for by their id either, where the provider can be asked. */
  readonly gone: readonly Pair[]
  /** How many of the others are still there. */
  readonly unconfirmed: number
}

/**
 * Finds who is gone, page by page.
 *
 * @param signal - ends it
 * @throws SyncError `too_many_deletions` before any is given
 */
export async function* findGone(
  settings: ChangesSettings,
  generation: CompleteGeneration,
  signal: AbortSignal,
): AsyncGenerator<GonePage, void, undefined> {
  const { ledger, name, maxDeletions } = settings
  const { side, number } = generation
  const count = await ledger.count(name, { missing: { side, generation: number } })
  if (count === 0) return
  const of = await ledger.count(name, {})
  if (count > maxDeletions * of) throw tooMany(name, count, of)
  for (let after: number | undefined; ; ) {
    const pairs = await goneFrom(ledger, name, generation, { after, limit: PAGE })
    if (pairs.length === 0) return
    after = pairs.at(-1)?.id
    const isGone = await Promise.all(
      pairs.map(({ source }) => source && isAbsent(settings, source.id, signal)),
    )
    const gone = pairs.filter((_, place) => isGone[place])
    yield { gone, unconfirmed: pairs.length - gone.length }
  }
}

/** Whether a contact is not there any more, as far as the provider can be asked: of one that cannot the listing is believed. */
async function isAbsent({ client }: ChangesSettings, id: string, signal: AbortSignal): Promise<boolean> {
  return !canAskFor(client) || (await askFor(client, id, { signal })) === undefined
}

function tooMany(name: string, count: number, of: number): SyncError {
  return new SyncError({
    reason: 'too_many_deletions',
    message: `${count} of the ${of} contacts that the changes "${name}" knows are gone, which is more than maxDeletions allows. None of them was told. Look whether the listing is right; if it is, read again with a larger maxDeletions.`,
    deletions: { count, of },
  })
}
