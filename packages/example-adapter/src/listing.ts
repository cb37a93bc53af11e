import type { Contact } from '@anycontact/core'
import * as kit from '@anycontact/core/adapter-kit'
import type { ExampleCrmApi } from './api/index.ts'
import { type ExampleCrmRecord, read } from './api/wire.ts'
import type { Methods } from './capabilities.ts'
import type { Mapping } from './mapping.ts'

/** The search takes so many filters, gives so many people a page, and ends after the first 100. */
const SEARCH = { maxFilters: 2, maxPageSize: 50 } as const

type Read = 'planWhere' | 'list' | 'search' | 'count'

/** Makes what lists people: all of them by one route, those that match by another. */
export function createListing(api: ExampleCrmApi, { toContact, toFilters }: Mapping): Methods<Read> {
  const people = kit.cursorListing<Contact<ExampleCrmRecord>, kit.AdapterListQuery & { text?: string }>({
    maxPageSize: SEARCH.maxPageSize,
    async read({ cursor: after, limit }, { where, text }, { call }) {
      const filters = where.flatMap(toFilters)
      const isSearch = filters.length > 0 || text !== undefined
      const { deleted: archived } = kit.splitDeleted(where)
      const answer = isSearch
        ? await api.json('searchPeople', { json: { filters, text, limit, after } }, call)
        : await api.json('listPeople', { query: { archived, limit: Math.min(limit, 25), after } }, call)
      const { people, next, total } = read.page(answer)
      return { records: people, nextCursor: next ?? undefined, total }
    },
    map: (record, index) => toContact(record, `people.${index}`),
  })
  return {
    planWhere(conditions) {
      const { deleted, rest } = kit.splitDeleted(conditions)
      const ofDeleted = conditions.filter((condition) => !rest.includes(condition))
      // The search does not know those that are archived.
      const known = deleted === 'without' ? rest.filter((condition) => toFilters(condition).length > 0) : []
      const filters = known.slice(0, SEARCH.maxFilters)
      // It compares addresses without regard to case, and so finds more than is meant.
      const exact = filters.length === rest.length && filters.every(({ field }) => field !== 'email')
      if (filters.length === 0) return { pushed: ofDeleted, exact }
      return { pushed: [...ofDeleted, ...filters], exact, complete: false, maxPageSize: SEARCH.maxPageSize }
    },
    list: people.page,
    search: (text, query, context) => people.page({ ...query, where: [], text }, context),
    count: async (where, context) => (await people.page({ where, pageSize: 1 }, context)).total ?? 0,
  }
}
