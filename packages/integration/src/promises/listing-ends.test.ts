import { copyContacts } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { LISTED_VENDORS, readPages } from './listed.ts'

const counting = LISTED_VENDORS.flatMap((vendor) =>
  vendor.total ? [{ ...vendor, total: vendor.total }] : [],
)

describe.each(counting)('a total of $name', ({ listed, total }) => {
  // The page says what is on it, and nothing more is told than the total.
  const telling = (count: number) => ({
    page: ({ has_more: _more, ...body }: Record<string, unknown>) => ({ ...body, [total]: count }),
  })

  it('that is never reached: asked once more, then a warning, and the listing is not complete', async () => {
    const { contacts, warnings, reads } = listed(1_000, telling(1_500))
    const pager = contacts.list()
    const ids = new Set<string>()
    for await (const { id } of pager) ids.add(id)
    expect(ids.size).toBe(1_000)
    expect(pager.complete).toBe(false)
    expect(warnings).toMatchObject([
      { code: 'incomplete_listing', message: expect.stringContaining('ended after 1000 items') },
    ])
    // Eleven pages, those that were promised beyond them and were under way, and the one that was asked for again, each read to its end.
    expect(reads()).toBeLessThan(25)
  })

  it('that is never reached: told by the last page, and by the report of a copy', async () => {
    const { contacts } = listed(300, telling(350))
    expect(await readPages(contacts.list().pages())).toMatchObject({ complete: false })
    const report = await copyContacts(contacts, memory(), { by: 'externalId' })
    expect(report).toMatchObject({
      read: 300,
      created: 300,
      complete: false,
      warnings: [{ code: 'incomplete_listing', operation: 'list', count: 1 }],
    })
  })

  it('that a page alone does not reach: the page is not the whole', async () => {
    const { contacts } = listed(30, telling(35))
    expect((await contacts.list()).complete).not.toBe(true)
    expect((await listed(30).contacts.list()).complete).toBe(true)
    expect((await listed(130).contacts.list()).complete).toBeUndefined()
  })

  it('that is too small does not end the listing', async () => {
    const { contacts, warnings } = listed(350, telling(100))
    const { ids, complete } = await readPages(contacts.list().pages())
    expect([new Set(ids).size, complete, warnings]).toEqual([350, true, []])
  })

  it('that is not told, nor whether more follows: after a full page one more is asked for', async () => {
    const { contacts, reads } = listed(300, {
      page: ({ has_more: _more, count: _count, total: _total, ...body }) => body,
    })
    const { ids, complete } = await readPages(contacts.list().pages())
    expect([new Set(ids).size, complete]).toEqual([300, true])
    expect(reads()).toBe(4)
  })
})

describe('a page that says neither whether more follow nor where, at contact-methods', () => {
  const [vendor] = LISTED_VENDORS.filter(({ name }) => name === 'contact-methods')
  const silent = { page: ({ pagination: _, ...body }: Record<string, unknown>) => body }

  it.each([
    [250, { pageSize: 200 }, 200, false],
    // As many as are asked for are a full page at others; here the vendor is asked for 200 methods either way.
    [150, { pageSize: 50 }, 150, true],
    [150, { pageSize: 200 }, 150, true],
    [0, { pageSize: undefined }, 0, true],
  ])('of %i, asked for with %j: a full one is not taken for all', async (count, query, given, complete) => {
    const { contacts, warnings } = vendor?.listed(count, silent) ?? expect.unreachable()
    const pager = contacts.list(query)
    expect([(await pager.toArray()).length, pager.complete]).toEqual([given, complete])
    expect(warnings.map(({ code }) => code)).toEqual(complete ? [] : ['incomplete_listing'])
    const page = await contacts.list(query)
    const most = query.pageSize ?? given
    const isAll = given <= most
    expect(page.items).toHaveLength(Math.min(given, most))
    expect(page.complete).toBe(isAll ? complete : undefined)
  })
})

describe.each([...LISTED_VENDORS])('a listing of $name that ends by itself', ({ listed, name }) => {
  it('is complete, by pages, item by item and into an array', async () => {
    const { contacts } = listed(250)
    expect(await readPages(contacts.list().pages())).toMatchObject({ complete: true, failure: undefined })
    const pager = contacts.list()
    expect(pager.complete).toBeUndefined()
    let count = 0
    for await (const _ of pager) count++
    expect([count, pager.complete]).toEqual([250, true])
    const other = contacts.list()
    expect(await other.toArray()).toHaveLength(250)
    expect(other.complete).toBe(true)
  })

  it('is not known to be complete when it was left', async () => {
    const pager = listed(250).contacts.list()
    for await (const _ of pager) break
    await pager.toArray({ limit: 10 })
    expect(pager.complete).toBeUndefined()
  })

  it('is not complete when it began at a cursor', async () => {
    const { contacts } = listed(250)
    const { nextCursor } = await contacts.list({ pageSize: 100 })
    const rest = contacts.list({ cursor: nextCursor })
    expect((await rest.toArray()).length).toBeGreaterThan(0)
    expect(rest.complete).toBe(false)
    expect(await readPages(contacts.list({ cursor: nextCursor }).pages())).toMatchObject({ complete: false })
  })

  it('is not complete when a record was left out, streamed or not', async () => {
    const { contacts } = listed(30, { onInvalid: 'skip', page: (body) => spoil(body) })
    const page = await readPages(contacts.list().pages())
    expect([page.ids.length, page.complete]).toEqual([29, false])
    if (name === 'chatbotkit') return // Its stream is no JSON; see `onInvalid` in its own tests.
    const pager = contacts.list()
    expect(await pager.toArray()).toHaveLength(29)
    expect(pager.complete).toBe(false)
  })
})

/** Puts what is no record in the place of the fourth. */
function spoil(body: Record<string, unknown>): Record<string, unknown> {
  const key = Array.isArray(body.items) ? 'items' : 'data'
  const records: unknown = body[key]
  if (!Array.isArray(records)) return body
  return { ...body, [key]: records.map((record: unknown, at) => (at === 3 ? { nothing: 'here' } : record)) }
}
