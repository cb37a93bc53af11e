import { exportCsv } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { names, pagesAsked, people } from './testing/people.ts'
import { setup } from './testing/setup.ts'

describe('a listing', () => {
  it('asks for pages of 100 in a stable order, without what is deleted', async () => {
    const there = setup()
    people(there, 3)
    await there.contacts.list()
    expect(there.bodies()).toEqual([
      { page: 1, limit: 100, filter: { deleted: { $ne: true } }, sort: { _id: 1 } },
    ])
  })

  it.each([
    ['createdAt', 'createdDate'],
    ['updatedAt', 'modifiedDate'],
    ['name', 'name'],
    ['email', 'email'],
  ] as const)('by %s is asked for so, with the id for ties', async (field, wire) => {
    const there = setup()
    await there.contacts.list({ orderBy: { field, direction: 'desc' } })
    const { sort } = Object(there.bodies()[0])
    expect(Object.entries(sort)).toEqual([
      [wire, -1],
      ['_id', -1],
    ])
  })

  it('fetches pages ahead, several at a time, each once, and gives them in order', async () => {
    const waiting: (() => void)[] = []
    let most = 0
    let underWay = 0
    const there = setup({
      concurrency: 3,
      fetch: async (input, init) => {
        most = Math.max(most, ++underWay)
        const isFirst = String(init?.body).includes('"page":1,')
        if (!isFirst) await new Promise<void>((resolve) => waiting.push(resolve))
        // The last that was asked for is answered first.
        const answer = await there.vendor.fetch(input, init)
        underWay--
        return answer
      },
    })
    const all = people(there, 95)
    const reading = there.contacts.list({ pageSize: 10 }).toArray()
    const timer = setInterval(() => waiting.pop()?.(), 0)
    expect(names(await reading)).toEqual(all)
    clearInterval(timer)
    expect(most).toBe(3)
    expect(pagesAsked(there)).toHaveLength(10)
    expect(new Set(pagesAsked(there)).size).toBe(10)
  })

  it('costs hardly more requests than there are pages', async () => {
    const there = setup()
    people(there, 1_000)
    await there.contacts.list({ pageSize: 100 }).toArray()
    expect(pagesAsked(there).length).toBeLessThanOrEqual(12)
  })

  it('tells the total on each page', async () => {
    const there = setup()
    people(there, 7)
    const totals: unknown[] = []
    for await (const page of there.contacts.list({ pageSize: 3 }).pages()) totals.push(page.total)
    expect(totals).toEqual([7, 7, 7])
  })

  it('gives nobody twice who is moved onto a later page while it runs', async () => {
    const there = setup({ concurrency: 1 })
    const all = people(there, 30)
    const seen: string[] = []
    for await (const { name = '' } of there.contacts.list({ pageSize: 10, orderBy: { field: 'name' } })) {
      // Each newcomer comes first, and pushes everybody on by one.
      if (seen.length === 5 || seen.length === 15) there.vendor.seed([{ name: `a${seen.length}` }])
      seen.push(name)
    }
    expect(seen).toEqual([...all].sort())
  })

  it('of a server whose order is any has everybody once, because it is asked to sort', async () => {
    const there = setup({}, { defaultSort: 'random', sortKeys: 'first' })
    const all = people(there, 250)
    expect(names(await there.contacts.list().toArray())).toEqual(all)
  })

  it('goes by full pages where the server tells no total', async () => {
    const there = setup({
      fetch: async (input, init) => {
        const answer = await there.vendor.fetch(input, init)
        const { total: _untold, ...reply } = Object(await answer.json())
        return Response.json(reply)
      },
    })
    const all = people(there, 25)
    expect(names(await there.contacts.list({ pageSize: 10 }).toArray())).toEqual(all)
    expect((await there.contacts.list({ pageSize: 10 })).total).toBeUndefined()
    expect(await failure(there.contacts.count())).toMatchObject({ code: 'bad_response' })
  })

  it('has everybody where the server counts something else as its total', async () => {
    const there = setup({
      fetch: async (input, init) => {
        const answer = await there.vendor.fetch(input, init)
        return Response.json({ ...(await answer.json()), total: 0 })
      },
    })
    there.vendor.seed(Array.from({ length: 250 }, (_, n) => ({ name: `c${n}` })))
    const all = await there.contacts.list().toArray()
    expect(new Set(all.map(({ id }) => id)).size).toBe(250)
    expect(all).toHaveLength(250)
  })

  it('is wrong when the server keeps answering another page', async () => {
    const there = setup({
      fetch: async (input, init) => {
        const body = JSON.stringify({ ...JSON.parse(String(init?.body)), page: 1 })
        return there.vendor.fetch(input, { ...init, body })
      },
    })
    people(there, 25)
    const error = await failure(there.contacts.list({ pageSize: 10 }).toArray())
    expect(error).toMatchObject({ code: 'bad_response', message: expect.stringContaining('another page') })
  })

  it('ends past the end, also where the server then gives its last page', async () => {
    for (const pastEnd of ['empty', 'last'] as const) {
      const there = setup({}, { pastEnd })
      people(there, 5)
      const page = await there.contacts.list({ pageSize: 2, cursor: 'o40' })
      expect([page.items, page.nextCursor]).toEqual([[], undefined])
    }
  })

  it.each(['', 'x', 'o', 'o-1', 'o1l0', 'o1.5', 'o99999999999999999'])(
    'takes %j for no cursor',
    async (cursor) => {
      expect(await failure(setup().contacts.list({ cursor }))).toMatchObject({ code: 'invalid_input' })
    },
  )

  it('treats a record that cannot be mapped as onInvalid says, and still has everybody else once', async () => {
    const malformed = { index: 2, record: ({ _id, ...rest }: Readonly<Record<string, unknown>>) => rest }
    const strict = setup()
    people(strict, 5)
    strict.vendor.faults.add({ malformed })
    expect(await failure(strict.contacts.list().toArray())).toMatchObject({
      code: 'bad_response',
      issues: [{ path: 'data.2._id', message: expect.any(String) }],
    })
    const lenient = setup({ onInvalid: 'skip' })
    people(lenient, 25)
    lenient.vendor.faults.add({ malformed })
    expect(await lenient.contacts.list({ pageSize: 10 }).toArray()).toHaveLength(24)
  })

  it.each([{ status: 503 }, { cut: 'answer' }, { cut: { afterBytes: 40 } }, { truncateBytes: 40 }] as const)(
    'gets over %j',
    async (fault) => {
      const there = setup()
      const all = people(there, 25)
      there.vendor.faults.add({ skip: 1, ...fault })
      expect(names(await there.contacts.list({ pageSize: 10 }).toArray())).toEqual(all)
    },
  )

  it('is exported without what is deleted, unless that is asked for', async () => {
    const there = setup()
    there.vendor.seed([{ name: 'Ana' }, { name: 'Gone', deleted: true }])
    const csv = async (query?: object): Promise<string> => {
      let text = ''
      for await (const chunk of exportCsv(there.contacts, query)) text += chunk
      return text
    }
    expect(await csv()).not.toContain('Gone')
    expect(await csv({ includeDeleted: true })).toContain('Gone')
  })
})

describe('counting', () => {
  it('takes one request of one contact where the server applies every condition', async () => {
    const there = setup()
    people(there, 12)
    there.vendor.seed([{ name: 'x', status: 'active' }])
    expect(await there.contacts.count()).toBe(13)
    expect(await there.contacts.count({ where: { status: 'active' } })).toBe(1)
    expect(pagesAsked(there)).toEqual(['1×1', '1×1'])
    expect(await there.contacts.count({ where: { name: { exists: true } } })).toBe(13)
  })
})
