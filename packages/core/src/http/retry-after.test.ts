import { describe, expect, test } from 'vitest'
import { parseReset, parseRetryAfter, requestedWait } from './retry-after.ts'

const now = Date.UTC(2026, 0, 1, 12, 0, 0)

describe('parseRetryAfter', () => {
  test.each([
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7000],
    ['1.5', 1500],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['Thursday, 01-Jan-26 12:00:30 GMT', 30_000],
    ['Thu Jan  1 12:00:30 2026', 30_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
  ])('%j is %d ms', (value, ms) => {
    expect(parseRetryAfter(value, now)).toBe(ms)
  })

  test.each([null, '', 'soon', '-5', '1e3', '5, 5', '2026-01-01', 'Thu, nonsense'])(
    '%j is nothing',
    (value) => {
      expect(parseRetryAfter(value, now)).toBeUndefined()
    },
  )
})

describe('parseReset', () => {
  test.each([
    ['30', 30_000],
    ['0', 0],
    [String(now / 1000 + 45), 45_000],
    [String(now + 45_000), 45_000],
    [String(now / 1000 - 45), 0],
  ])('%j is %d ms', (value, ms) => {
    expect(parseReset(value, now)).toBe(ms)
  })

  test.each([null, '', '-1', 'soon'])('%j is nothing', (value) => {
    expect(parseReset(value, now)).toBeUndefined()
  })
})

test('Retry-After comes before reset headers, and those in their order', () => {
  const names = ['x-reset', 'x-ratelimit-reset']
  expect(requestedWait(new Headers({ 'retry-after': '1', 'x-reset': '2' }), names, now)).toBe(1000)
  expect(requestedWait(new Headers({ 'x-ratelimit-reset': '3', 'x-reset': 'bad' }), names, now)).toBe(3000)
  expect(requestedWait(new Headers(), names, now)).toBeUndefined()
})
