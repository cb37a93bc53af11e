import { expect, test, vi } from 'vitest'
import { collect, sdk } from './set-up.ts'

/** 250 contacts, c0000 the oldest. */
async function many(...options: Parameters<typeof sdk>) {
  const set = await sdk(...options)
  const contacts = set.emulator.seed(
    Array.from({ length: 250 }, (_, at) => ({
      id: `c${String(at).padStart(4, '0')}`,
      name: `Zoë ${at} 李小龍`,
      createdAt: 1000 + at,
      meta: { half: at % 2 === 0 ? 'even' : 'odd', vip: at === 7, number: at },
    })),
  )
  return { ...set, ids: contacts.map((contact) => contact.id) }
}

test('following the cursor until it is missing reads everything, with one empty page at the end', async () => {
  const { client, emulator, ids } = await many()
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await client.list({ take: 125, order: 'asc', ...(cursor && { cursor }) })
    seen.push(...page.items.map((item) => item.id))
    cursor = page.cursor
  } while (cursor)
  expect(seen).toEqual(ids)
  // Clamped at 100 a page: 100, 100, 50, and an empty one without a cursor.
  expect(emulator.requests).toHaveLength(4)
})

test('the last page has a cursor, an unknown one finds nothing', async () => {
  const { client } = await many()
  const last = await client.list({ cursor: 'c0001' })
  expect([last.items.map((item) => item.id), last.cursor]).toEqual([['c0000'], 'c0000'])
  expect(await client.list({ cursor: 'c0000' })).toEqual({ items: [] })
  expect(await client.list({ cursor: 'nowhere' })).toEqual({ items: [] })
})

test('deleting the page before asking for the next one ends the walk', async () => {
  const { client } = await many()
  const first = await client.list({ take: 3 })
  for (const item of first.items) await client.delete(item.id)
  expect(await client.list({ take: 3, cursor: first.cursor })).toEqual({ items: [] })
})

test('the meta filter is equality of text; a number cannot be matched', async () => {
  const { client } = await many()
  const count = async (meta: Record<string, string>) => (await collect(client.list({ meta }).stream())).length
  expect(await count({ half: 'odd' })).toBe(125)
  expect(await count({ half: 'odd', vip: 'true' })).toBe(1)
  expect(await count({ vip: 'false' })).toBe(249)
  expect(await count({ number: '7' })).toBe(0)
  expect(await count({ half: '' })).toBe(250)
})

test('a stream is one request for everything', async () => {
  const { client, emulator, ids } = await many()
  const events = await collect(client.list({ order: 'asc' }).stream())
  expect(events.map((event) => event.data.id)).toEqual(ids)
  expect(emulator.requests).toMatchObject([{ headers: { accept: 'application/jsonl' } }])
})

test('a stream of an empty account yields nothing', async () => {
  const { client } = await sdk()
  expect(await collect(client.list().stream())).toEqual([])
})

test('a consumer that stops early frees the connection', async () => {
  const { client, emulator } = await sdk()
  emulator.seed(Array.from({ length: 20_000 }, () => ({ description: 'x'.repeat(2000) })))
  for await (const event of client.list().stream()) {
    expect(event.type).toBe('item')
    break
  }
  await vi.waitFor(() => expect(emulator.openStreams).toBe(0))
})

test('nop lines and a late error line reach the caller like any other', async () => {
  const { client, emulator } = await many()
  emulator.faults.add({ nopEvery: 100, lateError: { afterItems: 120 } })
  const types = (await collect(client.list().stream())).map((event): string => event.type)
  expect(types.filter((type) => type === 'nop')).toHaveLength(2)
  expect(types.filter((type) => type === 'item')).toHaveLength(120)
  expect(types.at(-1)).toBe('error')
})

test('a stream cut in the middle throws after what came before', async () => {
  const { client, emulator } = await many()
  emulator.faults.add({ cut: { afterLines: 120 } })
  const seen: string[] = []
  const read = async () => {
    for await (const event of client.list().stream()) seen.push(event.data.id)
  }
  await expect(read()).rejects.toThrow('terminated')
  expect(seen).toHaveLength(120)
})

test('an early refusal of a stream is an ordinary error', async () => {
  const { client } = await many({ secret: 'sk-wrong' })
  await expect(collect(client.list().stream())).rejects.toMatchObject({ code: 'NOT_AUTHENTICATED' })
})

test('a chunk border inside a character damages the text in the vendor’s client', async () => {
  const { emulator } = await many()
  const { client } = await sdk({ fetchFn: (url, init) => emulator.fetch(url, init) })
  const names = async () => (await collect(client.list().stream())).map((event) => event.data.name)
  expect((await names())[0]).toBe('Zoë 249 李小龍')
  emulator.faults.add({ chunkBytes: 7 })
  expect((await names()).some((name) => name?.includes('\ufffd'))).toBe(true)
})
