import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import { customFieldsReader, customFieldsWriter } from './custom-fields.ts'

const declared = { plan: 'text', seats: 'number', trial: 'boolean', since: 'date' } as const
const read = customFieldsReader(declared)
const write = customFieldsWriter(declared)
const noDrops = {
  dropField: (path: string) => {
    throw new Error(`${path} was dropped`)
  },
}

describe('customFieldsReader', () => {
  it('reads each field by its type, and no others', () => {
    const fields = read({ plan: 'pro', seats: '12', trial: 'false', since: '2026-01-31', hs_id: '7' })
    expect(fields).toStrictEqual({ plan: 'pro', seats: 12, trial: false, since: '2026-01-31T00:00:00.000Z' })
    expectTypeOf(fields).toEqualTypeOf<{ plan?: string; seats?: number; trial?: boolean; since?: string }>()
  })

  it('takes values that have their type already', () => {
    expect(read({ plan: 'pro', seats: 1.5, trial: true, since: 0 })).toStrictEqual({
      plan: 'pro',
      seats: 1.5,
      trial: true,
      since: '1970-01-01T00:00:00.000Z',
    })
  })

  it.each([
    ['plan', ['', null, 5, {}]],
    ['seats', ['', ' 1', '1 ', '0x10', '1,5', '9007199254740993', '1e400', 2 ** 60, Number.NaN, true, null]],
    ['trial', ['', 'TRUE', '1', 1, null]],
    ['since', ['', 'yesterday', '2026-02-30', true, null]],
  ])('leaves out what does not fit %s', (name, values) => {
    for (const value of values) expect(read({ [name]: value })).toStrictEqual({})
  })

  it('reads nothing out of nothing', () => {
    for (const properties of [null, undefined, {}]) expect(read(properties)).toStrictEqual({})
  })
})

describe('customFieldsWriter', () => {
  it('writes what the reader reads back', () => {
    const values = fc.record(
      {
        plan: fc.string({ minLength: 1 }),
        seats: fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, min: -1e15, max: 1e15 })),
        trial: fc.boolean(),
        since: fc
          .date({ min: new Date(0), noInvalidDate: true, max: new Date(4e12) })
          .map((at) => at.toISOString()),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(values, (fields) => {
        const written = write(fields, noDrops)
        for (const text of Object.values(written ?? {})) expect(text).toBeTypeOf('string')
        // There is no -0 in JSON.
        expect(read(written)).toEqual(JSON.parse(JSON.stringify(fields)))
      }),
      { seed: 7 },
    )
  })

  it('tells untouched, cleared and empty apart', () => {
    expect(write(undefined, noDrops)).toBeUndefined()
    expect(write({}, noDrops)).toStrictEqual({})
    expect(write({ plan: null }, noDrops)).toStrictEqual({ plan: null })
    expect(write(null, noDrops)).toStrictEqual({ plan: null, seats: null, trial: null, since: null })
  })

  it('refuses what does not fit, with every path', () => {
    const fields = { plan: '', seats: '12', trial: 'true', since: 'secret' }
    const error = (() => {
      try {
        return write(fields, noDrops)
      } catch (thrown) {
        return thrown
      }
    })()
    expect(ContactsError.is(error)).toBe(true)
    expect(error).toMatchObject({
      code: 'invalid_input',
      issues: [
        { path: 'customFields.plan', message: 'must be text that is not empty' },
        { path: 'customFields.seats', message: 'must be a number' },
        { path: 'customFields.trial', message: 'must be true or false' },
        { path: 'customFields.since', message: 'must be an ISO 8601 time or date' },
      ],
    })
    expect(JSON.stringify(error)).not.toMatch(/secret|12/)
    expect(() => write({ seats: 2 ** 60 }, noDrops)).toThrow('customFields.seats must be a number')
  })

  it('leaves fields that are not declared to the client', () => {
    const dropped: string[] = []
    const written = write({ plan: 'pro', colour: 'red' }, { dropField: (path) => dropped.push(path) })
    expect(written).toStrictEqual({ plan: 'pro' })
    expect(dropped).toEqual(['customFields.colour'])
  })
})
