import { ContactsError } from '@anycontact/core'
import type { CallSettings } from '@anycontact/core/adapter-kit'
import { type Batches, openLines, readRecords } from '../lines.ts'
import type { Transport } from '../transport.ts'
import { type ListingQuery, type Position, WalkPlace } from './place.ts'

/** A listing to walk. */
export interface ContactWalk {
  readonly name: 'listContacts' | 'exportContacts'
  readonly query: ListingQuery
  /** The contact after which to begin; absent for the start. */
  readonly after?: Position | undefined
  /** Whether that contact is known to be deleted, so that the place must be found again by time. @default false */
  readonly isLost?: boolean | undefined
  readonly call?: CallSettings | undefined
}

/**
 * Walks a whole listing as one streamed answer and hands out its rows in batches. A cut, or an `error` line, is resumed
 * after the last row seen; nothing is lost or handed out twice.
 *
 * @throws ContactsError of the failure that came once too often without a new row between
 */
export async function* walkContacts(
  transport: Transport,
  { name, query, after, isLost = false, call }: ContactWalk,
): Batches {
  const place = new WalkPlace(query, after, isLost)
  const operation = call?.operation ?? name
  let cuts = 0
  for (;;) {
    const lines = await openLines(transport, name, { query: { ...place.begin() } }, call)
    try {
      for await (const rows of readRecords(lines, operation)) {
        const fresh = place.take(rows, operation)
        if (fresh.length === 0) continue
        cuts = 0
        yield fresh
        if (place.isFull) return
      }
    } catch (error) {
      await transport.waitToResume(error, ++cuts, call)
      place.resume()
      continue
    }
    const { doubtful } = place
    if (doubtful === undefined || !(await isGone(transport, doubtful.id, call))) return
    place.seek()
  }
}

/**
 * Tells whether a contact is no longer there, so that a listing cannot go on after it.
 *
 * @param id - the contact's id
 */
export async function isGone(
  transport: Transport,
  id: string,
  call: CallSettings | undefined,
): Promise<boolean> {
  try {
    await transport.json('fetchContact', { params: { contactId: id } }, call)
    return false
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found') return true
    throw error
  }
}
