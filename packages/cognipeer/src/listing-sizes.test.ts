import { describe, expect, it } from 'vitest'
import { names, pagesAsked, people } from './testing/people.ts'
import { setup } from './testing/setup.ts'

describe('a listing whose server gives pages of another size', () => {
  it.each([
    ['clamp', 7, 36],
    ['clamp-silently', 7, 36],
    ['clamp', 100, 2],
    ['clamp-silently', 20, 10],
  ] as const)('survives a server that lowers the limit (%s) to %i', async (largeLimit, maxLimit, most) => {
    const there = setup({}, { largeLimit, maxLimit })
    const all = people(there, 143)
    expect(names(await there.contacts.list().toArray())).toEqual(all)
    expect(pagesAsked(there)[0]).toBe('1×100')
    // Once the size is known, each page is asked for once. Small ones overlap by more than one contact, so there are more of them.
    expect(new Set(pagesAsked(there)).size).toBe(there.vendor.requests.length)
    expect(there.vendor.requests.length).toBeLessThanOrEqual(most)
  })

  it('survives a limit that is lowered on the way, whatever pages are under way', async () => {
    for (const largeLimit of ['clamp', 'clamp-silently'] as const) {
      // The server lowers from the third page on.
      const lowered = setup({}, { maxLimit: 7, largeLimit })
      const there = setup({
        fetch: (input: string | URL | Request, init?: RequestInit) => {
          const { page } = JSON.parse(String(init?.body))
          return (page < 3 ? there : lowered).vendor.fetch(input, init)
        },
      } as object)
      const all = people(there, 100)
      people(lowered, 100)
      expect(names(await there.contacts.list({ pageSize: 20 }).toArray())).toEqual(all)
    }
  })

  it('loses nobody beside a contact that goes between the count and the page', async () => {
    let isGone = false
    const there = setup({
      fetch: async (input, init) => {
        const answer = await there.vendor.fetch(input, init)
        const { page, limit } = JSON.parse(String(init?.body))
        if (isGone || page !== 2 || limit !== 100) return answer
        isGone = true
        const reply = Object(await answer.json())
        return Response.json({ ...reply, data: reply.data.slice(0, -1) })
      },
    })
    const all = people(there, 300)
    expect(names(await there.contacts.list().toArray())).toEqual(all)
  })

  it('survives a server that raises the limit', async () => {
    const there = setup({}, { minLimit: 8 })
    const all = people(there, 30)
    for (const pageSize of [1, 3, 8, 20]) {
      expect(names(await there.contacts.list({ pageSize }).toArray())).toEqual(all)
    }
  })

  it('goes on at a cursor with another page size, nothing lost or doubled', async () => {
    const there = setup({}, { maxLimit: 9 })
    const all = people(there, 50)
    const first = await there.contacts.list({ pageSize: 4 })
    const second = await there.contacts.list({ pageSize: 20, cursor: first.nextCursor })
    const rest = await there.contacts.list({ pageSize: 7, cursor: second.nextCursor }).toArray()
    expect(names([...first.items, ...second.items, ...rest])).toEqual(all)
  })
})
