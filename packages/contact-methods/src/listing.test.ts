import type { Where } from '@anycontact/core'
import type { ContactMethodsSeed, ContactMethodsSwitches } from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import { at, scattered, uuid } from './testing/scattered.ts'
import { failure, setup } from './testing/setup.ts'

const everyOrder: readonly (readonly [string, Partial<ContactMethodsSwitches>])[] = [
  ['sorts by client', { sort: 'applied' }],
  ['passes over the sort, newest first', { sort: 'ignored' }],
  ['passes over the sort, oldest first', { sort: 'ignored', defaultOrder: 'oldest' }],
  ['takes the direction alone', { sort: 'direction-only' }],
  ['refuses the sort', { sort: 'refused' }],
  ['refuses the sort and filters by several', { sort: 'refused', inFilter: 'refused' }],
  ['passes over the sort and filters by several', { sort: 'ignored', inFilter: 'ignored' }],
]

describe.each(everyOrder)('list on a server that %s', (_, switches) => {
  it('gives each client once, with all its methods, however it is read', async () => {
    const { contacts, vendor } = setup({}, switches)
    const seeds = scattered(330)
    vendor.seed(seeds)
    const expected = new Map<string, number>()
    for (const { clientId } of seeds) expected.set(clientId, (expected.get(clientId) ?? 0) + 1)
    const check = (
      listed: readonly { readonly id: string; readonly contactMethods: readonly unknown[] }[],
    ) => {
      expect(listed).toHaveLength(expected.size)
      expect(new Map(listed.map(({ id, contactMethods }) => [id, contactMethods.length]))).toEqual(expected)
    }
    const streamed = await contacts.list().toArray()
    check(streamed)
    const paged: typeof streamed = []
    for await (const { items } of contacts.list({ pageSize: 50 }).pages()) paged.push(...items)
    expect(paged.map(({ id }) => id)).toEqual(streamed.map(({ id }) => id))
    check(paged)
    const resumed: typeof streamed = []
    for (let cursor: string | undefined; ; ) {
      const { items, nextCursor } = await contacts.list({ pageSize: 120, cursor })
      expect(items.length).toBeLessThanOrEqual(120)
      resumed.push(...items)
      if (nextCursor === undefined) break
      cursor = nextCursor
      if (resumed.length > 100 && resumed.length < 230) {
        const rest = await contacts.list({ cursor }).toArray()
        check([...resumed, ...rest])
      }
    }
    check(resumed)
  })

  it('filters as here', async () => {
    const { contacts, vendor } = setup({}, switches)
    vendor.seed(scattered(60))
    vendor.seed([{ clientId: uuid(900), type: 'email', value: 'c5@example.com', isPrimary: true }])
    const ids = async (where: Where) =>
      (await contacts.list({ where, pageSize: 7 }).toArray()).map(({ id }) => id).sort()
    expect(await ids({ id: uuid(7) })).toEqual([uuid(7)])
    expect(await ids({ id: { in: [uuid(7), uuid(8), 'none'] } })).toEqual([uuid(7), uuid(8)])
    expect(await ids({ id: { in: [uuid(7), uuid(8)], eq: uuid(8) } })).toEqual([uuid(8)])
    expect(await ids({ email: 'c5@example.com' })).toEqual([uuid(5), uuid(900)])
    expect(await ids({ email: 'c5@example.com', id: uuid(900) })).toEqual([uuid(900)])
    expect(await ids({ email: 'c5@example.com', phone: '+52 5 1' })).toEqual([uuid(5)])
    expect(await ids({ phone: { exists: false } })).toHaveLength(16)
    expect(await ids({ id: { in: [] } })).toEqual([])
  })
})

describe('what a listing costs', () => {
  const LIST = 'POST /contact-methods/list'

  it('one request when everything fits, whatever the order', async () => {
    for (const sort of ['applied', 'ignored'] as const) {
      const { contacts, vendor, requests } = setup({}, { sort })
      vendor.seed(scattered(70))
      expect(await contacts.list().toArray()).toHaveLength(70)
      expect(requests()).toEqual([LIST])
    }
  })

  it('sorted: one request for 200 methods, and one to find out, once a client', async () => {
    const { contacts, vendor, requests } = setup()
    const seeds = scattered(800)
    vendor.seed(seeds)
    const pages = Math.ceil(seeds.length / 200)
    expect(await contacts.list().toArray()).toHaveLength(800)
    expect(requests()).toEqual(Array.from({ length: pages + 1 }, () => LIST))
    expect(await contacts.list().toArray()).toHaveLength(800)
    expect(requests()).toEqual(Array.from({ length: pages }, () => LIST))
  })

  it('sorted, page by page: one more for the client that may go on beyond the page', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(scattered(800))
    const first = await contacts.list({ pageSize: 100 })
    expect(requests()).toEqual([LIST, LIST, 'GET /clients/{id}/contact-methods'])
    await contacts.list({ pageSize: 100, cursor: first.nextCursor })
    expect(requests()).toEqual([LIST, 'GET /clients/{id}/contact-methods'])
  })

  it('unsorted: the clients of each page are read whole, by one filter for 100', async () => {
    const { contacts, vendor, requests } = setup({ clientSort: false }, {})
    vendor.seed(scattered(800))
    await contacts.list()
    const made = requests()
    expect(new Set(made)).toEqual(new Set([LIST]))
    expect(made.length).toBeLessThan(10)
  })

  it('a filter by email reads the clients it finds, with all their methods', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(scattered(800))
    const [contact, ...others] = await contacts.list({ where: { email: 'c3@example.com' } }).toArray()
    expect([contact?.contactMethods.length, others]).toEqual([4, []])
    expect(requests()).toEqual([LIST, 'GET /clients/{id}/contact-methods'])
    expect(contacts.explain({ where: { email: 'c3@example.com', phone: { exists: true } } })).toMatchObject({
      pushedDown: [{ field: 'email' }],
      evaluatedHere: [{ field: 'phone' }],
    })
  })

  it('the next page is asked for while the caller handles this one, and no further', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(scattered(1600))
    for await (const _ of contacts.list()) break
    expect(vendor.requests.length).toBeLessThanOrEqual(3)
  })

  it('memory is flat: what is held does not grow with the listing', async () => {
    let held = 0
    let most = 0
    const total = 40_000
    const page = (start: number) =>
      Array.from({ length: 200 }, (_, n) => ({
        id: `m${start + n}`,
        clientId: uuid((start + n) >> 1),
        type: 'email',
        value: `v${start + n}@example.com`,
        isPrimary: (start + n) % 2 === 0,
        createdAt: at(start + n),
      }))
    const { contacts: many } = setup({
      fetch: async (_url, init) => {
        const { cursor, sort } = JSON.parse(String(init?.body))
        const start = Number(cursor ?? 0)
        held += 200
        most = Math.max(most, held)
        const isDescending = sort?.[0]?.direction === 'desc'
        const data = isDescending ? page(total - 200).reverse() : page(start)
        const hasMore = start + 200 < total
        return Response.json({
          data,
          pagination: { hasMore, nextCursor: hasMore ? String(start + 200) : null },
        })
      },
    })
    let seen = 0
    for await (const contact of many.list()) {
      held -= contact.contactMethods.length
      seen++
    }
    expect(seen).toBe(total / 2)
    // The page at hand, the one ahead, and the one that told whether the server sorts.
    expect(most).toBeLessThanOrEqual(800)
  })
})

describe('a server that does not keep its order', () => {
  /** Ids that rise with time, and a client that gets another method last: sorted by time it looks sorted by client. */
  const risingIds = (): ContactMethodsSeed[] => {
    const seeds = Array.from(
      { length: 500 },
      (_, n): ContactMethodsSeed => ({
        clientId: uuid(n),
        type: 'email',
        value: `c${n}@example.com`,
        isPrimary: true,
        createdAt: at(n),
      }),
    )
    return [...seeds, { clientId: uuid(3), type: 'fax', value: '1', createdAt: at(1000) }]
  }

  it.each([
    ['ignored', 'oldest'],
    ['ignored', 'newest'],
    ['direction-only', 'newest'],
  ] as const)('is found out by the order the other way round (%s, %s)', async (sort, defaultOrder) => {
    const { contacts, vendor } = setup({}, { sort, defaultOrder })
    vendor.seed(risingIds())
    const listed = await contacts.list().toArray()
    expect(listed).toHaveLength(500)
    expect(listed.find(({ id }) => id === uuid(3))?.contactMethods).toHaveLength(2)
  })

  it('is told in the middle at the latest, and then read unsorted', async () => {
    const { contacts, vendor } = setup({}, { sort: 'direction-only' })
    const seeds = risingIds()
    // The newest methods are of the newest clients, so neither end gives the server away.
    const extra = seeds.pop()
    vendor.seed(seeds)
    if (extra) vendor.seed([{ ...extra, createdAt: at(250.5) }])
    const error = await failure(contacts.list().toArray())
    expect(error).toMatchObject({
      code: 'bad_response',
      retryable: true,
      message: expect.stringContaining('clientSort'),
    })
    const listed = await contacts.list().toArray()
    expect(listed.find(({ id }) => id === uuid(3))?.contactMethods).toHaveLength(2)
    expect(listed).toHaveLength(500)
  })

  it('needs not be asked with clientSort: false', async () => {
    const { contacts, vendor } = setup({ clientSort: false })
    vendor.seed(risingIds())
    expect(await contacts.list().toArray()).toHaveLength(500)
    expect(vendor.requests.every(({ json }) => !Object.hasOwn(Object(json), 'sort'))).toBe(true)
  })

  it('can be asked in other words', async () => {
    const clientSort = { asc: [{ by: 'client_id' }], desc: [{ by: '-client_id' }] }
    const { contacts, vendor } = setup({ clientSort })
    vendor.seed(risingIds())
    expect(await contacts.list().toArray()).toHaveLength(500)
    expect(vendor.requests[0]?.json).toMatchObject({ sort: [{ by: 'client_id' }] })
  })
})
