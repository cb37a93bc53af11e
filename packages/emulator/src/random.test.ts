import { expect, test } from 'vitest'
import { seededRandom } from './random.ts'

test('a seed gives the known sequence of mulberry32', () => {
  const random = seededRandom(1)
  expect([random(), random(), random()]).toEqual([
    0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
  ])
})

test('numbers are in [0, 1) and spread', () => {
  const random = seededRandom(42)
  const numbers = Array.from({ length: 10_000 }, random)
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
  const tenths = new Set(numbers.map((number) => Math.floor(number * 10)))
  expect(tenths.size).toBe(10)
})
