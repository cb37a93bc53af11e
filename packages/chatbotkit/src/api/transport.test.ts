import { describe, expect, it } from 'vitest'
import { flatQuery } from './transport.ts'

describe('flatQuery', () => {
  it('writes members of objects as name.key, at any depth', () => {
    expect(flatQuery({ take: 5, meta: { plan: 'pro', vip: true, address: { city: 'Porto' } } })).toEqual({
      take: 5,
      'meta.plan': 'pro',
      'meta.vip': true,
      'meta.address.city': 'Porto',
    })
  })

  it('leaves out null and undefined', () => {
    expect(flatQuery({ cursor: undefined, order: null, meta: { a: null, b: undefined } })).toEqual({})
  })

  it('numbers the members of an array, as the vendor’s client does', () => {
    expect(flatQuery({ tag: ['a', 'b'] })).toEqual({ 'tag.0': 'a', 'tag.1': 'b' })
  })

  it('refuses what refers to itself, and what is deeper than any query', () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    const levels = (count: number): unknown =>
      Array.from({ length: count }).reduce<unknown>((inner) => ({ a: inner }), 'x')
    expect(Object.keys(flatQuery({ meta: levels(99) }))).toHaveLength(1)
    for (const meta of [circle, levels(101)]) {
      expect(() => flatQuery({ meta })).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    }
  })

  it.each([[new Date(0)], [() => 1], [Symbol('x')], [10n], [['pro', 'team']], [[{}]], [new Map([['a', 1]])]])(
    'refuses what has no form in a query: %o',
    (value) => {
      expect(() => flatQuery({ meta: { since: value } })).toThrow(
        expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining('meta.since') }),
      )
    },
  )
})
