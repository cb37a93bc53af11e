import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonText, LONG_NUMBER, mergeJson, noteDigits } from './digits.ts'
import { type JsonObject, readGiven, readJsonObject } from './json.ts'
import { withDigits } from './kept-digits.ts'

/** A value as it is read of an answer, with its digits in mind. */
function read(text: string): JsonObject {
  const value = JSON.parse(text)
  noteDigits(text, value)
  return value
}

const LONG = [
  '17841400008460057',
  '-98765432109876543210',
  '0.12345678901234567891',
  '1234567890123456789e5',
  '1e400',
  '5e-400',
]

describe('jsonText', () => {
  it.each(LONG)('writes %s as it was read, wherever it stands', (number) => {
    const text = `{"a":${number},"b":[1,${number},{"c":${number}}],"d":"${number}"}`
    expect(jsonText(read(text))).toBe(text)
  })

  it('writes everything else as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value)
        if (typeof value === 'object' && value !== null) noteDigits(text, value)
        expect(jsonText(value)).toBe(text)
      }),
    )
    const odd = { at: new Date(0), gone: undefined, list: [undefined, () => 1], call: () => 1 }
    expect(jsonText(odd)).toBe(JSON.stringify(odd))
    expect(jsonText(undefined)).toBe('null')
  })

  it('lets a number be another one that was written over it', () => {
    const value = read('{"a":17841400008460057,"b":17841400008460057}')
    value.a = 7
    expect(jsonText(value)).toBe('{"a":7,"b":17841400008460057}')
  })

  it('takes no other spelling of a number for one that is not held', () => {
    expect(jsonText(read('{"a":1.50,"b":1E2,"c":-0.0,"d":1000000000000000000000}'))).toBe(
      '{"a":1.5,"b":100,"c":0,"d":1e+21}',
    )
  })

  it('looks for numbers outside of texts alone', () => {
    const text = '{"a":"x\\":17841400008460057,","n17841400008460057":1,"b":"\\\\","c":17841400008460057}'
    expect(jsonText(read(text))).toBe(text)
  })

  it('takes as long for a number with a million zeros as for its text', () => {
    const number = `1${'0'.repeat(1_000_000)}1`
    const startedAt = performance.now()
    expect(jsonText(read(`{"a":${number},"b":0.${number}}`))).toBe(`{"a":${number},"b":0.${number}}`)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  it('takes any number of levels, and long texts', () => {
    const deep = `${'['.repeat(20_000)}17841400008460057${']'.repeat(20_000)}`
    let innermost: unknown = read(`{"deep":${deep}}`).deep
    while (Array.isArray(innermost) && Array.isArray(innermost[0])) [innermost] = innermost
    expect(jsonText(innermost)).toBe('[17841400008460057]')
    const value = read(`{"a":"${'x\\"'.repeat(5_000_000)}","b":17841400008460057}`)
    expect(jsonText(value)).toContain('"b":17841400008460057')
  })
})

describe('mergeJson', () => {
  const present = () =>
    read('{"a":17841400008460057,"deep":{"ids":[17841400008460057]},"old":1,"b":17841400008460057}')

  it('keeps what it does not name, with every digit, and removes what is null', () => {
    expect(jsonText(mergeJson(present(), { old: null, b: 5, c: 'x' }))).toBe(
      '{"a":17841400008460057,"deep":{"ids":[17841400008460057]},"b":5,"c":"x"}',
    )
  })

  it('leaves what it was given as it was', () => {
    const before = present()
    mergeJson(before, { a: null, deep: 1 })
    expect(jsonText(before)).toBe(jsonText(present()))
  })

  it('makes a key named __proto__ one like the others', () => {
    const merged = mergeJson({}, read('{"__proto__":{"x":1}}'))
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype)
    expect(jsonText(merged)).toBe('{"__proto__":{"x":1}}')
  })
})

describe('withDigits', () => {
  it('gives a copy the digits of the numbers that are the same in it', () => {
    const source = read('{"a":17841400008460057,"b":17841400008460057}')
    const { a } = source
    expect(jsonText(withDigits(source, { a, b: 2 }))).toBe('{"a":17841400008460057,"b":2}')
  })
})

describe('what a caller gives back as it was read', () => {
  it('has its digits, wherever it stands', () => {
    const value = read('{"a":0.12345678901234567891,"b":[1.2345678901234567891,{"c":5e-400}],"d":0.5}')
    const text = '{"a":0.12345678901234567891,"b":[1.2345678901234567891,{"c":5e-400}],"d":0.5}'
    expect(jsonText(readGiven(value).value)).toBe(text)
    expect(jsonText(readJsonObject({ ...value, a: 1 }).value)).toBe(
      text.replace('0.12345678901234567891', '1'),
    )
  })

  it('is refused where it is no number that JavaScript counts by', () => {
    expect(readGiven(read('{"a":17841400008460057}')).problem?.path).toEqual(['a'])
  })
})

describe('LONG_NUMBER', () => {
  it.each(LONG)('finds %s', (number) => {
    expect(LONG_NUMBER.test(`{"a": ${number}}`)).toBe(true)
    expect(LONG_NUMBER.test(`[1,\n${number}]`)).toBe(true)
  })

  it('finds no number that every JavaScript number holds', () => {
    expect(LONG_NUMBER.test('{"a":1767225600000,"b":"17841400008460057","c":-12.25}')).toBe(false)
  })
})
