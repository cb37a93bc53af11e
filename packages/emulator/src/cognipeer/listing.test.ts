import { describe, expect, test } from 'vitest'
import type { CognipeerSeed } from './contact.ts'
import { setUpCognipeer } from './testing.ts'

const PEOPLE: readonly CognipeerSeed[] = [
  {
    name: 'Ana',
    status: 'active',
    tags: ['vip', 'a'],
    properties: { company: 'Ex', n: 1, list: [1, 2] },
    email: '',
  },
  { name: 'Bo', status: 'active', tags: [], properties: { company: null }, email: null, deleted: true },
  {
    name: 'Cy',
    status: 'off',
    tags: ['tech'],
    properties: { company: 'Acme', n: '1', nested: { x: 1 } },
    deleted: false,
  },
  { name: 'Di', properties: { nested: [{ x: 1 }, { y: 2 }] }, email: 'di@ex.org' },
]

async function names(filter: unknown, options: Parameters<typeof setUpCognipeer>[0] = {}) {
  const { client, vendor } = setUpCognipeer(options)
  vendor.seed(PEOPLE)
  const { status, json } = await client.list({ filter })
  return status === 200 ? json.data.map(({ name }: { name: string }) => name).join(' ') : status
}

describe('filters', () => {
  test.each([
    [{}, 'Ana Bo Cy Di'],
    [{ status: 'active' }, 'Ana Bo'],
    [{ status: 'active', deleted: { $ne: true } }, 'Ana'],
    [{ tags: 'vip' }, 'Ana'],
    [{ tags: { $in: ['vip', 'tech'] } }, 'Ana Cy'],
    [{ tags: { $ne: 'vip' } }, 'Bo Cy Di'],
    [{ tags: [] }, 'Bo'],
    [{ 'tags.0': { $exists: true } }, 'Ana Cy'],
    [{ 'tags.0': 'vip' }, 'Ana'],
    [{ 'properties.company': { $exists: true } }, 'Ana Bo Cy'],
    [{ 'properties.company': { $exists: false } }, 'Di'],
    [{ 'properties.company': null }, 'Bo Di'],
    [{ 'properties.company': { $ne: null } }, 'Ana Cy'],
    [{ 'properties.company': { $in: ['Ex', null] } }, 'Ana Bo Di'],
    [{ 'properties.n': 1 }, 'Ana'],
    [{ 'properties.n': '1' }, 'Cy'],
    [{ 'properties.list': 2 }, 'Ana'],
    [{ 'properties.list.0': { $exists: false } }, 'Bo Cy Di'],
    [{ 'properties.nested.x': 1 }, 'Cy Di'],
    [{ 'properties.nested': { x: 1 } }, 'Cy Di'],
    [{ email: { $in: [null, ''] } }, 'Ana Bo Cy'],
    [{ email: { $in: [] } }, ''],
    [{ name: { $gte: 'Bo', $lt: 'Di' } }, 'Bo Cy'],
    [{ 'properties.n': { $lte: 5 } }, 'Ana'],
    [{ $or: [{ name: 'Ana' }, { status: 'off' }] }, 'Ana Cy'],
    [{ $and: [{ status: 'active' }, { name: { $nin: ['Ana'] } }] }, 'Bo'],
    [{ name: { $eq: 'Di' } }, 'Di'],
  ])('%j', async (filter, expected) => {
    expect(await names(filter)).toBe(expected)
  })

  test('an unknown operator, or an operand that makes no sense, is a 400', async () => {
    for (const filter of [
      { name: { $regex: 'A' } },
      { $nor: [] },
      { tags: { $in: 'vip' } },
      { $or: [] },
      { $or: [1] },
      [],
      'x',
    ]) {
      expect(await names(filter)).toBe(400)
    }
    for (const filter of [{ name: { $gt: 'A' } }, { $and: [{}] }]) {
      expect(await names(filter, { operators: 'documented' })).toBe(400)
    }
  })

  test('on _id: as text, in vain, or refused', async () => {
    const byId = async (idFilter: 'text' | 'nothing' | 'refuse') => {
      const { client, vendor } = setUpCognipeer({ idFilter })
      const [ana] = vendor.seed(PEOPLE)
      const { status, json } = await client.list({ filter: { _id: ana?._id } })
      return [status, json.total]
    }
    expect(await byId('text')).toEqual([200, 1])
    expect(await byId('nothing')).toEqual([200, 0])
    expect(await byId('refuse')).toEqual([400, undefined])
  })

  test('deleted contacts may be hidden unless the filter speaks of them', async () => {
    expect(await names({}, { deletedInList: 'hidden' })).toBe('Ana Cy Di')
    expect(await names({ deleted: true }, { deletedInList: 'hidden' })).toBe('Bo')
  })
})

describe('pages', () => {
  const page = async (body: object, options: Parameters<typeof setUpCognipeer>[0] = {}) => {
    const { client, vendor } = setUpCognipeer(options)
    vendor.seed(Array.from({ length: 25 }, (_, n) => ({ name: `n${n}` })))
    const { status, json } = await client.list(body)
    if (status !== 200) return status
    const { data, ...rest } = json
    return { first: data[0]?.name, length: data.length, ...rest }
  }

  test('default to the first ten', async () => {
    expect(await page({})).toEqual({ first: 'n0', length: 10, success: true, total: 25, page: 1, limit: 10 })
  })

  test('the last is shorter; past the end is empty with the true total, or the last one', async () => {
    expect(await page({ page: 3 })).toMatchObject({ first: 'n20', length: 5, page: 3 })
    expect(await page({ page: 9 })).toMatchObject({ length: 0, total: 25, page: 9 })
    expect(await page({ page: 9 }, { pastEnd: 'last' })).toMatchObject({ first: 'n20', page: 3 })
  })

  test('a large limit is lowered openly, in silence, or refused; a small one may be raised', async () => {
    expect(await page({ limit: 20, page: 2 }, { maxLimit: 4 })).toMatchObject({
      first: 'n4',
      length: 4,
      limit: 4,
    })
    expect(await page({ limit: 20 }, { maxLimit: 4, largeLimit: 'clamp-silently' })).toMatchObject({
      length: 4,
      limit: 20,
    })
    expect(await page({ limit: 20 }, { maxLimit: 4, largeLimit: 'refuse' })).toBe(400)
    expect(await page({ limit: 1, page: 2 }, { minLimit: 5 })).toMatchObject({
      first: 'n5',
      length: 5,
      limit: 5,
    })
  })

  test('odd numbers are refused or taken for none', async () => {
    for (const odd of [0, -1, 1.5, null, 'x']) {
      expect(await page({ limit: odd })).toBe(400)
      expect(await page({ page: odd }, { oddPaging: 'default' })).toMatchObject({ page: 1, limit: 10 })
    }
  })
})

describe('sort', () => {
  const sorted = async (sort: unknown, options: Parameters<typeof setUpCognipeer>[0] = {}) => {
    const { client, vendor } = setUpCognipeer(options)
    vendor.seed([
      { name: 'b', properties: { n: 2 }, status: 'x' },
      { name: 'a', status: 'x' },
      { name: 'c', properties: { n: 'text' } },
      { name: '𝐚', properties: { n: 10 }, status: 'y' },
      { name: '｡', properties: { n: true } },
    ])
    const { status, json } = await client.list({ sort })
    return status === 200 ? json.data.map(({ name }: { name: string }) => name).join(' ') : status
  }

  test('by one key or several, in either direction', async () => {
    expect(await sorted({ name: 1 })).toBe('a b c ｡ 𝐚')
    expect(await sorted({ name: -1 })).toBe('𝐚 ｡ c b a')
    expect(await sorted({ 'properties.n': 1 })).toBe('a b 𝐚 c ｡')
    expect(await sorted({ status: -1, name: 1 })).toBe('𝐚 a b c ｡')
    expect(await sorted({ status: -1, name: 1 }, { sortKeys: 'first' })).toBe('𝐚 b a c ｡')
    expect(await sorted({ name: 'asc' })).toBe(400)
    expect(await sorted('name')).toBe(400)
  })

  test('without one: oldest first, newest first, or any', async () => {
    expect(await sorted(undefined)).toBe('b a c 𝐚 ｡')
    expect(await sorted(undefined, { defaultSort: 'newest' })).toBe('｡ 𝐚 c a b')
    const { client, vendor } = setUpCognipeer({ defaultSort: 'random' })
    vendor.seed(Array.from({ length: 20 }, (_, n) => ({ name: String(n) })))
    const [one, two] = [(await client.list()).text, (await client.list()).text]
    expect(one).not.toBe(two)
  })

  test('a page that was sorted once follows later writes', async () => {
    const { client, vendor } = setUpCognipeer()
    vendor.seed([{ name: 'b', email: 'b@ex.org' }])
    const list = async () =>
      (await client.list({ sort: { name: 1 } })).json.data.map((c: { name: string }) => c.name)
    expect(await list()).toEqual(['b'])
    await client.create({ name: 'a' })
    expect(await list()).toEqual(['a', 'b'])
    await client.update({ email: 'b@ex.org', data: { name: '0' } })
    expect(await list()).toEqual(['0', 'a'])
  })
})
