import { ContactsError, type Notification } from '@anycontact/core'
import { type AdapterNotifications, offsetListing } from '@anycontact/core/adapter-kit'
import type { ImbraceClient } from '../api/client.ts'
import { badAnswer } from '../api/errors.ts'
import type { ImbraceDialect, NotificationActionResponse } from '../api/types.ts'
import { readPage } from '../api/wire.ts'
import { PAGE_SIZE } from '../listing/index.ts'
import { markAllRead } from '../quirks/mark-all-read.ts'
import { toNotification } from './records.ts'

/** So many notices are named at a time; the vendor publishes no limit. */
const IDS_PER_REQUEST = 100

/** The notices of the user whose credential it is. */
export function createNotifications(client: ImbraceClient, dialect: ImbraceDialect): AdapterNotifications {
  const { contacts } = client
  const notices = offsetListing<Notification>({
    maxPageSize: PAGE_SIZE,
    read: async ({ skip, limit }, _, { call }) =>
      readPage(await contacts.listNotifications({ limit, skip }, call), call.operation),
    map: toNotification,
  })
  return {
    list: notices.page,
    async markRead(ids, context) {
      const { call } = context
      const named = ids ?? (await markAllRead(client, dialect, notices, context))
      for (let at = 0; at < named.length; at += IDS_PER_REQUEST) {
        const some = named.slice(at, at + IDS_PER_REQUEST)
        checkDone(await contacts.markNotificationsRead(some, call), call.operation)
      }
    },
    async dismiss(id, { call }) {
      try {
        checkDone(await contacts.dismissNotification(id, call), call.operation)
      } catch (error) {
        // An earlier attempt, whose answer was lost, has removed it.
        const isGone = ContactsError.is(error) && error.code === 'not_found' && error.applied === 'unknown'
        if (!isGone) throw error
      }
    },
    async dismissAll({ call }) {
      checkDone(await contacts.dismissAllNotifications(call), call.operation)
    },
  }
}

/** Refuses an answer that says under a status of success that it did not succeed. */
function checkDone({ success }: NotificationActionResponse, operation: string): void {
  if (success !== false) return
  throw badAnswer('the server says that it did not succeed, under a status that says it did.', operation)
}
