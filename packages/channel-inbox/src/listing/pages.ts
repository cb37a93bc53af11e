import type { Contact } from '@anycontact/core'
import {
  type AdapterListQuery,
  type AdapterPageQuery,
  type Listing,
  offsetListing,
} from '@anycontact/core/adapter-kit'
import type { ImbraceClient } from '../api/client.ts'
import { type ChannelInboxRecord, readPage } from '../api/wire.ts'
import { toContact } from '../mapping.ts'

/** How many are asked for at a time. The vendor publishes no limit; the engine keeps to a server's own. */
export const PAGE_SIZE = 100

/** The order that the vendor's web app asks for: one that does not change while pages are read. */
const NEWEST_FIRST = '-created_at'

type Found = Contact<ChannelInboxRecord>

/** A search's query. */
interface SearchQuery extends AdapterPageQuery {
  readonly text: string
}

/** The listings of contacts. */
export interface InboxListings {
  /** Of all. */
  readonly list: Listing<Found, AdapterListQuery>
  /** Of those that a text is found in. */
  readonly search: Listing<Found, SearchQuery>
}

/** Makes the listings of contacts. The inbox filters nothing, so no condition goes to it. */
export function createListings({ contacts }: ImbraceClient): InboxListings {
  return {
    list: offsetListing<Found, AdapterListQuery>({
      maxPageSize: PAGE_SIZE,
      async read({ skip, limit }, { orderBy }, { call }) {
        const sort = orderBy?.direction === 'asc' ? 'created_at' : NEWEST_FIRST
        return readPage(await contacts.list({ limit, skip, sort }, call), call.operation)
      },
      map: toContact,
    }),
    search: offsetListing<Found, SearchQuery>({
      maxPageSize: PAGE_SIZE,
      async read({ skip, limit }, { text }, { call }) {
        return readPage(await contacts.search({ q: text, limit, skip }, call), call.operation)
      },
      map: toContact,
    }),
  }
}
