import type { Where } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import type { ContactMethodsSeed, ContactMethodsSwitches } from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import type { ContactMethodsOptions } from './options.ts'
import { at, scattered, uuid } from './testing/scattered.ts'
import { setup } from './testing/setup.ts'

/** How the emulated vendor is asked to sort by client. */
const BY_CLIENT = [{ field: 'clientId', direction: 'asc' }]
const LIST = 'POST /contact-methods/list'
const READ = 'GET /clients/{id}/contact-methods'

const everyOrder: readonly (readonly [
  string,
  Partial<ContactMethodsOptions>,
  Partial<ContactMethodsSwitches>,
])[] = [
  ['sorted by client', { sortedByClient: BY_CLIENT }, {}],
  ['newest first', {}, {}],
  ['oldest first', {}, { defaultOrder: 'oldest' }],
]

describe.each(everyOrder)('list of a listing that comes %s', (_, options, switches) => {
  it('gives each client once, with all its methods, however it is read', async () => {
    const { contacts, vendor } = setup(options, switches)
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
    const iterated = await contacts.list().toArray()
    check(iterated)
    const paged: typeof iterated = []
    for await (const { items } of contacts.list({ pageSize: 50 }).pages()) paged.push(...items)
    expect(paged.map(({ id }) => id)).toEqual(iterated.map(({ id }) => id))
    check(paged)
    const resumed: typeof iterated = []
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

  it('gives a client with more methods than a page has once', async () => {
    const { contacts, vendor } = setup(options, switches)
    vendor.seed(
      Array.from({ length: 30 }, (_unused, n): ContactMethodsSeed => {
        const isBig = n % 3 !== 1
        return { clientId: uuid(isBig ? 5 : n), type: 'other', value: `v${n}`, createdAt: at(n) }
      }),
    )
    const listed: [string, number][] = []
    for await (const { items } of contacts.list({ pageSize: 4 }).pages()) {
      for (const { id, contactMethods } of items) listed.push([id, contactMethods.length])
    }
    expect(listed).toHaveLength(11)
    expect(new Map(listed).get(uuid(5))).toBe(20)
  })

  it('filters as here', async () => {
    const { contacts, vendor } = setup(options, switches)
    vendor.seed(scattered(60))
    vendor.seed([{ clientId: uuid(900), type: 'email', value: 'c5@example.com', isPrimary: true }])
    const ids = async (where: Where) =>
      (await contacts.list({ where, pageSize: 7 }).toArray()).map(({ id }) => id).sort()
    expect(await ids({ id: uuid(7) })).toEqual([uuid(7)])
    expect(await ids({ id: { in: [uuid(7), uuid(8), 'none', ' '] } })).toEqual([uuid(7), uuid(8)])
    expect(await ids({ id: { in: [uuid(7), uuid(8)], eq: uuid(8) } })).toEqual([uuid(8)])
    expect(await ids({ email: 'c5@example.com' })).toEqual([uuid(5), uuid(900)])
    expect(await ids({ email: 'c5@example.com', id: uuid(900) })).toEqual([uuid(900)])
    expect(await ids({ email: 'c5@example.com', phone: '+52 5 1' })).toEqual([uuid(5)])
    expect(await ids({ phone: { exists: false } })).toHaveLength(16)
    expect(await ids({ id: { in: [] } })).toEqual([])
  })
})

describe('what a listing costs', () => {
  it.each([undefined, BY_CLIENT])('one request when everything fits (%#)', async (sortedByClient) => {
    const { contacts, vendor, requests } = setup({ sortedByClient })
    vendor.seed(scattered(70))
    expect(await contacts.list().toArray()).toHaveLength(70)
    expect(requests()).toEqual([LIST])
  })

  it('sorted: one request for 200 methods, and one for the client that may go on beyond the page', async () => {
    const { contacts, vendor, requests } = setup({ sortedByClient: BY_CLIENT })
    const seeds = scattered(800)
    vendor.seed(seeds)
    const pages = Math.ceil(seeds.length / 200)
    expect(await contacts.list().toArray()).toHaveLength(800)
    const made = requests()
    expect(made.filter((request) => request === LIST)).toHaveLength(pages)
    expect(made.filter((request) => request === READ)).toHaveLength(pages - 1)
    // 80 contacts are on the first 200 methods.
    const first = await contacts.list({ pageSize: 50 })
    expect([first.items.length, requests()]).toEqual([50, [LIST]])
    const second = await contacts.list({ pageSize: 50, cursor: first.nextCursor })
    expect([second.items.length, requests()]).toEqual([50, [LIST, LIST]])
    const hundred = await contacts.list({ pageSize: 100 })
    expect([hundred.items.length, requests()]).toEqual([100, [LIST, LIST]])
  })

  it('else: each client on a page is read whole', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(scattered(800))
    const { items } = await contacts.list({ pageSize: 30 })
    expect(items).toHaveLength(30)
    const made = requests()
    const reads = made.filter((request) => request === READ)
    // Those that were read in vain are given on another page, where their oldest method is.
    expect(made.length - reads.length).toBe(made.filter((request) => request === LIST).length)
    expect(reads.length).toBeGreaterThan(items.length)
  })

  it('else: as many reads as contacts where the listing comes oldest first', async () => {
    const { contacts, vendor, requests } = setup({}, { defaultOrder: 'oldest' })
    vendor.seed(scattered(800))
    expect((await contacts.list({ pageSize: 30 })).items).toHaveLength(30)
    expect(requests()).toEqual([LIST, ...Array.from({ length: 30 }, () => READ)])
  })

  it('a filter by email reads the clients it finds, with all their methods', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(scattered(800))
    const [contact, ...others] = await contacts.list({ where: { email: 'c3@example.com' } }).toArray()
    expect([contact?.contactMethods.length, others]).toEqual([4, []])
    expect(requests()).toEqual([LIST, READ])
    expect(vendor.requests).toHaveLength(0)
    expect(contacts.explain({ where: { email: 'c3@example.com', phone: { exists: true } } })).toMatchObject({
      pushedDown: [{ field: 'email' }],
      // All conditions are applied here again.
      evaluatedHere: [{ field: 'email' }, { field: 'phone' }],
    })
    expect(contacts.explain({ where: { id: { in: [uuid(1)] } } })).toMatchObject({ evaluatedHere: [] })
  })

  it('the next page is asked for while the caller handles this one, and no further', async () => {
    const { contacts, vendor } = setup({ sortedByClient: BY_CLIENT })
    vendor.seed(scattered(1600))
    for await (const _ of contacts.list()) break
    expect(vendor.requests.length).toBeLessThanOrEqual(4)
  })

  it('memory is flat: what is held does not grow with the listing', async () => {
    let held = 0
    let most = 0
    const total = 20_000
    const method = (n: number) => ({
      id: `m${n}`,
      clientId: uuid(n >> 1),
      type: 'email',
      value: `v${n}@example.com`,
      isPrimary: n % 2 === 0,
      createdAt: at(n),
    })
    const { contacts: many } = setup({
      sortedByClient: true,
      fetch: async (url, init) => {
        const client = /\/clients\/[0-9a-f-]+?0*([1-9]\d*|0)\/contact-methods/.exec(String(url))
        if (client) {
          const n = Number(client[1]) * 2
          return Response.json({ data: [method(n), method(n + 1)], pagination: { hasMore: false } })
        }
        const { cursor, sort } = JSON.parse(String(init?.body))
        expect(sort).toBeUndefined()
        const start = Number(cursor ?? 0)
        held += 200
        most = Math.max(most, held)
        const hasMore = start + 200 < total
        return Response.json({
          data: Array.from({ length: 200 }, (_unused, n) => method(start + n)),
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
    // The page at hand and the one ahead.
    expect(most).toBeLessThanOrEqual(600)
  })
})

describe('sortedByClient', () => {
  it.each([true, BY_CLIENT, [{ by: 'client_id' }]])(
    'asks in the words it is given (%#)',
    async (sortedByClient) => {
      const { contacts, vendor } = setup({ sortedByClient })
      vendor.seed([{ clientId: uuid(1), type: 'fax', value: '1' }])
      expect(await contacts.list().toArray()).toHaveLength(1)
      const { sort } = Object(vendor.requests[0]?.json)
      expect(sort).toEqual(sortedByClient === true ? undefined : sortedByClient)
    },
  )

  it('sends no sort without it', async () => {
    const { contacts, vendor } = setup()
    await contacts.list()
    expect(vendor.requests[0]?.json).toEqual({ limit: 200 })
  })

  it.each([
    ['on one page', 40],
    ['from page to page', 400],
  ])('of a server that does not keep the order is bad_response (%s)', async (_, clients) => {
    const { contacts, vendor } = setup(
      { sortedByClient: BY_CLIENT },
      { sort: 'ignored', defaultOrder: 'oldest' },
    )
    const method = (n: number): ContactMethodsSeed => ({
      clientId: uuid(n),
      type: 'email',
      value: `c${n}@example.com`,
      createdAt: at(n),
    })
    vendor.seed(Array.from({ length: clients }, (_unused, n) => method(n)))
    vendor.seed([{ clientId: uuid(3), type: 'fax', value: '1', createdAt: at(clients) }])
    expect(await failure(contacts.list({ pageSize: 200 }).toArray())).toMatchObject({
      code: 'bad_response',
      message: expect.stringContaining('sortedByClient'),
    })
    const listed = await setup({ fetch: vendor.fetch }).contacts.list().toArray()
    expect(listed.find(({ id }) => id === uuid(3))?.contactMethods).toHaveLength(2)
    expect(listed).toHaveLength(clients)
  })
})
