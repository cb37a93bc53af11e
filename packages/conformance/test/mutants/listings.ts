import type { Contact } from '@anycontact/core'
import { page, type TinyAdapter } from '../tiny-adapter.ts'

import { adapter, listing, type Mutant } from './mutant.ts'

/** Listing. */
export const listingsMutants: readonly Mutant[] = [
  listing(
    'a filter is not applied',
    /where name/,
    /^count\(.*which is exact|total of list/,
    (query, honest) => honest({ ...query, where: query.where.filter(({ field }) => field !== 'name') }),
  ),
  adapter('a filter does not mind case', /where name/, /the provider filtered by/, (_honest, store) => ({
    list: async (query) => {
      const { where } = query
      const lower = (text: unknown): string => String(text).toLowerCase()
      const keep = (contact: Contact): boolean =>
        where.every(({ field, operator, value }) =>
          field === 'name' && operator === 'eq' ? lower(contact.name) === lower(value) : true,
        )
      return page(store, query, keep)
    },
  })),
  adapter(
    'a filter compares custom fields as text',
    /where customFields/,
    /the provider filtered by/,
    (_honest, store) => ({
      list: async (query) =>
        page(store, query, (contact) =>
          query.where.every(
            ({ field, value }) =>
              String(contact.customFields[field.slice('customFields.'.length)]) === String(value),
          ),
        ),
    }),
  ),
  listing('gte is taken for gt', /where createdAt/, /gte/, (query, honest) =>
    honest({
      ...query,
      where: query.where.map((condition) =>
        condition.operator === 'gte' ? { ...condition, operator: 'gt' } : condition,
      ),
    }),
  ),
  listing('in looks at its first value only', /where email/, /"in"/, (query, honest) =>
    honest({
      ...query,
      where: query.where.map((condition) =>
        Array.isArray(condition.value) ? { ...condition, value: condition.value.slice(0, 1) } : condition,
      ),
    }),
  ),
  listing('conditions are taken for alternatives', /several conditions/, /total of list/, (query, honest) =>
    honest({ ...query, where: query.where.slice(0, 1) }),
  ),
  listing(
    'a contact is on two pages',
    /list reaches every contact once/,
    /twice|expected/,
    async (query, honest) => {
      const answer = await honest(query)
      const before =
        query.cursor === undefined ? undefined : (await honest({ ...query, cursor: undefined })).items[0]
      return before ? { ...answer, items: [before, ...answer.items].slice(0, query.pageSize ?? 3) } : answer
    },
  ),
  listing(
    'a contact is passed over between pages',
    /list reaches every contact once/,
    /expected|not listed/,
    async (query, honest) => {
      const answer = await honest(query)
      return query.cursor === undefined || query.pageSize !== 2
        ? answer
        : { ...answer, items: answer.items.slice(1) }
    },
  ),
  listing(
    'a page is longer than it may be',
    /list reaches every contact once/,
    /a page has/,
    (query, honest) => honest({ ...query, pageSize: (query.pageSize ?? 3) + 1 }),
  ),
  adapter('the cursor is an offset', /come and go/, /passed over/, (honest) => ({
    list: async (query, context) => {
      const start = Number(query.cursor ?? 0)
      const items: Contact<never>[] = []
      for (let cursor: string | undefined, more = true; more; ) {
        const answer = await honest.list({ ...query, cursor }, context)
        items.push(...(answer.items as Contact<never>[]))
        cursor = answer.nextCursor
        more = cursor !== undefined
      }
      const end = start + (query.pageSize ?? 3)
      return {
        items: items.slice(start, end),
        total: items.length,
        ...(end < items.length && { nextCursor: String(end) }),
      }
    },
  })),
  listing('total counts the page', /total is told/, /total of list/, async (query, honest) => {
    const answer = await honest(query)
    return { ...answer, total: answer.items.length }
  }),
  listing('total is declared and not told', /total is told/, /total of list/, async (query, honest) => ({
    ...(await honest(query)),
    total: undefined,
  })),
  listing('desc is taken for asc', /orderBy name/, /orderBy name desc/, (query, honest) =>
    honest({ ...query, ...(query.orderBy && { orderBy: { ...query.orderBy, direction: 'asc' } }) }),
  ),
  listing(
    'the order is not kept',
    /orderBy name/,
    /orderBy name asc/,
    ({ orderBy: _order, ...query }, honest) => honest(query),
  ),
  adapter(
    'an order is declared that the provider has not',
    /orderBy phone/,
    /orderBy phone asc/,
    ({ capabilities }) => ({
      capabilities: {
        ...capabilities,
        list: { ...capabilities.list, orderBy: ['phone'] },
      } as TinyAdapter['capabilities'],
    }),
  ),
]
