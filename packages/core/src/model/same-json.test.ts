import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameJson } from './json.ts'

describe('sameJson', () => {
  it('agrees with itself on copies, whatever the order of the keys', () => {
    const reverse = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reverse)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, reverse(member)]),
      )
    }
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (generated) => {
        const text = JSON.stringify(generated)
        fc.pre(!text.includes('__proto__'))
        const value = JSON.parse(text)
        expect(sameJson(value, reverse(value))).toBe(true)
      }),
    )
  })

  it('tells values apart as their texts do', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
        const [left, right] = [JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))]
        if (JSON.stringify(left) !== JSON.stringify(right) && typeof left !== 'object') {
          expect(sameJson(left, right)).toBe(false)
        }
      }),
    )
    expect(sameJson([1, 2], [2, 1])).toBe(false)
    expect(sameJson([1], [1, 2])).toBe(false)
    expect(sameJson([1], { 0: 1 })).toBe(false)
    expect(sameJson({ 0: 1 }, [1])).toBe(false)
    expect(sameJson(JSON.parse('{"__proto__":{}}'), { a: {} })).toBe(false)
    expect(sameJson({ a: 1 }, { b: 1 })).toBe(false)
    expect(sameJson({ a: null }, {})).toBe(false)
    expect(sameJson({}, { a: null })).toBe(false)
    expect(sameJson(null, {})).toBe(false)
    expect(sameJson([null], [])).toBe(false)
    expect(sameJson('1', 1)).toBe(false)
    expect(sameJson(undefined, null)).toBe(false)
    expect(sameJson(undefined, undefined)).toBe(true)
  })
})
