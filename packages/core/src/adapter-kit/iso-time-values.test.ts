import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTime } from '../model/time.ts'
import { isoTime, parseTime } from './contact-parts.ts'
import { providerErrors } from './provider-errors.ts'

const { badRecord } = providerErrors('example-crm')

describe('parseTime', () => {
  it.each([
    ['2026-01-31T09:00:00.000Z', '2026-01-31T09:00:00.000Z'],
    ['2026-01-28T09:00:00.000Z', '2026-01-28T09:00:00.000Z'],
    ['2026-01-31T09:00:00Z', '2026-01-31T09:00:00.000Z'],
    ['2026-01-31T09:00:00.123456Z', '2026-01-31T09:00:00.123Z'],
    ['2026-01-31T09:00:00.123456', '2026-01-31T09:00:00.123Z'],
    ['2026-01-31T09:00:00+05:30', '2026-01-31T03:30:00.000Z'],
    ['2026-01-31T09:00:00-0800', '2026-01-31T17:00:00.000Z'],
    ['2026-01-31 09:00:00', '2026-01-31T09:00:00.000Z'],
    ['2026-01-31t09:00z', '2026-01-31T09:00:00.000Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    [1_718_000_000_123, '2024-06-10T06:13:20.123Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [-62_167_219_200_000, '0000-01-01T00:00:00.000Z'],
    [253_402_300_799_999.5, '9999-12-31T23:59:59.999Z'],
    [1_709_164_800_000.9, '2024-02-29T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
  ])('reads %s', (value, expected) => {
    expect(parseTime(value)).toBe(expected)
  })

  it.each([
    'yesterday',
    '5',
    '2026',
    '2026-02-29T09:00:00.000Z',
    '2026-02-31',
    '2026-13-01T09:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '2026-01-01T09:60:00.000Z',
    '2026-01-01T09:00:60.000Z',
    '2026-01-00T09:00:00.000Z',
    '2026-01-31T09:00:00.000Z ',
    'Sat, 31 Jan 2026 09:00:00 GMT',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e15,
    253_402_300_800_000,
    -62_167_219_200_001,
    -1e15,
  ])('takes %s for no time', (value) => {
    expect(parseTime(value)).toBeUndefined()
  })

  it('reads every moment back from its text and its number', () => {
    const years = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z') }
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (date) => {
        const text = date.toISOString()
        expect(parseTime(text)).toBe(text)
        expect(parseTime(text.slice(0, -1))).toBe(text)
        expect(parseTime(date.getTime())).toBe(text)
        expect(isTime(text)).toBe(true)
      }),
      { seed: 7 },
    )
  })

  it('takes text in the wanted form for a time where the calendar has that time, and nowhere else', () => {
    const two = (max: number) => fc.nat({ max }).map((number) => String(number).padStart(2, '0'))
    const seen = { times: 0, others: 0 }
    fc.assert(
      fc.property(
        fc.constantFrom('0000', '1900', '2000', '2024', '2026', '9999'),
        two(13),
        two(32),
        two(24),
        (year, month, day, hour) => {
          const text = `${year}-${month}-${day}T${hour}:00:00.000Z`
          expect(parseTime(text)).toBe(isTime(text) ? text : undefined)
          seen[isTime(text) ? 'times' : 'others']++
        },
      ),
      { seed: 7, numRuns: 20_000 },
    )
    expect(Math.min(seen.times, seen.others)).toBeGreaterThan(1000)
  })
})

describe('isoTime', () => {
  it('takes null, nothing and empty text for absent', () => {
    for (const value of [null, undefined, '']) expect(isoTime(value, 'at', badRecord)).toBeUndefined()
    expect(isoTime(0, 'at', badRecord)).toBe('1970-01-01T00:00:00.000Z')
  })

  it('says which field is no time, and not what it holds', () => {
    expect(() => isoTime('yesterday', 'at', badRecord)).toThrow(
      'example-crm: a record cannot be read: at is no time.',
    )
    expect(() => isoTime('yesterday', 'at', badRecord, 'items.3')).toThrow(
      'example-crm: a record cannot be read: items.3.at is no time.',
    )
  })
})
