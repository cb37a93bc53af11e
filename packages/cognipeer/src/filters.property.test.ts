import { type Condition, compileConditions, type JsonValue } from '@anycontact/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capabilities } from './capabilities.ts'
import { canFilter, toFilter } from './filters.ts'
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
const condition: fc.Arbitrary<Condition> = fc.oneof(
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
    value: scalar.filter((value) => value !== null) as fc.Arbitrary<string>,
  }),
  fc.record({
    field: key.map((name) => `customFields.${name}`),
    operator: fc.constant('in' as const),
    value: fc.array(scalar as fc.Arbitrary<string>, { maxLength: 3 }),
  }),
)

const declared = (field: string): readonly string[] =>
  Reflect.get(capabilities.list.where, field.startsWith('customFields.') ? 'customFields.*' : field) ?? []

/** Whether the server gets the condition, as the client decides it. */
const isPushed = (asked: Condition): boolean =>
  declared(asked.field).includes(asked.operator) && canFilter(asked)

it('what is pushed down means at the server what it means here, alone and together', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 8 }),
      fc.array(condition, { minLength: 1, maxLength: 3 }),
      async (records, conditions) => {
        // A `where` says each operator of a field once.
        const said = new Map(conditions.map((asked) => [`${asked.field} ${asked.operator}`, asked]))
        const pushed = [...said.values()].filter(isPushed)
        fc.pre(pushed.length > 0)
        const isBoth = said.has('tags eq') && said.has('tags in')
        const { contacts, vendor } = setup({}, { operators: isBoth ? 'many' : 'documented' })
        const stored = vendor.seed(records)
        const expected = stored.map((each) => toContact(each)).filter(compileConditions(pushed))
        const { data } = await contacts.api.contacts.list({ limit: 100, filter: toFilter(pushed) })
        expect(data.map(({ _id }) => _id)).toEqual(expected.map(({ id }) => id))
      },
    ),
    { numRuns: 1500 },
  )
})

it('nearly every kind of condition is pushed down, some of the time', () => {
  const seen = new Set<string>()
  for (const asked of fc.sample(condition, { numRuns: 3000, seed: 1 })) {
    const kind = asked.field.startsWith('customFields.') ? 'customFields' : asked.field
    if (isPushed(asked)) seen.add(`${kind} ${asked.operator}`)
  }
  for (const field of ['externalId', 'name', 'email', 'phone', 'status', 'tags']) {
    for (const operator of ['eq', 'ne', 'in', 'exists']) expect(seen).toContain(`${field} ${operator}`)
  }
  for (const operator of ['eq', 'in', 'exists']) expect(seen).toContain(`customFields ${operator}`)
  for (const operator of ['eq', 'ne', 'in']) expect(seen).toContain(`deleted ${operator}`)
  expect(seen).not.toContain('customFields ne')
})

describe('what is asked of the server', () => {
  const filterOf = async (where: object): Promise<unknown> => {
    const { contacts, vendor } = setup()
    await contacts.list({ where })
    return Object(vendor.requests[0]?.json).filter
  }
  const notDeleted = { deleted: { $ne: true } }

  it.each([
    [{}, notDeleted],
    [{ status: 'active' }, { status: 'active', ...notDeleted }],
    [{ status: { ne: 'off' } }, { status: { $ne: 'off' }, ...notDeleted }],
    [
      { email: { in: ['a@ex.org', 'b@ex.org'] } },
      { email: { $in: ['a@ex.org', 'b@ex.org'] }, ...notDeleted },
    ],
    [{ email: { exists: false } }, { email: { $in: [null, ''] }, ...notDeleted }],
    [{ externalId: 'crm-7' }, { integrationId: 'crm-7', ...notDeleted }],
    [{ id: 'c1' }, { _id: 'c1', ...notDeleted }],
    [{ tags: { in: ['vip', 'tech'] } }, { tags: { $in: ['vip', 'tech'] }, ...notDeleted }],
    [{ tags: { exists: true } }, { 'tags.0': { $exists: true }, ...notDeleted }],
    [{ name: { in: ['a', 'b'], ne: 'b' } }, { name: { $in: ['a', 'b'], $ne: 'b' }, ...notDeleted }],
    [
      { customFields: { plan: 'pro' } },
      { 'properties.plan': 'pro', 'properties.plan.0': { $exists: false }, ...notDeleted },
    ],
    [
      { customFields: { plan: null } },
      { 'properties.plan': null, 'properties.plan.0': { $exists: false }, ...notDeleted },
    ],
    [{ deleted: true }, { deleted: true }],
    [{ deleted: false }, notDeleted],
    // The rest is applied here.
    [{ email: { exists: true } }, notDeleted],
    [{ name: '' }, notDeleted],
    [{ createdAt: { gte: '2026-01-01T00:00:00Z' } }, notDeleted],
    [{ customFields: { plan: { ne: 'pro' } } }, notDeleted],
    [{ customFields: { plan: { exists: true } } }, notDeleted],
    [{ customFields: { 'address.city': 'Porto' } }, notDeleted],
    [{ id: { ne: 'c1' } }, notDeleted],
  ])('where %j', async (where, filter) => {
    expect(await filterOf(where)).toEqual(filter)
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
