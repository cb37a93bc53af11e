import { describe, expect, test } from 'vitest'
import { setUp } from './test-client.ts'

/** Methods m0 … of the clients c0, c1, c2 in turn, a second apart. */
function filled(count: number, options: Parameters<typeof setUp>[0] = {}) {
  const set = setUp(options)
  set.vendor.seed(
    Array.from({ length: count }, (_, at) => ({
      id: `m${at}`,
      clientId: `c${at % 3}`,
      type: at % 2 ? ('phone' as const) : ('email' as const),
      value: `value ${at}`,
      createdAt: new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString(),
      metadata: { even: at % 2 === 0, tag: `t${at % 2}` },
    })),
  )
  const list = async (body: object) => {
    const { json } = await set.send('POST', '/contact-methods/list', body)
    return { ...json, ids: Array.isArray(json.data) ? json.data.map(({ id }: { id: string }) => id) : [] }
  }
  return { ...set, list }
}

describe('list', () => {
  test('newest first, 20 at a time; the count is 0 unless it is asked for', async () => {
    const { list } = filled(25)
    const first = await list({})
    expect([first.ids.length, first.ids[0], first.ids[19]]).toEqual([20, 'm24', 'm5'])
    expect(first.pagination).toEqual({ hasMore: true, nextCursor: expect.any(String), totalCount: 0 })
    const second = await list({ cursor: first.pagination.nextCursor, includeTotalCount: true })
    expect(second.ids).toEqual(['m4', 'm3', 'm2', 'm1', 'm0'])
    expect(second.pagination).toEqual({ hasMore: false, nextCursor: null, totalCount: 25 })
  })

  test.each([
    ['null', { nextCursor: null }],
    ['absent', {}],
    ['given', { nextCursor: expect.any(String) }],
  ] as const)('the last cursor with the switch %s', async (lastCursor, expected) => {
    expect((await filled(2, { lastCursor }).list({})).pagination).toEqual({
      hasMore: false,
      totalCount: 0,
      ...expected,
    })
  })

  test('a cursor is not moved by what comes and goes', async () => {
    const { list, vendor, send } = filled(6)
    const first = await list({ limit: 2 })
    await send('DELETE', '/contact-methods/m4')
    vendor.seed([{ id: 'new', clientId: 'c9', type: 'fax', value: '1' }])
    expect((await list({ limit: 2, cursor: first.pagination.nextCursor })).ids).toEqual(['m3', 'm2'])
  })

  test('by offset', async () => {
    expect((await filled(6).list({ offset: 4, limit: 5 })).ids).toEqual(['m1', 'm0'])
  })

  test.each([{ limit: 0 }, { limit: 201 }, { limit: 1.5 }, { offset: -1 }, { cursor: 'x' }, { cursor: 7 }])(
    '%o is a 400',
    async (body) => {
      expect(await filled(1).list(body)).toMatchObject({ code: 'BAD_REQUEST' })
    },
  )
})

describe('filter', () => {
  test.each([
    [{ clientId: 'c1' }, ['m4', 'm1']],
    [{ clientId: 'c1', type: 'email' }, ['m4']],
    [{ clientId: { eq: 'c1' } }, ['m4', 'm1']],
    [{ clientId: { in: ['c1', 'c2'] } }, ['m5', 'm4', 'm2', 'm1']],
    [{ clientId: { nin: ['c1', 'c2'] } }, ['m3', 'm0']],
    [{ value: 'value 3' }, ['m3']],
    [{ value: { contains: '3' } }, ['m3']],
    [{ isPrimary: true }, []],
    [{ id: 'm2' }, ['m2']],
    [{ externalId: 'x' }, []],
    [{ createdAt: '2026-01-01T01:00:03+01:00' }, ['m3']],
    [{ metadataFilters: [{ key: 'tag', value: 't1' }] }, ['m5', 'm3', 'm1']],
    [
      {
        metadataFilters: [
          { key: 'even', value: 'true' },
          { key: 'tag', value: 't1' },
        ],
      },
      [],
    ],
    [{ unknown: 'x' }, ['m5', 'm4', 'm3', 'm2', 'm1', 'm0']],
  ])('%o', async (filter, ids) => {
    expect((await filled(6).list({ filter })).ids).toEqual(ids)
  })

  test.each([
    { type: 7 },
    { clientId: { like: 'c' } },
    { clientId: { in: 'c1' } },
    { isPrimary: 'yes' },
    { createdAt: 'yesterday' },
    { metadataFilters: [{}] },
    { type: { contains: 'e' } },
  ])('%o is a 400', async (filter) => {
    expect(await filled(1).list({ filter })).toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('in, with its switch', async () => {
    const filter = { clientId: { in: ['c1'] } }
    expect((await filled(3, { inFilter: 'ignored' }).list({ filter })).ids).toHaveLength(3)
    expect(await filled(3, { inFilter: 'refused' }).list({ filter })).toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('sort', () => {
  const byClient = [{ field: 'clientId', direction: 'asc' }]

  test.each([
    ['applied', ['m0', 'm3', 'm1', 'm4', 'm2', 'm5']],
    ['ignored', ['m5', 'm4', 'm3', 'm2', 'm1', 'm0']],
  ] as const)('by client with the switch %s', async (sort, ids) => {
    const { list } = filled(6, { sort })
    expect((await list({ sort: byClient })).ids).toEqual(ids)
    const paged: string[] = []
    for (let cursor: unknown; ; ) {
      const page = await list({ sort: byClient, limit: 1, ...(typeof cursor === 'string' && { cursor }) })
      paged.push(...page.ids)
      cursor = page.pagination.nextCursor
      if (!page.pagination.hasMore) break
    }
    expect(paged).toEqual(ids)
  })

  test('refused, oldest first, and what is not known of an entry', async () => {
    expect(await filled(2, { sort: 'refused' }).list({ sort: byClient })).toMatchObject({
      code: 'BAD_REQUEST',
    })
    expect((await filled(2, { defaultOrder: 'oldest' }).list({})).ids).toEqual(['m0', 'm1'])
    expect((await filled(2).list({ sort: [{ by: 'clientId' }] })).ids).toEqual(['m1', 'm0'])
    expect((await filled(2).list({ sort: [{ field: 'value', direction: 'desc' }] })).ids).toEqual([
      'm1',
      'm0',
    ])
    expect((await filled(2).list({ sort: [] })).ids).toEqual(['m1', 'm0'])
    expect(await filled(2).list({ sort: 'clientId' })).toMatchObject({ code: 'BAD_REQUEST' })
  })
})

test('listByClient pages by the query', async () => {
  const { send } = filled(9)
  const first = await send('GET', '/clients/c1/contact-methods?limit=2')
  expect(first.json.data.map(({ id }: { id: string }) => id)).toEqual(['m7', 'm4'])
  const { nextCursor } = first.json.pagination
  const second = await send(
    'GET',
    `/clients/c1/contact-methods?limit=2&cursor=${encodeURIComponent(nextCursor)}`,
  )
  expect(second.json.data.map(({ id }: { id: string }) => id)).toEqual(['m1'])
  expect((await send('GET', '/clients/c1/contact-methods?limit=201')).status).toBe(400)
})

test('a malformed record takes the place of one', async () => {
  const { list, vendor, send } = filled(3)
  vendor.faults.add({ malformed: { index: 1, record: ({ clientId, ...rest }) => rest } })
  const { data } = await list({})
  expect(data.map((record: object) => Object.hasOwn(record, 'clientId'))).toEqual([true, false, true])
  vendor.faults.add({ malformed: { index: 0, record: () => null } })
  expect((await send('GET', '/contact-methods/m0')).json).toBeNull()
})
