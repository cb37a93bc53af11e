import { describe, expect, it } from 'vitest'
import { failure, setup } from '../testing/setup.ts'

describe('notifications.list', () => {
  it('pages, tells the total, and the unread count beside it', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seedNotifications([{ title: 'a', is_read: true }, { title: 'b' }, { title: 'c' }])
    const page = await contacts.notifications.list({ pageSize: 2 })
    expect(page).toMatchObject({
      total: 3,
      extra: { unreadCount: 2 },
      items: [{ title: 'c' }, { title: 'b' }],
    })
    const all = await contacts.notifications.list({ pageSize: 2 }).toArray()
    expect(all.map(({ title, read }) => [title, read])).toEqual([
      ['c', false],
      ['b', false],
      ['a', true],
    ])
    expect(requests()).toEqual([
      'GET /notifications?limit=2&skip=0',
      'GET /notifications?limit=2&skip=0',
      'GET /notifications?limit=2&skip=2',
    ])
  })

  it('gives each notice once when others arrive meanwhile', async () => {
    const { contacts, vendor } = setup()
    vendor.seedNotifications(Array.from({ length: 12 }, (_, n) => ({ title: `n${n}` })))
    const titles: unknown[] = []
    for await (const { title } of contacts.notifications.list({ pageSize: 3 })) {
      titles.push(title)
      if (titles.length % 4 === 0) vendor.seedNotifications([{ title: 'late' }])
    }
    const early = titles.filter((title) => title !== 'late')
    expect(early).toEqual(Array.from({ length: 12 }, (_, n) => `n${11 - n}`))
  })

  it('reads a numeric type, and content as text or object', async () => {
    const { contacts, vendor } = setup()
    const [one, two] = vendor.seedNotifications([
      { title: 'Hello', content: 'Text', type: 7, is_read: true },
      { content: { text: 'Inside' } },
    ])
    expect(await contacts.notifications.list().toArray()).toEqual([
      {
        provider: 'channel-inbox',
        id: two?.id,
        type: '1',
        text: 'Inside',
        read: false,
        createdAt: two?.created_at,
        raw: two,
      },
      {
        provider: 'channel-inbox',
        id: one?.id,
        type: '7',
        title: 'Hello',
        text: 'Text',
        read: true,
        createdAt: one?.created_at,
        raw: one,
      },
    ])
  })
})

describe('notifications.markRead', () => {
  it.each(['sdk', 'web', 'spec'] as const)(
    'marks those that are named, in the dialect %s',
    async (dialect) => {
      const { contacts, vendor } = setup({ dialect }, { requests: dialect })
      const [a, b, c] = vendor.seedNotifications([{}, {}, {}])
      await contacts.notifications.markRead([a?.id ?? '', c?.id ?? ''])
      expect(vendor.notifications.filter(({ is_read }) => is_read).map(({ id }) => id)).toEqual([
        c?.id,
        a?.id,
      ])
      expect(vendor.notifications.find(({ id }) => id === b?.id)?.is_read).toBe(false)
    },
  )

  it('sends nothing for no ids', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seedNotifications([{}])
    await contacts.notifications.markRead([])
    expect(requests()).toEqual([])
  })

  it.each([
    ['works', ['PUT /notifications/read', 'GET /notifications?limit=100&skip=0']],
    [
      'refused',
      ['PUT /notifications/read', 'GET /notifications?limit=100&skip=0', 'PUT /notifications/read'],
    ],
    [
      'ignored',
      ['PUT /notifications/read', 'GET /notifications?limit=100&skip=0', 'PUT /notifications/read'],
    ],
  ] as const)('marks all where the request without a body %s', async (markAllRead, made) => {
    const { contacts, vendor, requests } = setup({}, { markAllRead })
    vendor.seedNotifications([{}, { is_read: true }, {}])
    await contacts.notifications.markRead()
    expect(vendor.notifications.every(({ is_read }) => is_read)).toBe(true)
    expect(requests()).toEqual(made)
  })

  it('marks all on several pages', async () => {
    const { contacts, vendor, requests } = setup({}, { markAllRead: 'refused' })
    vendor.seedNotifications(Array.from({ length: 230 }, (_, at) => ({ is_read: at % 3 === 0 })))
    await contacts.notifications.markRead()
    expect(vendor.notifications.every(({ is_read }) => is_read)).toBe(true)
    expect(requests().map((request) => request.split(' ')[0])).toEqual([
      'PUT',
      'GET',
      'GET',
      'GET',
      'PUT',
      'PUT',
    ])
  })

  it.each(['web', 'spec'] as const)(
    'marks all by naming them in the dialect %s, which has no form for all',
    async (dialect) => {
      const { contacts, vendor, requests } = setup({ dialect }, { requests: dialect, markAllRead: 'refused' })
      vendor.seedNotifications([{}, {}])
      await contacts.notifications.markRead()
      expect(vendor.notifications.every(({ is_read }) => is_read)).toBe(true)
      expect(requests().map((request) => request.split('?')[0])).toEqual([
        'GET /notifications',
        'PUT /notifications/read',
      ])
    },
  )

  it.each([400, 404, 405, 415, 422, 500, 502])(
    'names the unread where a request without a body is answered with %i',
    async (status) => {
      const { contacts, vendor, requests } = setup()
      vendor.seedNotifications([{}, {}])
      vendor.faults.add({ method: 'PUT', status })
      await contacts.notifications.markRead()
      expect(vendor.notifications.every(({ is_read }) => is_read)).toBe(true)
      expect(requests().map((request) => request.split(' ')[0])).toEqual(['PUT', 'GET', 'PUT'])
    },
  )

  it('names the unread where the answer to marking all was lost', async () => {
    const { contacts, vendor, requests } = setup({}, { markAllRead: 'ignored' })
    vendor.seedNotifications([{}])
    vendor.faults.add({ method: 'PUT', cut: 'answer' })
    await contacts.notifications.markRead()
    expect(vendor.notifications.every(({ is_read }) => is_read)).toBe(true)
    expect(requests().map((request) => request.split(' ')[0])).toEqual(['PUT', 'GET', 'PUT'])
  })

  it('names a hundred at a time', async () => {
    const { contacts, vendor, requests } = setup()
    const ids = vendor.seedNotifications(Array.from({ length: 250 }, () => ({}))).map(({ id }) => id)
    await contacts.notifications.markRead(ids)
    expect(vendor.notifications.every(({ is_read }) => is_read)).toBe(true)
    expect(requests()).toHaveLength(3)
  })

  it('names each unread once, and all of them, when others come while they are listed', async () => {
    const server = setup({}, { markAllRead: 'refused' })
    const old = server.vendor.seedNotifications(Array.from({ length: 150 }, () => ({})))
    const { contacts } = setup({
      fetch: async (input, init) => {
        const answer = await server.vendor.fetch(input, init)
        if (String(input).includes('skip=0')) server.vendor.seedNotifications([{}])
        return answer
      },
    })
    await contacts.notifications.markRead()
    const ids = server.vendor.requests.flatMap(({ json }) => Object(json).notification_id ?? [])
    expect(ids.toSorted()).toEqual(old.map(({ id }) => id).toSorted())
  })

  it('does not pass over other refusals of marking all', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ method: 'PUT', status: 403 })
    expect(await failure(contacts.notifications.markRead())).toMatchObject({ code: 'forbidden' })
  })

  it('is an error where the answer says that it did not succeed', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ times: 3, status: 200, body: { success: false } })
    const { notifications } = contacts
    expect(await failure(notifications.markRead(['not_1']))).toMatchObject({ code: 'bad_response' })
    expect(await failure(notifications.dismiss('not_1'))).toMatchObject({ code: 'bad_response' })
    expect(await failure(notifications.dismissAll())).toMatchObject({ code: 'bad_response' })
  })
})

describe('notifications.dismiss and dismissAll', () => {
  it.each(['sdk', 'web', 'spec'] as const)('remove one, or all, in the dialect %s', async (dialect) => {
    const { contacts, vendor } = setup({ dialect }, { requests: dialect, notificationAnswer: 'empty' })
    const [a] = vendor.seedNotifications([{}, {}, {}])
    await contacts.notifications.dismiss(a?.id ?? '')
    expect(vendor.notifications).toHaveLength(2)
    await contacts.notifications.dismissAll()
    expect(vendor.notifications).toHaveLength(0)
  })

  it('takes a notice that is gone for dismissed when the answer was lost', async () => {
    const { contacts, vendor, requests } = setup({}, { unknownNotification: 'refused' })
    const [a] = vendor.seedNotifications([{}])
    vendor.faults.add({ cut: 'answer' })
    await contacts.notifications.dismiss(a?.id ?? '')
    expect(requests()).toHaveLength(2)
    expect(await failure(contacts.notifications.dismiss(a?.id ?? ''))).toMatchObject({ code: 'not_found' })
  })

  it('does not take a notice that never was for dismissed after a 429', async () => {
    const { contacts, vendor, requests } = setup({}, { unknownNotification: 'refused' })
    vendor.faults.add({ status: 429 })
    expect(await failure(contacts.notifications.dismiss('not_x'))).toMatchObject({ code: 'not_found' })
    expect(requests()).toHaveLength(2)
  })

  it('does not repeat dismissing all, so that no newer notice goes unseen', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seedNotifications([{}])
    vendor.faults.add({ cut: 'answer' })
    expect(await failure(contacts.notifications.dismissAll())).toMatchObject({
      code: 'network',
      retryable: false,
    })
    expect(requests()).toHaveLength(1)
  })
})
