import fc from 'fast-check'
import { expect, test } from 'vitest'
import { worstWindow } from './worst-window.ts'

const RATE = { requests: 50, perMs: 1000 }

test('what comes at the pace is one more than the rate gives, in every window', () => {
  const even = Array.from({ length: 100 }, (_, index) => index * 20)
  expect(worstWindow(even, RATE).above).toBeCloseTo(1)
})

test('a full second just before its end and another just after is found', () => {
  const fixed = [...Array.from({ length: 50 }, () => 990), ...Array.from({ length: 50 }, () => 1010)]
  expect(worstWindow(fixed, RATE)).toEqual({ count: 100, lengthMs: 20, above: 99 })
})

test('no other window is worse', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 30 }), (times) => {
      const sorted = times.sort((one, other) => one - other)
      const all = sorted.flatMap((begin, first) =>
        sorted.slice(first).map((end, count) => count + 1 - (end - begin) / 20),
      )
      expect(worstWindow(sorted, RATE).above).toBeCloseTo(Math.max(...all))
    }),
  )
})
