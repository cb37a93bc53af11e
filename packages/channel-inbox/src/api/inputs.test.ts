import { describe, expect, it } from 'vitest'
import { apiSetup, failure } from '../testing/setup.ts'
import type { ContactsResource } from './contacts.ts'

/** How each method is called with something in the place of what it wants. */
type Calls = Readonly<Record<string, (contacts: ContactsResource, value: never) => Promise<unknown>>>

const ids: Calls = {
  get: (contacts, id) => contacts.get(id),
  update: (contacts, id) => contacts.update(id, {}),
  getConversations: (contacts, id) => contacts.getConversations(id),
  getComments: (contacts, id) => contacts.getComments(id),
  getFiles: (contacts, id) => contacts.getFiles(id),
  getActivities: (contacts, id) => contacts.getActivities(id),
  dismissNotification: (contacts, id) => contacts.dismissNotification(id),
}

const musts: Calls = {
  update: (contacts, body) => contacts.update('con_1', body),
  search: (contacts, params) => contacts.search(params),
  uploadAvatar: (contacts, form) => contacts.uploadAvatar(form),
}

const optional: Calls = {
  list: (contacts, params) => contacts.list(params),
  exportCsv: (contacts, params) => contacts.exportCsv(params),
  exportCsvBytes: (contacts, params) => contacts.exportCsvBytes(params),
  exportCsvStream: (contacts, params) => contacts.exportCsvStream(params),
  getConversations: (contacts, params) => contacts.getConversations('con_1', params),
  getComments: (contacts, params) => contacts.getComments('con_1', params),
  getActivities: (contacts, params) => contacts.getActivities('conv_1', params),
  listNotifications: (contacts, params) => contacts.listNotifications(params),
}

const refusesAll = (calls: Calls, values: readonly unknown[]): void => {
  it.each(Object.entries(calls))('%s', async (_, call) => {
    const { client, vendor } = apiSetup()
    for (const value of values) {
      const error = await failure(call(client.contacts, value as never))
      expect(error).toMatchObject({ name: 'ImbraceError', code: 'invalid_input', provider: 'channel-inbox' })
    }
    expect(vendor.requests).toEqual([])
  })
}

describe('an id that is none', () => refusesAll(ids, [null, undefined, 5, '', ' ', {}, [], true]))

describe('what must be an object', () => refusesAll(musts, [null, undefined, 5, 'x', [], true]))

describe('what may be an object', () => {
  refusesAll(optional, [5, 'x', [], true])

  it.each(Object.entries(optional))('%s takes nothing', async (_, call) => {
    const { client, vendor } = apiSetup()
    for (const value of [null, undefined, {}]) {
      const error = await call(client.contacts, value as never).catch((caught: unknown) => caught)
      expect(error).not.toMatchObject({ code: 'invalid_input' })
    }
    expect(vendor.requests.map(({ query }) => query)).toEqual([{}, {}, {}])
  })
})

describe('ids of notices', () => {
  refusesAll({ markNotificationsRead: (contacts, given) => contacts.markNotificationsRead(given) }, [
    null,
    5,
    'not_1',
    {},
  ])
})
