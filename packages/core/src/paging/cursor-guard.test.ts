import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCursorGuard } from './reading.ts'

/** Goes along a chain of cursors with a circle at its end; gives how many were passed before it was noticed. */
function stepsUntilNoticed(tail: number, circle: number): number {
  const pass = createCursorGuard()
  for (let step = 0; ; step++) {
    const position = step < tail ? step : tail + ((step - tail) % circle)
    try {
      pass(`cursor ${position}`)
    } catch {
      return step
    }
  }
}

describe('createCursorGuard', () => {
  it('passes cursors that are all different, many of them', () => {
    const pass = createCursorGuard('start')
    for (let cursor = 0; cursor < 200_000; cursor++) pass(String(cursor))
    expect(() => pass('start')).toThrow('same cursor twice')
  })

  it('notices a circle at once, as long as the listing is not a huge one', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), (tail, circle) => {
        expect(stepsUntilNoticed(tail, circle)).toBe(tail + circle)
      }),
    )
  })

  it.each([
    [15_000, 1],
    [15_000, 2],
    [20_000, 30_000],
    [12_345, 54_321],
  ])('notices a circle far behind the beginning too: after %d cursors, of %d', (tail, circle) => {
    expect(stepsUntilNoticed(tail, circle)).toBeLessThan(4 * (tail + circle))
  })
})
