import { describe, expect, it } from 'vitest'
import { apiSetup, failure } from '../testing/setup.ts'
import type { ContactsResource } from './contacts.ts'
import { ImbraceError } from './index.ts'

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

describe('what is in an object', () => {
  it('is sent as text where that goes, and never a bare TypeError', async () => {
    const { contacts, api } = apiSetup({ retry: false }).client
    for (const value of [null, 5, {}, [], [5], true, Symbol('x'), 10n] as never[]) {
      const calls = [
        () => contacts.list({ limit: value, skip: value, sort: value }),
        () => contacts.search({ q: 'a', limit: value, skip: value, sort: value, type: value }),
        () => contacts.getConversations('con_1', { channelTypes: value }),
        () => contacts.getComments('con_1', { channelType: value, limit: value, skip: value }),
        () => contacts.getActivities('conv_1', { start_date: value, end_date: value }),
        () => contacts.markNotificationsRead([value]),
        () => contacts.update('con_1', { name: value }),
        () => api.channel.listContacts({ q: value, limit: value, offset: value }),
        () => api.channel.listNotifications({ type: value, limit: value, skip: value }),
        () => api.channel.createContact({ body: { display_name: value } }),
        () => api.channel.dismissNotifications({ body: { ids: value } }),
      ]
      for (const call of calls) {
        const error = await call().catch((caught: unknown) => caught)
        if (error instanceof Error) expect(error).toBeInstanceOf(ImbraceError)
      }
    }
  })

  it('is read from an object of a class too', async () => {
    const { client, requests } = apiSetup()
    class Page {
      readonly #size = 2
      get limit(): number {
        return this.#size
      }
      get id(): string {
        return 'con_1'
      }
    }
    await client.contacts.list(new Page())
    await client.api.channel.listContacts(new Page())
    await failure(client.api.channel.getContact(new Page()))
    expect(requests()).toEqual(['GET /contacts?limit=2', 'GET /contacts?limit=2', 'GET /contacts/con_1'])
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

it('ids of notices that are no array of text, or cannot be read, are refused', async () => {
  const { client, vendor } = apiSetup()
  const { proxy, revoke } = Proxy.revocable<string[]>([], {})
  revoke()
  for (const value of [proxy, 'not_1', {}, [5], null]) {
    const marking = client.contacts.markNotificationsRead(value as never)
    expect(await failure(marking)).toMatchObject({ code: 'invalid_input', applied: 'no' })
  }
  expect([...vendor.requests]).toEqual([])
})
