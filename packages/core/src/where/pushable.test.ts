import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition, WhereOperator } from '../model/query.ts'
import { type FilterCapability, pushable } from './pushable.ts'
import { condition } from './testing/arbitraries.ts'

const operators = fc.uniqueArray(
  fc.constantFrom<WhereOperator>('eq', 'ne', 'in', 'exists', 'gt', 'gte', 'lt', 'lte'),
)
const capability: fc.Arbitrary<FilterCapability> = fc.dictionary(
  fc.constantFrom('id', 'email', 'tags', 'deleted', 'createdAt', 'customFields.*', 'customFields.plan'),
  operators,
)

const plan: Condition = { field: 'customFields.plan', operator: 'eq', value: 'pro' }
const city: Condition = { field: 'customFields.address.city', operator: 'eq', value: 'Porto' }
const email: Condition = { field: 'email', operator: 'in', value: ['a@b'] }

describe('pushable', () => {
  it('holds for declared conditions only, and for every one of them', () => {
    fc.assert(
      fc.property(condition, capability, (one, declared) => {
        const wildcard = one.field.startsWith('customFields.') ? declared['customFields.*'] : undefined
        const own = Object.hasOwn(declared, one.field) ? declared[one.field] : undefined
        expect(pushable(one, declared)).toBe([...(own ?? []), ...(wildcard ?? [])].includes(one.operator))
      }),
    )
  })

  it('holds for nothing where the provider filters nothing, whatever members every object has', () => {
    for (const one of [plan, email, { ...plan, field: 'constructor' }]) expect(pushable(one, {})).toBe(false)
  })

  it('reads customFields.* as every path in the custom fields', () => {
    const declared = { 'customFields.*': ['eq'], email: ['eq', 'in'] } as const
    expect([plan, city, email].map((one) => pushable(one, declared))).toEqual([true, true, true])
    expect(pushable({ ...plan, operator: 'ne' }, declared)).toBe(false)
    expect(pushable({ field: 'name', operator: 'eq', value: 'Ana' }, declared)).toBe(false)
  })

  it('reads a single path as that path only', () => {
    const declared = { 'customFields.plan': ['eq'] } as const
    expect([plan, city].map((one) => pushable(one, declared))).toEqual([true, false])
  })
})
