import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadOf } from './statistics.ts'

describe('spreadOf', () => {
  it('takes the middle one of an odd number, and the mean of the middle two of an even one', () => {
    expect(spreadOf([10, 9, 1])).toEqual({ median: 9, least: 1, most: 10 })
    expect(spreadOf([4, 1, 2, 100])).toEqual({ median: 3, least: 1, most: 100 })
    expect(spreadOf([7])).toEqual({ median: 7, least: 7, most: 7 })
  })

  it('has as many below the median as above it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const { median, least, most } = spreadOf(values)
        expect(values.filter((value) => value < median).length).toBeLessThanOrEqual(values.length / 2)
        expect(values.filter((value) => value > median).length).toBeLessThanOrEqual(values.length / 2)
        expect([least, most]).toEqual([Math.min(...values), Math.max(...values)])
      }),
    )
  })

  it('has none of nothing', () => {
    expect(() => spreadOf([])).toThrow(RangeError)
  })
})
