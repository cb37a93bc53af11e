import { describe, expect, test } from 'vitest'
import { type MemoryContacts, memory } from '../index.ts'

const named = (...names: readonly string[]): MemoryContacts =>
  memory({ contacts: names.map((name) => ({ id: name, name })) })

async function rest(
  contacts: MemoryContacts,
  cursor: string | undefined,
  orderBy?: { field: 'name'; direction: 'asc' | 'desc' },
) {
  const items = await contacts
    .list({ pageSize: 2, ...(cursor !== undefined && { cursor }), orderBy })
    .toArray()
  return items.map(({ id }) => id)
}

describe('a cursor', () => {
  test('goes on in the right place when the contact it stands at is deleted', async () => {
    const contacts = named('a', 'b', 'c', 'd', 'e')
    const { nextCursor } = await contacts.list({ pageSize: 2 })
    await contacts.delete('b')
    await contacts.delete('a')
    await contacts.create({ id: 'f' })
    expect(await rest(contacts, nextCursor)).toEqual(['c', 'd', 'e', 'f'])
  })

  test.each(['asc', 'desc'] as const)('does so in an order too: %s', async (direction) => {
    const contacts = named('c', 'a', 'e', 'b', 'd')
    const orderBy = { field: 'name', direction } as const
    const { items, nextCursor } = await contacts.list({ pageSize: 2, orderBy })
    for (const { id } of items) await contacts.delete(id)
    const left = direction === 'asc' ? ['c', 'd', 'e'] : ['c', 'b', 'a']
    expect(await rest(contacts, nextCursor, orderBy)).toEqual(left)
  })

  test('still holds when most of the contacts before it are gone', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => String(index))
    const contacts = named(...many)
    const { nextCursor } = await contacts.list({ pageSize: 10 })
    await contacts.deleteMany(many.slice(0, 2500))
    const left = await contacts.list({ ...(nextCursor !== undefined && { cursor: nextCursor }) }).toArray()
    expect(left.map(({ id }) => id)).toEqual(many.slice(2500))
  })

  test('of another order, or of nothing, is invalid', async () => {
    const contacts = named('a', 'b', 'c')
    const byName = await contacts.list({ pageSize: 1, orderBy: { field: 'name' } })
    const plain = await contacts.list({ pageSize: 1 })
    const bad = [
      { cursor: byName.nextCursor },
      { cursor: plain.nextCursor, orderBy: { field: 'name' } },
      { cursor: byName.nextCursor, orderBy: { field: 'name', direction: 'desc' } },
      { cursor: 'x' },
      { cursor: '{}' },
      { cursor: '["x"]' },
    ] as const
    for (const query of bad)
      await expect(contacts.list(query)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('an order', () => {
  test('puts contacts without the value last both ways, and keeps the order of creation within a value', async () => {
    const contacts = memory({
      contacts: [
        { id: '1' },
        { id: '2', name: 'b' },
        { id: '3', name: 'a' },
        { id: '4', name: 'b' },
        { id: '5' },
      ],
    })
    expect(await rest(contacts, undefined, { field: 'name', direction: 'asc' })).toEqual([
      '3',
      '2',
      '4',
      '1',
      '5',
    ])
    expect(await rest(contacts, undefined, { field: 'name', direction: 'desc' })).toEqual([
      '2',
      '4',
      '3',
      '1',
      '5',
    ])
  })

  test('follows changes', async () => {
    const contacts = named('a', 'b', 'c')
    const orderBy = { field: 'name', direction: 'asc' } as const
    expect(await rest(contacts, undefined, orderBy)).toEqual(['a', 'b', 'c'])
    await contacts.update('a', { name: 'z' })
    expect(await rest(contacts, undefined, orderBy)).toEqual(['b', 'c', 'a'])
  })
})

test('total follows changes between the pages of one listing', async () => {
  const contacts = named('a', 'a2', 'b', 'c')
  const totals: (number | undefined)[] = []
  for await (const { total } of contacts.list({ pageSize: 1, where: { name: { ne: 'c' } } }).pages()) {
    totals.push(total)
    if (totals.length === 1) await contacts.create({ name: 'd' })
  }
  expect(totals[0]).toBe(3)
  expect(totals.at(-1)).toBe(4)
})
