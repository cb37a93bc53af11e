import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { defineAdapter } from '../adapter/define-adapter.ts'
import type { AdapterListQuery, AdapterPlanQuery, FilterPlan } from '../adapter/pages.ts'
import type { Contact } from '../model/contact.ts'
import type { Condition, Where } from '../model/query.ts'
import { compileConditions } from '../where/evaluate.ts'
import { parseWhere } from '../where/parse.ts'
import { condition, contact } from '../where/testing/arbitraries.ts'
import { createContacts } from './create-contacts.ts'

interface Provider {
  readonly contacts: readonly Contact[]
  readonly plan: (conditions: readonly Condition[], query: AdapterPlanQuery) => FilterPlan
  /** Whether it gives a contact beside those that meet what was pushed. */
  readonly givesToo?: (contact: Contact) => boolean
  readonly pageSize?: number
}

/** A client of a provider that plans its queries, and counts what it gives. */
function planning({ contacts, plan, givesToo = () => false, pageSize = 2 }: Provider) {
  const asked: AdapterListQuery[] = []
  const countMatching = vi.fn(async (where: readonly Condition[]) => matching(where).length)
  const matching = (where: readonly Condition[]): Contact[] => {
    const meets = compileConditions(where)
    return contacts.filter((one) => meets(one) || givesToo(one))
  }
  const list = {
    mode: 'native',
    pagination: 'cursor',
    maxPageSize: 100,
    complete: true,
    total: true,
    where: {},
    orderBy: ['name'],
  } as const
  const adapter = defineAdapter({
    specVersion: 1,
    provider: 'planning',
    capabilities: { list, count: { mode: 'native' }, search: { mode: 'emulated' } },
    api: undefined,
    planWhere: plan,
    async list(query: AdapterListQuery) {
      asked.push(query)
      const all = matching(query.where)
      const start = Number(query.cursor ?? 0)
      const end = start + (query.pageSize ?? pageSize)
      return {
        items: all.slice(start, end),
        total: all.length,
        nextCursor: end < all.length ? String(end) : undefined,
      }
    },
    count: countMatching,
  })
  return { contacts: createContacts(adapter), asked, countMatching }
}

const people: readonly Contact[] = ['Ana', 'Bob', 'Ana', 'Cy', 'Ana'].map((name, at) => ({
  provider: 'planning',
  id: `c${at}`,
  name,
  status: at % 2 === 0 ? 'active' : 'gone',
  contactMethods: [],
  customFields: {},
  raw: undefined,
}))

describe('a listing', () => {
  it('is the same whatever the provider filters by, and whatever it gives beside', async () => {
    const conditions = fc.uniqueArray(condition, {
      maxLength: 3,
      selector: ({ field, operator }) => `${field} ${operator}`,
    })
    const contacts = fc.array(contact, { maxLength: 8 })
    const isPushed = fc.func(fc.boolean())
    const givesToo = fc.func(fc.boolean())
    await fc.assert(
      fc.asyncProperty(conditions, contacts, isPushed, givesToo, async (wanted, made, pushes, gives) => {
        const all = made.map((one, at) => ({ ...one, id: `${one.id}#${at}` }))
        const where = toWhere(wanted)
        const expected = all.filter(compileConditions(parseWhere(where)))
        const { contacts: client, asked } = planning({
          contacts: all,
          plan: (planned) => ({ pushed: planned.filter(({ field }) => pushes(field)), exact: false }),
          givesToo: ({ id }) => gives(id),
        })
        expect(await client.list({ where }).toArray()).toEqual(expected)
        expect((await client.list({ where, pageSize: 100 })).items).toEqual(expected)
        expect(await client.count({ where })).toBe(expected.length)
        for (const query of asked) expect(query.where.every(({ field }) => pushes(field))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

/** A `where` of conditions, of which no two are of one field and operator. */
function toWhere(conditions: readonly Condition[]): Where {
  const where: Record<string, Record<string, unknown>> = {}
  for (const { field, operator, value } of conditions) where[field] = { ...where[field], [operator]: value }
  return where as Where // the fields and operators are those of conditions
}

describe('the plan of a provider', () => {
  const where = { name: 'Ana', status: 'active' }
  const byName = (conditions: readonly Condition[]): readonly Condition[] =>
    conditions.filter(({ field }) => field === 'name')

  it('is asked for once a listing, with the whole query', async () => {
    const plan = vi.fn((conditions: readonly Condition[]) => ({ pushed: byName(conditions), exact: false }))
    const { contacts, asked } = planning({ contacts: people, plan })
    const found = await contacts.list({ where, orderBy: { field: 'name' } }).toArray()
    expect(found.map(({ id }) => id)).toEqual(['c0', 'c2', 'c4'])
    expect(plan.mock.calls).toEqual([
      [
        [
          { field: 'name', operator: 'eq', value: 'Ana' },
          { field: 'status', operator: 'eq', value: 'active' },
        ],
        { orderBy: { field: 'name', direction: 'asc' } },
      ],
    ])
    expect(asked.map((query) => query.where)).toEqual(
      asked.map(() => [expect.objectContaining({ value: 'Ana' })]),
    )
  })

  it('may push other conditions than those of the query', async () => {
    const broader: Condition = { field: 'name', operator: 'in', value: ['Ana', 'Bob'] }
    const { contacts, asked } = planning({
      contacts: people,
      plan: () => ({ pushed: [broader], exact: false }),
    })
    expect(await contacts.list({ where: { name: 'Bob' } }).toArray()).toHaveLength(1)
    expect(asked[0]?.where).toEqual([broader])
    expect(contacts.explain({ where: { name: 'Bob' } })).toMatchObject({
      pushedDown: [broader],
      evaluatedHere: [{ field: 'name', operator: 'eq', value: 'Bob' }],
      exact: false,
    })
  })

  it('has the totals and counts of the provider taken only where it is exact', async () => {
    for (const exact of [true, false]) {
      const { contacts, countMatching, asked } = planning({
        contacts: people,
        plan: (conditions) => ({ pushed: exact ? conditions : byName(conditions), exact }),
      })
      const query = { where: { name: 'Ana', status: 'active' } }
      expect((await contacts.list(query)).total).toBe(exact ? 3 : undefined)
      expect(contacts.explain(query)).toMatchObject({ exact, total: exact })
      asked.length = 0
      expect(await contacts.count(query)).toBe(3)
      expect(countMatching).toHaveBeenCalledTimes(exact ? 1 : 0)
      expect(asked).toHaveLength(exact ? 0 : 2)
    }
  })

  it('is looked over again here even where it calls itself exact', async () => {
    const { contacts } = planning({
      contacts: people,
      plan: (conditions) => ({ pushed: conditions, exact: true }),
      givesToo: ({ id }) => id === 'c1',
    })
    const found = await contacts.list({ where: { name: 'Ana' } }).toArray()
    expect(found.map(({ id }) => id)).toEqual(['c0', 'c2', 'c4'])
  })

  it('says how large pages are, and whether a listing tells its total and reaches everyone', async () => {
    const { contacts, asked } = planning({
      contacts: people,
      plan: (conditions) => ({
        pushed: conditions,
        exact: true,
        maxPageSize: 3,
        complete: false,
        total: false,
      }),
    })
    const page = await contacts.list({ pageSize: 50 })
    expect(asked[0]?.pageSize).toBe(3)
    expect(page.total).toBeUndefined()
    expect(contacts.explain()).toMatchObject({ complete: false, total: false, exact: true })
  })

  it('says nothing about what was left open: that is as the capabilities say', async () => {
    const { contacts, asked } = planning({ contacts: people, plan: () => ({ pushed: [], exact: true }) })
    expect((await contacts.list({ pageSize: 500 })).total).toBe(5)
    expect(asked[0]?.pageSize).toBe(100)
    expect(contacts.explain()).toMatchObject({ complete: true, total: true })
  })
})
