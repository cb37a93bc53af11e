import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition, WhereOperator } from '../model/query.ts'
import { compileConditions } from './evaluate.ts'
import { type FilterCapability, splitConditions } from './split.ts'
import { condition, contact } from './testing/arbitraries.ts'

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

describe('splitConditions', () => {
  it('keeps the answer: both parts together let the same contacts pass as the whole', () => {
    fc.assert(
      fc.property(
        fc.array(condition, { maxLength: 4 }),
        fc.option(capability, { nil: undefined }),
        fc.func(fc.boolean()),
        fc.array(contact, { minLength: 1, maxLength: 5 }),
        (conditions, declared, canPush, contacts) => {
          const { pushed, residual } = splitConditions(conditions, declared, canPush)
          const whole = contacts.filter(compileConditions(conditions))
          expect(contacts.filter(compileConditions(pushed)).filter(compileConditions(residual))).toEqual(
            whole,
          )
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('puts each condition into exactly one part, in order, and pushes declared ones only', () => {
    fc.assert(
      fc.property(fc.array(condition), capability, (conditions, declared) => {
        const { pushed, residual } = splitConditions(conditions, declared)
        expect(pushed).toEqual(conditions.filter((one) => pushed.includes(one)))
        expect(residual).toEqual(conditions.filter((one) => !pushed.includes(one)))
        for (const { field, operator } of pushed) {
          const wildcard = field.startsWith('customFields.') ? declared['customFields.*'] : undefined
          expect([...(declared[field] ?? []), ...(wildcard ?? [])]).toContain(operator)
        }
      }),
    )
  })

  it('pushes nothing to a provider that filters nothing', () => {
    expect(splitConditions([plan, email], undefined)).toEqual({ pushed: [], residual: [plan, email] })
    expect(splitConditions([plan, email], {})).toEqual({ pushed: [], residual: [plan, email] })
  })

  it('reads customFields.* as every path in the custom fields', () => {
    const declared = { 'customFields.*': ['eq'], email: ['eq', 'in'] } as const
    expect(splitConditions([plan, city, email], declared)).toEqual({
      pushed: [plan, city, email],
      residual: [],
    })
    expect(splitConditions([{ ...plan, operator: 'ne' }], declared).pushed).toEqual([])
    expect(splitConditions([{ field: 'name', operator: 'eq', value: 'Ana' }], declared).pushed).toEqual([])
  })

  it('reads a single path as that path only', () => {
    const declared = { 'customFields.plan': ['eq'] } as const
    expect(splitConditions([plan, city], declared)).toEqual({ pushed: [plan], residual: [city] })
  })

  it('keeps back what canPush refuses, and asks about declared conditions only', () => {
    const asked: Condition[] = []
    const split = splitConditions([plan, city, email], { 'customFields.*': ['eq'] }, (one) => {
      asked.push(one)
      return one !== city
    })
    expect(split).toEqual({ pushed: [plan], residual: [city, email] })
    expect(asked).toEqual([plan, city])
  })
})
