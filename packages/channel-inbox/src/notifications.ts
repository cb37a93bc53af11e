import {
  type AdapterContext,
  type AdapterNotifications,
  type AdapterPage,
  type AdapterPageQuery,
  ContactsError,
  type Notification,
  type RetryEvent,
} from '@anycontact/core'
import type { NotificationActionResponse } from './api/types.ts'
import { parsePageAnswer } from './api/wire.ts'
import { callOf, type NextCall } from './calls.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { badAnswer } from './errors.ts'
import { checkPlace, nextSkip, sliceOf } from './listing.ts'
import { toNotification } from './records.ts'
import type { ChannelInboxRuntime } from './runtime.ts'
import { read, readId } from './values.ts'

/** So many notices are named at a time where all are meant; the vendor publishes no limit. */
const IDS_PER_REQUEST = 100

/** The notices of the user whose credential it is. */
export function createNotifications(runtime: ChannelInboxRuntime): AdapterNotifications {
  const { contacts } = runtime.client
  return {
    list: (query, context) => listPage(runtime, query, context),
    async markRead(ids, context) {
      const next = callOf(runtime, context)
      if (ids === undefined) await markAllRead(runtime, next, context.operation)
      else checkDone(await contacts.markNotificationsRead(ids, next()), context.operation)
    },
    async dismiss(id, context) {
      let mayBeGone = false
      const onRetry = ({ status }: RetryEvent): void => {
        // After a 429 alone it is known that nothing was done.
        if (status !== 429) mayBeGone = true
      }
      try {
        const answer = await contacts.dismissNotification(id, callOf(runtime, context)({ onRetry }))
        checkDone(answer, context.operation)
      } catch (error) {
        // The attempt whose answer was lost has removed it.
        if (!(mayBeGone && isCode(error, 'not_found'))) throw error
      }
    },
    async dismissAll(context) {
      checkDone(await contacts.dismissAllNotifications(callOf(runtime, context)()), context.operation)
    },
  }
}

async function listPage(
  runtime: ChannelInboxRuntime,
  { pageSize, cursor }: AdapterPageQuery,
  context: AdapterContext,
): Promise<AdapterPage<Notification>> {
  const slice = sliceOf(decodeCursor(cursor), pageSize)
  const answer = parsePageAnswer(
    await runtime.client.contacts.listNotifications(slice, callOf(runtime, context)()),
  )
  checkPlace(answer, slice, context.operation)
  const skip = nextSkip(answer, slice)
  return {
    items: context.mapRecords(answer.data, toNotification),
    nextCursor: skip === undefined ? undefined : encodeCursor({ skip }),
    total: answer.count,
    ...(answer.unread_count !== undefined && { extra: { unreadCount: answer.unread_count } }),
  }
}

/**
 * Marks all as read by the request without a body, which only the vendor's Python client is known to send; the other descriptions
 * have no form for all. Where the server refuses it, fails on it, or leaves something unread, the unread ones are listed and named.
 */
async function markAllRead(
  { client, dialect }: ChannelInboxRuntime,
  next: NextCall,
  operation: string,
): Promise<void> {
  const { contacts } = client
  if (dialect === 'sdk') {
    try {
      await contacts.markNotificationsRead(undefined, next())
    } catch (error) {
      if (!isNotTaken(error)) throw error
    }
  }
  // A notice that came meanwhile moves others to the next page, which then names them again.
  const unread = new Set<string>()
  let slice = sliceOf({ skip: 0 })
  for (;;) {
    const answer = parsePageAnswer(await contacts.listNotifications(slice, next()))
    checkPlace(answer, slice, operation)
    for (const row of answer.data) if (read(row, 'is_read') !== true) unread.add(readId(row))
    const skip = nextSkip(answer, slice)
    const isEnough = answer.unread_count !== undefined && unread.size >= answer.unread_count
    if (isEnough || skip === undefined) break
    slice = { ...slice, skip }
  }
  const named = [...unread]
  for (let at = 0; at < named.length; at += IDS_PER_REQUEST) {
    const ids = named.slice(at, at + IDS_PER_REQUEST)
    checkDone(await contacts.markNotificationsRead(ids, next()), operation)
  }
}

function checkDone({ success }: NotificationActionResponse, operation: string | undefined): void {
  if (success === false)
    throw badAnswer('the server says that it did not succeed, under a status that says it did.', operation)
}

/** Whether a request without a body may just not be what the server expects: many fail on one in ways that were not thought of. */
function isNotTaken(error: unknown): boolean {
  return isCode(error, 'invalid_input') || isCode(error, 'not_found') || isCode(error, 'unavailable')
}

function isCode(error: unknown, code: ContactsError['code']): boolean {
  return ContactsError.is(error) && error.code === code
}
