import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSetting } from './fields.ts'
import { readValue } from './values.ts'

describe('a value of the command line', () => {
  it.each([
    ['7', 7],
    ['-3.5', -3.5],
    ['0', 0],
    ['true', true],
    ['"7"', '7'],
    ['"true"', 'true'],
    // What a number would not give back as it was is text.
    ['007', '007'],
    ['1.50', '1.50'],
    ['-0', '-0'],
    ['1e5', '1e5'],
    ['0x10', '0x10'],
    ['12345678901234567890', '12345678901234567890'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['+351', '+351'],
    ['Infinity', 'Infinity'],
    ['yes', 'yes'],
  ])('%s of a custom field is %j', (text, value) => {
    expect(readValue(text, 'customFields.x')).toBe(value)
    // Of other fields it is text.
    expect(readValue(text, 'note')).toBe(text.startsWith('"') ? value : text)
  })

  it('in quotes, as JSON has them, is any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const set = readSetting(`customFields.note=${JSON.stringify(text)}`, undefined)
        expect(set).toEqual({ customFields: { note: text } })
      }),
    )
  })

  it('of a custom field is the number, truth or JSON that is printed of it', () => {
    const written = fc.oneof(
      fc.integer(),
      fc.boolean(),
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.integer(),
      ),
      fc.array(fc.string()),
    )
    fc.assert(
      fc.property(written, (value) => {
        const set = readSetting(`customFields.x=${JSON.stringify(value)}`, undefined)
        expect(JSON.stringify(set)).toBe(JSON.stringify({ customFields: { x: value } }))
      }),
    )
  })
})
