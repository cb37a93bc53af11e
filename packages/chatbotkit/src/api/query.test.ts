import { describe, expect, it } from 'vitest'
import { flattenQuery, queryOf } from './query.ts'

describe('flattenQuery', () => {
  it('writes members of objects as name.key, at any depth', () => {
    expect(flattenQuery({ take: 5, meta: { plan: 'pro', vip: true, address: { city: 'Porto' } } })).toEqual({
      take: 5,
      'meta.plan': 'pro',
      'meta.vip': true,
      'meta.address.city': 'Porto',
    })
  })

  it('leaves out null and undefined', () => {
    expect(flattenQuery({ cursor: undefined, order: null, meta: { a: null, b: undefined } })).toEqual({})
  })

  it('repeats the name for an array', () => {
    expect(flattenQuery({ tag: ['a', 'b'], meta: { plan: ['pro', 'team'] } })).toEqual({
      tag: ['a', 'b'],
      'meta.plan': ['pro', 'team'],
    })
  })

  it.each([[new Date(0)], [() => 1], [Symbol('x')], [10n], [[{}]], [new Map([['a', 1]])]])(
    'refuses what has no form in a query: %o',
    (value) => {
      expect(() => flattenQuery({ meta: { since: value } })).toThrow(
        expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining('meta.since') }),
      )
    },
  )
})

describe('queryOf', () => {
  it('is the query of a listing', () => {
    expect(queryOf({ take: 2, order: 'asc', meta: { segment: 'premium' } })).toEqual({
      take: 2,
      order: 'asc',
      'meta.segment': 'premium',
    })
    expect(queryOf(undefined)).toEqual({})
  })
})
