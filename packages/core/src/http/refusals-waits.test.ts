import { describe, expect, test } from 'vitest'
import { requestedWait } from './headers.ts'

const now = Date.UTC(2026, 0, 1, 12, 0, 0)

/** The wait that one header asks for. */
const waitOf = (
  name: string,
  value: string,
  reset: Parameters<typeof requestedWait>[1] = [],
): number | undefined => requestedWait(new Headers({ [name]: value }), reset, now)

describe('Retry-After', () => {
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
    expect(waitOf('retry-after', value)).toBe(ms)
  })

  test.each(['', 'soon', '-5', '1e3', '5, 5', '2026-01-01', 'Thu, nonsense'])('%j is nothing', (value) => {
    expect(waitOf('retry-after', value)).toBeUndefined()
  })
})

describe('a reset header', () => {
  test.each([
    ['30', 30_000],
    ['0', 0],
    [String(now / 1000 + 45), 45_000],
    [String(now + 45_000), 45_000],
    [String(now / 1000 - 45), 0],
  ])('by its name: %j is %d ms', (value, ms) => {
    expect(waitOf('x-reset', value, ['x-reset'])).toBe(ms)
  })

  test.each([
    ['seconds', '30', 30_000],
    ['seconds', String(now / 1000 + 45), 45_000],
    ['milliseconds', '30', 30],
    ['milliseconds', '10000', 10_000],
    ['milliseconds', String(now + 45_000), 45_000],
    ['milliseconds', String(now - 1), 0],
  ] as const)('in %s: %j is %d ms', (unit, value, ms) => {
    expect(waitOf('x-reset', value, [{ name: 'x-reset', unit }])).toBe(ms)
  })

  test.each(['', '-1', 'soon', '1e3'])('%j is nothing', (value) => {
    expect(waitOf('x-reset', value, ['x-reset', { name: 'x-reset', unit: 'milliseconds' }])).toBeUndefined()
  })
})

describe("waits are measured on the server's clock", () => {
  /** The server's clock is ten minutes behind ours. */
  const date = 'Thu, 01 Jan 2026 11:50:00 GMT'
  const at = Date.UTC(2026, 0, 1, 11, 50, 30)

  test.each<[string, Record<string, string>]>([
    ['a date in Retry-After', { 'retry-after': new Date(at).toUTCString() }],
    ['a reset time in seconds', { 'x-reset': String(at / 1000) }],
    ['a reset time in milliseconds', { 'x-reset': String(at) }],
    ['Retry-After in seconds, which needs no clock', { 'retry-after': '30' }],
    ['a reset in seconds, which needs no clock', { 'x-reset': '30' }],
  ])('%s', (_, headers) => {
    expect(requestedWait(new Headers({ date, ...headers }), ['x-reset'], now)).toBe(30_000)
  })

  test.each(['', 'yesterday', '0', '2026-01-01'])('but on ours where its date is %j', (invalid) => {
    const headers = { date: invalid, 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' }
    expect(requestedWait(new Headers(headers), [], now)).toBe(30_000)
  })
})

test('Retry-After comes before reset headers, and those in their order', () => {
  const names = ['x-reset', { name: 'x-ratelimit-reset', unit: 'seconds' }] as const
  expect(requestedWait(new Headers({ 'retry-after': '1', 'x-reset': '2' }), names, now)).toBe(1000)
  expect(requestedWait(new Headers({ 'x-ratelimit-reset': '3', 'x-reset': 'bad' }), names, now)).toBe(3000)
  expect(requestedWait(new Headers(), names, now)).toBeUndefined()
})
