import { describe, expect, it } from 'vitest'
import type { AdapterListQuery } from '../adapter/pages.ts'
import { contactsErrorOf } from '../client/testing/failure.ts'
import type { Contact } from '../model/contact.ts'
import { type CursorPlace, cursorListing, type VendorPage, wholeListing } from './listings.ts'
import { clientOf, numbers, records, toContact } from './testing/listed.ts'

function byCursor(answer: (place: CursorPlace) => VendorPage) {
  const asked: CursorPlace[] = []
  const listing = cursorListing<Contact, AdapterListQuery>({
    maxPageSize: 10,
    async read(place) {
      asked.push(place)
      return answer(place)
    },
    map: toContact,
  })
  return { asked, contacts: clientOf(listing, 'cursor') }
}

describe('a listing by cursor', () => {
  it('hands the vendor its own cursors, and asks for no more than it gives', async () => {
    const { asked, contacts } = byCursor(({ cursor = '0', limit }) => {
      const end = Number(cursor) + limit
      return {
        records: numbers(25).slice(Number(cursor), end),
        nextCursor: end < 25 ? String(end) : undefined,
        total: 25,
        extra: { unread: 3 },
      }
    })
    expect(records(await contacts.list({ pageSize: 99 }).toArray())).toEqual(numbers(25))
    expect(asked).toEqual([
      { cursor: undefined, limit: 10 },
      { cursor: '10', limit: 10 },
      { cursor: '20', limit: 10 },
    ])
    expect(await contacts.list({ pageSize: 2, cursor: '3' })).toMatchObject({
      items: [{ id: '3' }, { id: '4' }],
      nextCursor: '5',
      total: 25,
      extra: { unread: 3 },
    })
  })

  it.each([
    [{ records: numbers(10), nextCursor: 'a' }, 'a'],
    [{ records: [], nextCursor: 'a' }, 'a'],
    [{ records: numbers(3), nextCursor: 'a', hasMore: false }, undefined],
    [{ records: numbers(3), nextCursor: ' ' }, undefined],
    [{ records: numbers(3) }, undefined],
  ])('goes on after %o at %o', async (page, expected) => {
    expect((await byCursor(() => page).contacts.list()).nextCursor).toBe(expected)
  })
})

describe('a listing that comes all at once', () => {
  const { page } = wholeListing<Contact, AdapterListQuery>({ read: async () => numbers(3), map: toContact })

  it('is one page', async () => {
    const { items, ...rest } = await clientOf({ page }, 'none').list()
    expect([records(items), rest]).toEqual([[0, 1, 2], { complete: true }])
  })

  it('refuses a cursor', async () => {
    const error = await contactsErrorOf(() => clientOf({ page }, 'none').list({ cursor: 'o3' }))
    expect(error).toMatchObject({ code: 'invalid_input', operation: 'list', issues: [{ path: 'cursor' }] })
  })
})
