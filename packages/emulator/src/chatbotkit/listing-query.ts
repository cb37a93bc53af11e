import { type MetaFilter, readMetaFilter } from './meta-filter.ts'

const MAX_TAKE = 100

/** What a listing's query asks for. */
export interface ListingQuery {
  readonly cursor: string | undefined
  readonly order: 'asc' | 'desc'
  /** Rows a page, 1 to 100. */
  readonly pageSize: number
  /** How many rows a streamed listing may reach before it stops; `undefined` for all. */
  readonly budget: number | undefined
  readonly meta: MetaFilter | undefined
}

/**
 * Reads the query of a listing; nothing in it is ever refused, except a meta path that the database cannot read.
 *
 * @param strictMetaPaths - whether there is such a path
 */
export function readListingQuery(query: URLSearchParams, strictMetaPaths: boolean): ListingQuery {
  const take = Number.parseInt(query.get('take') ?? '', 10) || undefined
  const cursor = query.get('cursor')?.trim()
  return {
    cursor: cursor || undefined,
    order: query.get('order')?.trim() === 'asc' ? 'asc' : 'desc',
    pageSize: take === undefined ? MAX_TAKE : Math.min(MAX_TAKE, Math.max(1, take)),
    budget: take,
    meta: readMetaFilter(query, strictMetaPaths),
  }
}
