import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTime, readTime } from './time.ts'

describe('readTime', () => {
  it.each([
    ['2026-01-31T09:00:00Z', '2026-01-31T09:00:00.000Z'],
    ['2026-01-31T09:00Z', '2026-01-31T09:00:00.000Z'],
    ['2026-01-31T09:00:00.5Z', '2026-01-31T09:00:00.500Z'],
    ['2026-01-31T09:00:00.123456789Z', '2026-01-31T09:00:00.123Z'],
    ['2026-01-31T09:00:00+05:30', '2026-01-31T03:30:00.000Z'],
    ['2026-01-31T09:00:00+0530', '2026-01-31T03:30:00.000Z'],
    ['2026-01-31T23:30:00-01:00', '2026-02-01T00:30:00.000Z'],
    ['2026-01-01T00:00:00+00:01', '2025-12-31T23:59:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0096-02-29T00:00:00Z', '0096-02-29T00:00:00.000Z'],
    ['0000-02-29T00:00:00Z', '0000-02-29T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads %s', (text, expected) => {
    expect(isTime(text)).toBe(true)
    expect(new Date(readTime(text) ?? Number.NaN).toISOString()).toBe(expected)
  })

  it.each([
    '',
    '2026-01-31',
    '2026-01-31T09:00:00',
    '2026-01-31 09:00:00Z',
    '31.01.2026',
    '1767225600000',
    '2026-02-31T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-13-10T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-32T00:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T09:60:00Z',
    '2026-01-31T09:00:60Z',
    '2026-01-31T09:00:00+24:00',
    '2026-01-31T09:00:00+01:60',
    '2026-01-31T09:00:00.Z',
    '2026-01-31T09:00:00ZZ',
    ' 2026-01-31T09:00:00Z',
    '2026-01-31T09:00:00Z\n',
    '+002026-01-31T09:00:00Z',
    // Outside the years that four digits can say.
    '0000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '२०२६-01-31T09:00:00Z',
  ])('refuses %j', (text) => {
    expect(readTime(text)).toBeUndefined()
    expect(isTime(text)).toBe(false)
  })

  it('reads back whatever a Date prints', () => {
    const date = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(date, (value) => {
        expect(readTime(value.toISOString())).toBe(value.getTime())
      }),
    )
  })

  it('shifts by the offset', () => {
    const offset = fc.integer({ min: -(23 * 60 + 59), max: 23 * 60 + 59 })
    const date = fc.date({
      min: new Date('1000-01-01T00:00:00Z'),
      max: new Date('3000-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(date, offset, (value, minutes) => {
        const size = Math.abs(minutes)
        const digits = (part: number): string => String(Math.trunc(part)).padStart(2, '0')
        const zone = `${minutes < 0 ? '-' : '+'}${digits(size / 60)}:${digits(size % 60)}`
        const local = new Date(value.getTime() + minutes * 60_000).toISOString().replace('Z', zone)
        expect(readTime(local)).toBe(value.getTime())
      }),
    )
  })
})
