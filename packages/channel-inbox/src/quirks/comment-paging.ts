// Comments may come without regard to `skip` and `limit`: no source of the vendor's says whether the server looks at them.
import { type OffsetPlace, readText, type VendorPage } from '@anycontact/core/adapter-kit'
import { badAnswer } from '../api/errors.ts'

/** More comments than any contact has. */
const FAR_BEYOND = 1_000_000_000

/** Asks for a part of the comments. */
type Ask = (slice: Pick<OffsetPlace, 'skip' | 'limit'>) => Promise<readonly unknown[]>

/**
 * Reads a page of comments. More than was asked for is everything. A page that begins as the one before did shows that `skip` is
 * passed over, or that as many comments have come meanwhile: a page far beyond the end tells, and, being one longer, whether the
 * limit keeps any back.
 *
 * @throws ContactsError `bad_response` where it does and `skip` is passed over: the rest is out of reach
 */
export async function readComments(
  { skip, limit, note }: OffsetPlace,
  ask: Ask,
  operation: string,
): Promise<VendorPage> {
  const records = await ask({ skip, limit })
  const first = readText(records[0], '_id', 'id')
  if (first !== undefined && first === note) {
    const beyond = await ask({ skip: FAR_BEYOND, limit: limit + 1 })
    if (beyond.length > records.length) {
      throw badAnswer('the server does not look at skip, so later comments are out of reach.', operation)
    }
    if (beyond.length > 0) return { records: [] }
  }
  return { records, hasMore: records.length > limit ? false : undefined, note: first }
}
