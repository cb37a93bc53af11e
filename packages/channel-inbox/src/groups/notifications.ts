import type { Notification } from '@anycontact/core'
import { type AdapterNotifications, offsetListing } from '@anycontact/core/adapter-kit'
import type { ImbraceClient } from '../api/client.ts'
import type { ImbraceDialect } from '../api/types.ts'
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
        await contacts.markNotificationsRead(some, call)
      }
    },
    async dismiss(id, { call }) {
      await contacts.dismissNotification(id, call)
    },
    async dismissAll({ call }) {
      await contacts.dismissAllNotifications(call)
    },
  }
}
