import { expect } from 'vitest'
import { defineAdapter } from '../../adapter/define-adapter.ts'
import type { AdapterListQuery } from '../../adapter/pages.ts'
import { createContacts } from '../../client/create-contacts.ts'
import type { ContactsPolicy } from '../../client/policy.ts'
import type { Contacts } from '../../client/types.ts'
import { ContactsError } from '../../errors.ts'
import type { Contact } from '../../model/contact.ts'
import type { Listing } from '../listings.ts'

/** Makes contacts of the records of a test: numbers. Anything else is a record that cannot be mapped. */
export function toContact(record: unknown, index: number): Contact {
  if (typeof record !== 'number') {
    throw new ContactsError({ code: 'bad_response', message: `The record at ${index} is no number.` })
  }
  return { provider: 'canned', id: String(record), contactMethods: [], customFields: {}, raw: record }
}

/** A client of a provider that has nothing but a listing. */
export function clientOf(
  listing: Pick<Listing<Contact, AdapterListQuery>, 'page'> & Partial<Listing<Contact, AdapterListQuery>>,
  pagination: 'page' | 'offset' | 'cursor' | 'none',
  policy: ContactsPolicy = {},
) {
  const list = {
    mode: 'native',
    pagination,
    maxPageSize: 100,
    complete: true,
    total: true,
    where: {},
    orderBy: [],
  } as const
  const adapter = defineAdapter({
    specVersion: 1,
    provider: 'canned',
    capabilities: { list },
    api: undefined,
    list: (query: AdapterListQuery, context) => listing.page(query, context),
    ...(listing.laterCursors && { laterCursors: listing.laterCursors }),
  })
  const contacts: Contacts<typeof adapter> = createContacts(adapter, policy)
  return contacts
}

/** The numbers below a count, as they are in a listing. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at)
}

/** The records of contacts. */
export function records(contacts: readonly Contact[]): unknown[] {
  return contacts.map(({ raw }) => raw)
}

/** Checks that a listing of {@link numbers} comes in pages of a size, and that the cursor of each goes on after it. */
export async function expectEvenPages(
  contacts: ReturnType<typeof clientOf>,
  count: number,
  pageSize: number,
): Promise<void> {
  let end = 0
  for await (const { items, nextCursor } of contacts.list({ pageSize }).pages()) {
    const there = numbers(count).slice(end, end + pageSize)
    expect(records(items)).toEqual(there)
    end += items.length
    if (nextCursor === undefined) continue
    const next = await contacts.list({ pageSize, cursor: nextCursor })
    expect(records(next.items)).toEqual(numbers(count).slice(end, end + pageSize))
  }
  expect(end).toBe(count)
}
