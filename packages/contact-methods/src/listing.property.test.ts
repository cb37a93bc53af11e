import type { Contact, Page } from '@anycontact/core'
import type { ContactMethodsSeed } from '@anycontact/emulator'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, uuid } from './testing/scattered.ts'
import { setup } from './testing/setup.ts'

const BY_CLIENT = [{ field: 'clientId', direction: 'asc' }]
const orders = [
  ['sorted by client', { sortedByClient: BY_CLIENT }, {}],
  ['newest first', {}, {}],
  ['oldest first', {}, { defaultOrder: 'oldest' }],
] as const

/** Methods of many clients in any order: most have a few, some have more than the vendor gives at a time. */
const methods = fc
  .array(
    fc.oneof(
      { arbitrary: fc.integer({ min: 1, max: 6 }), weight: 30 },
      { arbitrary: fc.constant(230), weight: 1 },
    ),
    {
      minLength: 1,
      maxLength: 70,
    },
  )
  .chain((counts) => {
    const owners = counts.flatMap((count, client) => Array.from({ length: count }, () => client))
    return fc.shuffledSubarray(owners, { minLength: owners.length })
  })
  .map((owners) =>
    owners.map(
      (client, n): ContactMethodsSeed => ({
        clientId: uuid(client),
        type: 'other',
        value: `v${n}`,
        createdAt: at(n),
      }),
    ),
  )

describe.each(orders)('pages of contacts of a listing that comes %s', (_, options, switches) => {
  it('hold so many contacts as were asked for, each whole and once, and any cursor goes on in another client', async () => {
    await fc.assert(
      fc.asyncProperty(methods, fc.integer({ min: 1, max: 40 }), async (seeds, pageSize) => {
        const { contacts, vendor } = setup(options, switches)
        vendor.seed(seeds)
        const expected = new Map<string, number>()
        for (const { clientId } of seeds) expected.set(clientId, (expected.get(clientId) ?? 0) + 1)
        const pages: Page<Contact>[] = []
        for await (const page of contacts.list({ pageSize }).pages()) pages.push(page)
        for (const { items } of pages.slice(0, -1)) expect(items).toHaveLength(pageSize)
        expect(pages.at(-1)?.items.length).toBeLessThanOrEqual(pageSize)
        const all = pages.flatMap(({ items }) => items)
        expect(all).toHaveLength(expected.size)
        expect(new Map(all.map(({ id, contactMethods }) => [id, contactMethods.length]))).toEqual(expected)
        const middle = Math.floor(pages.length / 2)
        const cursor = pages[middle]?.nextCursor
        if (cursor === undefined) return
        const other = setup({ ...options, fetch: vendor.fetch }).contacts
        const rest = await other.list({ pageSize, cursor }).toArray()
        expect(rest.map(({ id }) => id)).toEqual(all.slice(pageSize * (middle + 1)).map(({ id }) => id))
      }),
      { numRuns: 40 },
    )
  })
})

it('named by their ids too, of which some are none', async () => {
  const { contacts, vendor } = setup()
  vendor.seed([1, 2, 4, 5, 7, 8, 9].map((n) => ({ clientId: uuid(n), type: 'fax', value: `${n}` })))
  const where = { id: { in: Array.from({ length: 10 }, (_, n) => uuid(n)) } }
  const pages: string[][] = []
  for await (const { items } of contacts.list({ where, pageSize: 3 }).pages())
    pages.push(items.map(({ id }) => id))
  expect(pages).toEqual([[1, 2, 4], [5, 7, 8], [9]].map((page) => page.map(uuid)))
})
