// Marking all as read is a request without a body, which may be refused or passed over. Source: the vendor's Python SDK sends it.
import { ContactsError, type Notification } from '@anycontact/core'
import type { AdapterContext, Listing } from '@anycontact/core/adapter-kit'
import type { ImbraceClient } from '../api/client.ts'
import type { ImbraceDialect } from '../api/types.ts'

/**
 * Marks all notices as read where there is a form for that, and tells which are unread all the same, because the server refuses
 * the form, fails on it or passes it over.
 *
 * @param notices - the listing of them
 * @returns the ids to be named
 */
export async function markAllRead(
  { contacts }: ImbraceClient,
  dialect: ImbraceDialect,
  notices: Pick<Listing<Notification>, 'page'>,
  context: AdapterContext,
): Promise<readonly string[]> {
  if (dialect === 'sdk') {
    try {
      await contacts.markNotificationsRead(undefined, context.call)
    } catch (error) {
      if (!isSettledByListing(error)) throw error
    }
  }
  // A notice that came meanwhile moves others to the next page, which then names them again.
  const unread = new Set<string>()
  let cursor: string | undefined
  do {
    const { items, extra, nextCursor } = await notices.page({ cursor }, context)
    for (const { id, read } of items) if (!read) unread.add(id)
    const isEnough = typeof extra?.unreadCount === 'number' && unread.size >= extra.unreadCount
    cursor = isEnough ? undefined : nextCursor
  } while (cursor !== undefined)
  return [...unread]
}

/** Whether the server may just not take the form, or may have carried it out: either way what is unread is named. */
function isSettledByListing(error: unknown): boolean {
  if (!ContactsError.is(error)) return false
  return error.applied === 'unknown' || error.code === 'invalid_input' || error.code === 'not_found'
}
