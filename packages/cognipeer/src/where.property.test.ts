import type { Condition, JsonValue, Where } from '@anycontact/core'
import { compileConditions } from '@anycontact/core/adapter-kit'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capabilities } from './capabilities.ts'
import { planWhere } from './listing.ts'
import { toContact } from './mapping.ts'
import { setup } from './testing/setup.ts'

// Few values, so that they meet.
const word = fc.constantFrom('', 'a', 'b', 'A', 'true', '1')
const scalar = fc.oneof(word, fc.constantFrom<JsonValue>(0, 1, true, false, null))
const json: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  fc.array(scalar, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('0', 'a'), scalar, { maxKeys: 2 }),
  fc.array(fc.dictionary(fc.constantFrom('0', 'a'), scalar, { maxKeys: 2 }), { maxLength: 2 }),
)
const text = fc.oneof(word, fc.constant(null))
const key = fc.constantFrom('a', 'b', '0', 'x y', 'é')
const record = fc.record(
  {
    email: text,
    integrationId: text,
    name: text,
    phone: text,
    status: text,
    tags: fc.oneof(fc.array(word, { maxLength: 2 }), fc.constant(null)),
    deleted: fc.constantFrom(true, false, null),
    properties: fc.oneof(fc.dictionary(key, json, { maxKeys: 3 }), fc.constant(null)),
  },
  { requiredKeys: [] },
)

const textField = fc.constantFrom('externalId', 'name', 'email', 'phone', 'status')
const id = fc.constantFrom('c1', 'c2', 'c9', '')
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: fc.constant('id'), operator: fc.constantFrom('eq' as const, 'ne' as const), value: id }),
  fc.record({
    field: fc.constant('id'),
    operator: fc.constant('in' as const),
    value: fc.array(id, { maxLength: 3 }),
  }),
  fc.record({ field: textField, operator: fc.constantFrom('eq' as const, 'ne' as const), value: word }),
  fc.record({
    field: fc.oneof(textField, fc.constant('tags')),
    operator: fc.constant('in' as const),
    value: fc.array(text, { maxLength: 3 }),
  }),
  fc.record({
    field: fc.oneof(
      textField,
      fc.constant('tags'),
      key.map((name) => `customFields.${name}`),
    ),
    operator: fc.constant('exists' as const),
    value: fc.boolean(),
  }),
  fc.record({
    field: fc.constant('tags'),
    operator: fc.constantFrom('eq' as const, 'ne' as const),
    value: word,
  }),
  fc.record({
    field: fc.constant('deleted'),
    operator: fc.constantFrom('eq' as const, 'ne' as const),
    value: fc.boolean(),
  }),
  fc.record({
    field: fc.constant('deleted'),
    operator: fc.constant('in' as const),
    value: fc.array(fc.constantFrom(true, false, null), { maxLength: 3 }),
  }),
  fc.record({
    field: fc.oneof(key, fc.constantFrom('a.0', 'a.b', '$a')).map((name) => `customFields.${name}`),
    operator: fc.constantFrom('eq' as const, 'ne' as const),
    value: scalar.filter((value) => value !== null) as fc.Arbitrary<string>, // or a number or a boolean, which fit as well
  }),
  fc.record({
    field: key.map((name) => `customFields.${name}`),
    operator: fc.constant('in' as const),
    value: fc.array(scalar as fc.Arbitrary<string>, { maxLength: 3 }), // likewise
  }),
)

/** The filter of the first listing that was asked for. */
const filterOf = (vendor: ReturnType<typeof setup>['vendor']): Readonly<Record<string, unknown>> =>
  Object(vendor.requests[0]?.json).filter

const asWhere = (conditions: readonly Condition[]): Where => {
  const where: Record<string, Record<string, unknown>> = {}
  for (const { field, operator, value } of conditions) where[field] = { ...where[field], [operator]: value }
  return where as Where // each is one of the conditions above
}

/** A `where` says each operator of a field once. */
const unlike = (conditions: readonly Condition[]): Condition[] => [
  ...new Map(conditions.map((asked) => [`${asked.field} ${asked.operator}`, asked])).values(),
]

it('the server answers every contact that is meant, and only those where that is said to be exact', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 8 }),
      fc.array(condition, { minLength: 1, maxLength: 3 }).map(unlike),
      async (records, conditions) => {
        const { contacts, vendor } = setup({}, { operators: 'documented' })
        const meant = vendor
          .seed(records.map((each, n) => ({ ...each, _id: `c${n + 1}` })))
          .map((each) => toContact(each))
          .filter(compileConditions(conditions))
          .map(({ id }) => id)
        const { pushed, exact } = planWhere(conditions)
        const where = asWhere(conditions)
        const speaksOfDeleted = conditions.some(({ field }) => field === 'deleted')
        const query = { where, ...(!speaksOfDeleted && { includeDeleted: true }) }
        const listed = (await contacts.list(query)).items.map(({ id }) => id)
        expect(listed).toEqual(meant)
        expect(await contacts.count(query)).toBe(meant.length)

        const { data } = await contacts.api.contacts.list({ limit: 100, filter: filterOf(vendor) })
        const answered = data.map(({ _id }) => _id)
        if (exact) expect(answered).toEqual(meant)
        else expect(answered).toEqual(expect.arrayContaining(meant))
        for (const each of pushed) expect(conditions).toContain(each)
      },
    ),
    { numRuns: 1500 },
  )
})

it('every kind of condition that is declared is pushed, some of the time, and no other', () => {
  const seen = new Set<string>()
  for (const asked of fc.sample(condition, { numRuns: 3000, seed: 1 })) {
    const kind = asked.field.startsWith('customFields.') ? 'customFields.*' : asked.field
    if (planWhere([asked]).pushed.length > 0) seen.add(`${kind} ${asked.operator}`)
  }
  const declared = Object.entries(capabilities.list.where).flatMap(([field, operators]) =>
    operators.map((operator) => `${field} ${operator}`),
  )
  expect([...seen].sort()).toEqual(declared.sort())
})

describe('what is asked of the server', () => {
  const notDeleted = { deleted: { $ne: true } }

  it.each([
    [{}, notDeleted],
    [{ status: 'active' }, { status: 'active', ...notDeleted }],
    [{ status: { ne: 'off' } }, { status: { $ne: 'off' }, ...notDeleted }],
    [
      { email: { in: ['a@ex.org', 'b@ex.org'] } },
      { email: { $in: ['a@ex.org', 'b@ex.org'] }, ...notDeleted },
    ],
    [{ email: { in: ['a@ex.org', ''] } }, { email: 'a@ex.org', ...notDeleted }],
    [{ externalId: 'crm-7' }, { integrationId: 'crm-7', ...notDeleted }],
    [{ id: 'c1' }, { _id: 'c1', ...notDeleted }],
    [{ tags: 'vip' }, { tags: { $in: ['vip'] }, ...notDeleted }],
    [{ tags: { in: ['vip', 'tech'] } }, { tags: { $in: ['vip', 'tech'] }, ...notDeleted }],
    [{ tags: { exists: true } }, { tags: { $exists: true }, ...notDeleted }],
    [{ email: { exists: true } }, { email: { $exists: true }, ...notDeleted }],
    [{ customFields: { plan: 'pro' } }, { 'properties.plan': 'pro', ...notDeleted }],
    [
      { customFields: { plan: { in: ['pro', 1] } } },
      { 'properties.plan': { $in: ['pro', 1] }, ...notDeleted },
    ],
    [{ customFields: { plan: { exists: true } } }, { 'properties.plan': { $exists: true }, ...notDeleted }],
    [{ deleted: true }, { deleted: true }],
    [{ deleted: false }, notDeleted],
    // Of several conditions on one field the narrowest is asked.
    [{ name: { ne: 'b', in: ['a', 'b'] } }, { name: { $in: ['a', 'b'] }, ...notDeleted }],
    [{ tags: { in: ['a', 'b'], eq: 'c' } }, { tags: { $in: ['c'] }, ...notDeleted }],
    // The rest is applied here.
    [{ email: { exists: false } }, notDeleted],
    [{ email: { in: ['a@ex.org', null] } }, notDeleted],
    [{ name: '' }, notDeleted],
    [{ name: { ne: '' } }, notDeleted],
    [{ createdAt: { gte: '2026-01-01T00:00:00Z' } }, notDeleted],
    [{ customFields: { plan: null } }, notDeleted],
    [{ customFields: { plan: { ne: 'pro' } } }, notDeleted],
    [{ customFields: { 'address.city': 'Porto' } }, notDeleted],
    [{ id: { ne: 'c1' } }, notDeleted],
  ])('where %j', async (where, filter) => {
    const { contacts, vendor } = setup()
    await contacts.list({ where })
    expect(filterOf(vendor)).toEqual(filter)
  })

  it.each([
    [{ status: 'active' }, true],
    [{ tags: { in: ['vip'] }, name: { ne: 'x' } }, true],
    [{ deleted: true }, true],
    [{ customFields: { plan: 'pro' } }, false],
    [{ email: { exists: true } }, false],
    [{ name: { in: ['a', 'b'], ne: 'b' } }, false],
    [{ status: 'active', createdAt: { gte: '2026-01-01T00:00:00Z' } }, false],
  ])('where %j is counted there: %s', async (where, isExact) => {
    const { contacts, vendor } = setup()
    vendor.seed([{ name: 'a', status: 'active' }, { name: 'b' }])
    await contacts.count({ where })
    expect(Object(vendor.requests[0]?.json).limit).toBe(isExact ? 1 : 100)
    expect((await contacts.list({ where })).total !== undefined).toBe(isExact)
  })

  it('includeDeleted speaks of deleted, for servers that hide what a filter does not speak of', async () => {
    for (const deletedInList of ['listed', 'hidden'] as const) {
      const { contacts, vendor } = setup({}, { deletedInList })
      vendor.seed([{ name: 'a', deleted: true }, { name: 'b' }, { name: 'c', deleted: false }])
      const names = async (query: object) =>
        (await contacts.list(query)).items.map(({ name }) => name).join('')
      expect(await names({ includeDeleted: true })).toBe('abc')
      expect(await names({})).toBe('bc')
      expect(await names({ where: { deleted: true } })).toBe('a')
      const { total } = await contacts.list({ includeDeleted: true })
      expect([total, await contacts.count(), await contacts.count({ includeDeleted: true })]).toEqual([
        3, 2, 3,
      ])
    }
  })
})
