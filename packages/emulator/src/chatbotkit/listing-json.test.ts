import { expect, test } from 'vitest'
import { setUp, type TestClient } from '../test-client.ts'

interface Page {
  readonly ids: readonly string[]
  readonly cursor: unknown
  readonly hasCursor: boolean
}

async function page(client: TestClient, query: string): Promise<Page> {
  const { json } = await client.get(`/contact/list${query}`)
  const { items, cursor } = Object(json)
  return {
    ids: items.map((item: { id: string }) => item.id),
    cursor,
    hasCursor: Object.hasOwn(Object(json), 'cursor'),
  }
}

/** Contacts c000 … in the order of creation. */
function numbered(count: number) {
  const set = setUp()
  const contacts = set.emulator.chatbotkit.seed(
    Array.from({ length: count }, (_, at) => ({
      id: `c${String(at).padStart(3, '0')}`,
      createdAt: 1000 + at,
    })),
  )
  return { ...set, ids: contacts.map((contact) => contact.id) }
}

test('an empty account has no items and no cursor', async () => {
  expect((await setUp().client.get('/contact/list')).text).toBe('{"items":[]}')
})

test('newest first; the last page still has a cursor, the page after it has none', async () => {
  const { client, ids } = numbered(3)
  const newestFirst = [...ids].reverse()
  expect(await page(client, '')).toEqual({ ids: newestFirst, cursor: 'c000', hasCursor: true })
  expect(await page(client, '?cursor=c000')).toEqual({ ids: [], cursor: undefined, hasCursor: false })
  expect(await page(client, '?take=2')).toMatchObject({ ids: ['c002', 'c001'], cursor: 'c001' })
  expect(await page(client, '?take=2&cursor=c001')).toMatchObject({ ids: ['c000'], cursor: 'c000' })
})

test.each([
  ['?order=asc&take=2', ['c000', 'c001']],
  ['?order=asc&take=2&cursor=c001', ['c002', 'c003']],
  ['?order=%20asc%20&take=2', ['c000', 'c001']],
  ['?order=ASC&take=2', ['c003', 'c002']],
  ['?order=sideways&take=2', ['c003', 'c002']],
  ['?cursor=%20&take=1', ['c003']],
  ['?cursor=unknown', []],
  ['?nonsense=1&take=1', ['c003']],
])('%s', async (query, expected) => {
  const { client } = numbered(4)
  expect((await page(client, query)).ids).toEqual(expected)
})

test.each([
  ['', 100],
  ['?take=0', 100],
  ['?take=many', 100],
  ['?take=1000', 100],
  ['?take=-5', 1],
  ['?take=10abc', 10],
  ['?take=1.9', 1],
  ['?take=99', 99],
])('take: %s gives %i of 150', async (query, count) => {
  const { client } = numbered(150)
  expect((await page(client, query)).ids).toHaveLength(count)
})

test('equal times are ordered by id', async () => {
  const { client, emulator } = setUp()
  emulator.chatbotkit.seed([{ id: 'b' }, { id: 'c' }, { id: 'a' }])
  expect((await page(client, '?order=asc')).ids).toEqual(['a', 'b', 'c'])
  expect((await page(client, '')).ids).toEqual(['c', 'b', 'a'])
})

test('contacts made in one millisecond are listed in the order of their making', async () => {
  const { client } = setUp()
  const ids = [await client.create({}), await client.create({}), await client.create({})]
  expect((await page(client, '?order=asc')).ids).toEqual(ids)
})

test('deleting the cursor row ends the walk', async () => {
  const { client } = numbered(4)
  const first = await page(client, '?take=2')
  for (const id of first.ids) await client.post(`/contact/${id}/delete`, {})
  expect((await page(client, `?take=2&cursor=${first.cursor}`)).ids).toEqual([])
  expect((await page(client, '?take=2')).ids).toEqual(['c001', 'c000'])
})

test.each([
  ['skips-row', ['c000']],
  ['exact', ['c001', 'c000']],
] as const)(
  'a cursor whose row left the filter, under the switch %s',
  async (cursorOutsideListing, expected) => {
    const { client, emulator } = setUp({ chatbotkit: { cursorOutsideListing } })
    emulator.chatbotkit.seed(
      [0, 1, 2, 3].map((at) => ({ id: `c00${at}`, createdAt: 1000 + at, meta: { plan: 'pro' } })),
    )
    await client.post('/contact/c002/update', { meta: { plan: 'free' } })
    expect((await page(client, '?meta.plan=pro&cursor=c002')).ids).toEqual(expected)
  },
)

test('a cursor of another account counts by its place alone', async () => {
  const { client, emulator } = setUp({ chatbotkit: { cursorOutsideListing: 'exact' } })
  emulator.chatbotkit.seed([0, 1, 2].map((at) => ({ id: `c00${at}`, createdAt: 1000 + 2 * at })))
  emulator.chatbotkit.seed([{ id: 'theirs', createdAt: 1003 }], 'other')
  expect((await page(client, '?cursor=theirs')).ids).toEqual(['c001', 'c000'])
})

test('an export pages, sorts and filters as the listing does', async () => {
  const { client, emulator } = setUp()
  emulator.chatbotkit.seed(
    [0, 1, 2, 3].map((at) => ({
      id: `c00${at}`,
      createdAt: 1000 + at,
      meta: { half: at % 2 === 0 ? 'even' : 'odd' },
    })),
  )
  const { json } = await client.get('/contact/export?order=asc&take=1&cursor=c000&meta.half=even')
  expect(json).toMatchObject({ items: [{ id: 'c002', meta: { half: 'even' } }], cursor: 'c002' })
  expect(Object(json).items).toHaveLength(1)
})

test.each(['text/html', 'application/*', 'application/xml, application/json'])(
  'Accept %s is a 400',
  async (accept) => {
    const { status, json } = await setUp().client.get('/contact/list', { accept })
    expect([status, json]).toEqual([400, { code: 'BAD_REQUEST', message: 'Unsupported accept header' }])
  },
)

test.each(['*/*', 'application/json', 'Application/JSON; q=0.9, text/html'])(
  'Accept %s is JSON',
  async (accept) => {
    expect(await setUp().client.get('/contact/list', { accept })).toMatchObject({
      status: 200,
      json: { items: [] },
    })
  },
)
