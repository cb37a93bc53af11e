import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitPage } from './fit-page.ts'

describe('the page that fits a part of a listing', () => {
  it.each([
    // The whole part, from a larger page where it must be.
    [9, 11, 50, { limit: 20, size: 11 }],
    [29, 11, 50, { limit: 14, size: 11 }],
    // As much as can be, from pages of the largest size at most.
    [99, 100, 100, { limit: 99, size: 99 }],
    [197, 100, 100, { limit: 98, size: 97 }],
    [0, 2, 50, { limit: 5, size: 2 }],
  ])('after %i, of %i, in pages of %i at most', (skip, size, most, expected) => {
    expect(fitPage(skip, size, most)).toEqual(expected)
  })

  it('has the place, no more than is wanted, and as much of it as any page has', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 100_000 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        (skip, size, most) => {
          const fit = fitPage(skip, size, most)
          expect(fit.limit).toBeGreaterThanOrEqual(1)
          expect(fit.limit).toBeLessThanOrEqual(most)
          const sizes = Array.from({ length: most }, (_, at) => Math.min(at + 1 - (skip % (at + 1)), size))
          expect(fit.size).toBe(sizes[fit.limit - 1])
          expect(fit.size).toBe(Math.max(...sizes))
        },
      ),
    )
  })
})
