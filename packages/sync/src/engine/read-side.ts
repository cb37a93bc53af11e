import { type Contact, ContactsError, type ContactsWarning, type Page, type Where } from '@anycontact/core'
import type { Side } from '../ledger/pair.ts'
import type { Generation } from '../ledger/records.ts'
import type { SyncClient } from '../project/plan.ts'

/** Consecutive contacts of a generation, and where it stands after them. */
export interface Chunk {
  readonly contacts: readonly Contact[]
  /** The generation once the chunk is dealt with; stored with it. */
  readonly after: Generation
}

/** How a side is read. */
export interface ReadOptions {
  readonly chunkSize: number
  readonly signal: AbortSignal | undefined
  /** Which contacts; a reading of some says nothing of who is gone. @default every contact */
  readonly where?: Where | undefined
  /** Told how many contacts the side has, where it says so. */
  readonly onTotal?: ((total: number) => void) | undefined
}

/**
 * Reads a side on from where its generation stands, chunk by chunk. Whether a generation is complete is decided here and nowhere
 * else, when its listing has ended by itself.
 *
 * @param generation - one that is being read
 */
export async function* readSide(
  client: SyncClient,
  generation: Generation,
  { chunkSize, signal, where, onTotal }: ReadOptions,
): AsyncGenerator<Chunk, void, undefined> {
  let unreadable = generation.unreadable ?? 0
  const onWarning = ({ code }: ContactsWarning): void => {
    if (code === 'invalid_record') unreadable++
  }
  const { cursor } = generation
  const pageSize = Math.min(client.capabilities.list?.maxPageSize ?? chunkSize, chunkSize)
  const pager = client.list({ where, pageSize, signal, onWarning, ...(cursor !== undefined && { cursor }) })
  let read = generation.read
  let held: Contact[] = []
  for await (const page of pager.pages()) {
    if (page.total !== undefined) onTotal?.(page.total)
    const { nextCursor } = page
    held.push(...page.items)
    const isLast = nextCursor === undefined
    if (!isLast && held.length + pageSize <= chunkSize) continue
    const contacts = held
    held = []
    read += contacts.length
    const { cursor: _, ...rest } = generation
    const after: Generation = { ...rest, read, ...(unreadable > 0 && { unreadable }) }
    yield {
      contacts,
      after: isLast
        ? { ...after, state: isWhole(client, after, page) ? 'complete' : 'partial' }
        : { ...after, cursor: nextCursor },
    }
  }
}

/**
 * As {@link readSide}, but where the provider does not know the place any more at which the generation stands, another one is begun:
 * cursors can expire, and inputs can be others.
 *
 * @param begin - makes the generation that is read instead
 */
export async function* readOn(
  client: SyncClient,
  generation: Generation,
  options: ReadOptions,
  begin: () => Generation | Promise<Generation>,
): AsyncGenerator<Chunk, void, undefined> {
  let hasCome = false
  try {
    for await (const chunk of readSide(client, generation, options)) {
      hasCome = true
      yield chunk
    }
    return
  } catch (error) {
    const isUnknown = ContactsError.is(error) && error.code === 'invalid_input'
    if (hasCome || generation.cursor === undefined || !isUnknown) throw error
  }
  yield* readSide(client, await begin(), options)
}

/**
 * Whether a listing that has ended reached everybody. One that was read in one go says so itself. One that went on from a cursor
 * cannot; where cursors name a contact nobody can have moved over the place meanwhile, so that the parts make a whole. Where they
 * count contacts, somebody may have.
 */
function isWhole(
  client: SyncClient,
  { resumed, read, unreadable }: Generation,
  { complete, total }: Page<Contact>,
): boolean {
  if (!resumed) return complete === true
  const { pagination, complete: reachesAll } = client.explain()
  return (
    pagination === 'cursor' &&
    reachesAll &&
    unreadable === undefined &&
    (total === undefined || read >= total)
  )
}

/** A generation of a side that begins, or goes on where it was left. */
export function nextGeneration(side: Side, before: Generation | undefined, startedAt: number): Generation {
  return { side, number: (before?.number ?? 0) + 1, state: 'reading', read: 0, startedAt }
}
