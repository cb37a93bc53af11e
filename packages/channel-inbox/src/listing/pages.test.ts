import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failure, type Setup, setup } from '../testing/setup.ts'

const numbered = (count: number): { display_name: string }[] =>
  Array.from({ length: count }, (_, at) => ({ display_name: `c${at}` }))

function seeded(count: number, ...args: Parameters<typeof setup>): Setup {
  const made = setup(...args)
  for (const seed of numbered(count)) made.vendor.seed([seed])
  return made
}

const newestFirst = (count: number): string[] =>
  numbered(count)
    .map(({ display_name }) => display_name)
    .reverse()

async function names(listing: AsyncIterable<{ readonly name?: string }>): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = []
  for await (const { name } of listing) found.push(name)
  return found
}

describe('list', () => {
  it('takes count, not total, for the number of all contacts', async () => {
    const { contacts, requests } = seeded(5)
    const page = await contacts.list({ pageSize: 2 })
    expect(page).toMatchObject({ items: [{ name: 'c4' }, { name: 'c3' }], total: 5 })
    expect(await contacts.count()).toBe(5)
    expect(requests()).toEqual([
      'GET /contacts?limit=2&skip=0&sort=-created_at',
      'GET /contacts?limit=1&skip=0&sort=-created_at',
    ])
  })

  it('asks for a hundred at a time, and for later pages ahead, several at once', async () => {
    let underWay = 0
    let most = 0
    const { contacts, vendor, requests } = seeded(650)
    const slow = setup({
      fetch: async (...args) => {
        most = Math.max(most, ++underWay)
        // Lets the other requests begin.
        await new Promise((resolve) => setTimeout(resolve, 1))
        return vendor.fetch(...args).finally(() => underWay--)
      },
    })
    expect(await names(slow.contacts.list())).toEqual(newestFirst(650))
    expect(most).toBe(4)
    // Each later page begins with the last contact of the one before.
    expect(requests().map((request) => /skip=(\d+)/.exec(request)?.[1])).toEqual([
      '0',
      '99',
      '198',
      '297',
      '396',
      '495',
      '594',
    ])
    expect(await names(contacts.list({ pageSize: 500 }))).toHaveLength(650)
  })

  it.each([
    ['the server gives fewer at a time', { maxLimit: 7 }],
    ['has_more is missing', { hasMore: 'omitted' }],
    ['the counts are missing', { counts: 'omitted' }],
    ['the counts are missing, and it gives fewer', { counts: 'omitted', maxLimit: 7 }],
    ['contacts have _id', { contactIds: '_id' }],
  ] as const)('gives every contact once when %s', async (_, server) => {
    const { contacts } = seeded(40, {}, server)
    for (const pageSize of [undefined, 1, 6, 40]) {
      expect(await names(contacts.list({ pageSize })), `pageSize ${pageSize}`).toEqual(newestFirst(40))
    }
    expect(await contacts.count()).toBe(40)
  })

  it('ends on a short page where neither has_more nor a count is sent', async () => {
    const { contacts, requests } = seeded(4, {}, { hasMore: 'omitted', counts: 'omitted' })
    expect(await names(contacts.list({ pageSize: 3 }))).toEqual(newestFirst(4))
    expect(requests()).toHaveLength(2)
    requests()
    expect(await names(contacts.list({ pageSize: 2 }))).toEqual(newestFirst(4))
    // After a full page, the last contact of which comes once more.
    expect(requests().at(-1)).toContain('limit=3&skip=3')
  })

  it('asks for no more than the server gives', async () => {
    const { contacts, requests } = seeded(20, {}, { maxLimit: 7 })
    await contacts.list().toArray()
    expect(requests()).toEqual([
      'GET /contacts?limit=100&skip=0&sort=-created_at',
      'GET /contacts?limit=7&skip=6&sort=-created_at',
      'GET /contacts?limit=7&skip=12&sort=-created_at',
      'GET /contacts?limit=7&skip=18&sort=-created_at',
    ])
  })

  it('asks for no more than the caller, where a server may refuse it', async () => {
    const { contacts, requests } = seeded(150, {}, { maxLimit: 50, overLimit: 'refuse' })
    const sizes: number[] = []
    for await (const { items } of contacts.list({ pageSize: 50 }).pages()) sizes.push(items.length)
    expect(sizes.filter((size) => size > 0)).toEqual([50, 50, 50])
    expect(requests()).toHaveLength(4)
  })

  it('gives pages of the size that was asked for, whose cursors go on after them', async () => {
    const { contacts } = seeded(450)
    const all = newestFirst(450)
    for (const pageSize of [7, 90, 100]) {
      let end = 0
      for await (const { items, nextCursor } of contacts.list({ pageSize }).pages()) {
        expect(items.map(({ name }) => name)).toEqual(all.slice(end, end + pageSize))
        end += items.length
        if (nextCursor === undefined) continue
        const { items: next } = await contacts.list({ pageSize, cursor: nextCursor })
        expect(next.map(({ name }) => name)).toEqual(all.slice(end, end + pageSize))
      }
      expect(end).toBe(450)
    }
  })

  it.each([99, 198, 297])('loses nothing where one page, from %i on, comes short', async (short) => {
    const { vendor, requests } = seeded(450)
    const { contacts } = setup({
      fetch: (input, init) =>
        vendor.fetch(String(input).replace(`limit=100&skip=${short}&`, `limit=60&skip=${short}&`), init),
    })
    expect(await names(contacts.list())).toEqual(newestFirst(450))
    expect(requests()).toContain(`GET /contacts?limit=40&skip=${short + 60}&sort=-created_at`)
  })

  it('gives every contact once and in order, however few the server gives each time', async () => {
    const few = fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 12 })
    const pageSizes = fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined })
    const hasMore = fc.constantFrom('sent' as const, 'omitted' as const)
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 400 }),
        few,
        pageSizes,
        hasMore,
        async (count, limits, pageSize, more) => {
          const { vendor } = setup({}, { hasMore: more })
          const seeds = vendor.seed(numbered(count))
          let asked = 0
          const { contacts } = setup({
            fetch: (input, init) => {
              const most = limits[asked++ % limits.length] ?? 1
              const clamp = (_: string, limit: string): string => `limit=${Math.min(Number(limit), most)}`
              return vendor.fetch(String(input).replace(/limit=(\d+)/, clamp), init)
            },
          })
          const listed = await contacts.list({ pageSize, orderBy: { field: 'createdAt' } }).toArray()
          expect(listed.map(({ id }) => id)).toEqual(seeds.map(({ id }) => id))
        },
      ),
      { numRuns: 50 },
    )
  })

  it('passes on that a limit is refused', async () => {
    const { contacts } = seeded(3, {}, { maxLimit: 50, overLimit: 'refuse' })
    expect(await failure(contacts.list())).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('limit must be at most'),
    })
    expect(await names(contacts.list({ pageSize: 50 }))).toHaveLength(3)
  })

  it('goes on while has_more says so, whatever the count was', async () => {
    const { contacts, vendor } = seeded(6)
    const seen: (string | undefined)[] = []
    for await (const page of contacts.list({ pageSize: 2 }).pages()) {
      // Others come while the listing is read, and push what is left to later pages.
      if (seen.length === 0)
        vendor.seed([{ display_name: 'new1' }, { display_name: 'new2' }, { display_name: 'new3' }])
      seen.push(...page.items.map(({ name }) => name))
    }
    expect(seen.filter((name) => name?.startsWith('c'))).toEqual(newestFirst(6))
  })

  it('ends with an error where the server does not look at skip', async () => {
    const { vendor } = seeded(5)
    const { contacts } = setup({
      fetch: (input, init) => vendor.fetch(String(input).replace(/skip=\d+/, 'skip=0'), init),
    })
    expect(await failure(contacts.list({ pageSize: 2 }).toArray())).toMatchObject({
      code: 'bad_response',
      operation: 'list',
    })
    expect(await failure(contacts.search('c', { pageSize: 2 }).toArray())).toMatchObject({
      code: 'bad_response',
    })
    vendor.seedNotifications([{}, {}, {}])
    expect(await failure(contacts.notifications.list({ pageSize: 2 }).toArray())).toMatchObject({
      code: 'bad_response',
    })
  })

  it('sorts by the time of creation, both ways', async () => {
    const { contacts, requests } = seeded(3)
    expect(await names(contacts.list({ orderBy: { field: 'createdAt' } }))).toEqual(['c0', 'c1', 'c2'])
    expect(await names(contacts.list({ orderBy: { field: 'createdAt', direction: 'desc' } }))).toEqual([
      'c2',
      'c1',
      'c0',
    ])
    expect(requests().map((request) => /sort=(.*)$/.exec(request)?.[1])).toEqual([
      'created_at',
      '-created_at',
    ])
  })

  it('goes on after a cursor, also with other page sizes', async () => {
    const { contacts } = seeded(10)
    const { nextCursor } = await contacts.list({ pageSize: 3 })
    expect(await names(contacts.list({ pageSize: 4, cursor: nextCursor }))).toEqual(newestFirst(10).slice(3))
  })

  it.each(['x', '-1', '3.0', '3.x', '1e9', '~a', '9999999999999999'])(
    'refuses the cursor %s',
    async (cursor) => {
      const { contacts, requests } = seeded(1)
      expect(await failure(contacts.list({ cursor }))).toMatchObject({ code: 'invalid_input' })
      expect(requests()).toEqual([])
    },
  )

  it('leaves out a record that cannot be mapped, when told to', async () => {
    const { contacts, vendor } = seeded(2, { onInvalid: 'skip' })
    const malformed = { index: 0, record: ({ id: _, ...rest }: Readonly<Record<string, unknown>>) => rest }
    vendor.faults.add({ path: '/contacts', malformed })
    expect((await contacts.list()).items).toMatchObject([{ name: 'c0' }])
    const strict = seeded(2)
    strict.vendor.faults.add({ path: '/contacts', malformed })
    expect(await failure(strict.contacts.list())).toMatchObject({
      code: 'bad_response',
      issues: [{ path: 'data.0' }],
    })
  })

  it('filters here, and says so', async () => {
    const { contacts } = seeded(5)
    expect(await names(contacts.list({ where: { name: { in: ['c1', 'c3'] } } }))).toEqual(['c3', 'c1'])
    expect(contacts.explain({ where: { name: 'c1' } })).toMatchObject({ pushedDown: [], total: false })
  })

  it('looks contacts up by email and phone in a scan', async () => {
    const { contacts, vendor } = setup()
    const [ana] = vendor.seed([{ email: 'ana@example.com', phone_number: '+1' }, { email: 'bo@example.com' }])
    expect(await contacts.get({ phone: '+1' }, { scan: true })).toMatchObject({ id: ana?.id })
    expect(await contacts.find({ email: 'no@example.com' }, { scan: true })).toBeUndefined()
    expect(await failure(contacts.find({ email: 'ana@example.com' } as never))).toMatchObject({
      code: 'unsupported',
    })
  })
})

describe('search', () => {
  it('gives each contact once when others arrive meanwhile', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(Array.from({ length: 12 }, (_, n) => ({ display_name: `Team ${n}` })))
    const found: (string | undefined)[] = []
    for await (const { name } of contacts.search('team', { pageSize: 3 })) {
      found.push(name)
      if (found.length % 4 === 0) vendor.seed([{ display_name: 'Team late' }])
    }
    const early = found.filter((name) => name !== 'Team late')
    expect(early.length).toBe(new Set(early).size)
    expect(early).toHaveLength(12)
  })

  it('is the vendor’s, page by page', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed([
      ...numbered(5).map((seed) => ({ ...seed, email: 'team@example.com' })),
      { display_name: 'other' },
    ])
    expect(await names(contacts.search('team@example.com', { pageSize: 2 }))).toHaveLength(5)
    expect(requests()).toEqual([
      'GET /contacts/_search?q=team@example.com&limit=2&skip=0',
      'GET /contacts/_search?q=team@example.com&limit=2&skip=2',
      'GET /contacts/_search?q=team@example.com&limit=2&skip=4',
    ])
    expect(await contacts.search('team', { pageSize: 500 })).toMatchObject({ total: 5 })
    expect(requests()).toEqual(['GET /contacts/_search?q=team&limit=100&skip=0'])
  })

  it.each(['sdk', 'web', 'spec'] as const)('works in the dialect %s', async (dialect) => {
    const { contacts } = seeded(5, { dialect }, { requests: dialect })
    expect(await names(contacts.search('c', { pageSize: 2 }))).toEqual(newestFirst(5))
    expect(await names(contacts.list({ pageSize: 2 }))).toEqual(newestFirst(5))
  })
})
