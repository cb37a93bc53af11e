import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { isJsonType, parseJson, recordProblem } from './body.ts'

describe('parseJson', () => {
  test('gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!text.includes('__proto__'))
        expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
      }),
    )
  })

  test.each(['', '{', '{"a":1', '{"a":"b', '[1,2', '<html>', 'NaN', "{'a':1}"])(
    '%j is a syntax error',
    (text) => {
      expect(parseJson(text)).toEqual({ ok: false, reason: 'syntax' })
    },
  )

  test.each([
    '{"__proto__":{"admin":true}}',
    '{"a":{"b":{"__proto__":null}}}',
    '{"a":[{"__proto__":1}],"b":{"__proto__":1}}',
    String.raw`{"\u005f_proto__":1}`,
    String.raw`{"\u005F\u005f\u0070\u0072\u006F\u0074\u006f__":1}`,
    String.raw`{"__pro\u0074o__":1}`,
    String.raw`{"__p\u0072oto__":1}`,
  ])('refuses the key in %s', (text) => {
    expect(parseJson(text)).toEqual({ ok: false, reason: 'proto' })
  })

  test('refuses every spelling of the key', () => {
    const letter = (c: string): fc.Arbitrary<string> => {
      const hex = c.charCodeAt(0).toString(16).padStart(4, '0')
      return fc.constantFrom(c, `\\u${hex}`, `\\u${hex.toUpperCase()}`)
    }
    fc.assert(
      fc.property(fc.tuple(...[...'__proto__'].map(letter)), (letters) => {
        expect(parseJson(`{"x":{"${letters.join('')}":1}}`)).toEqual({ ok: false, reason: 'proto' })
      }),
    )
  })

  test('lets the key through in one record of several, and in a record by itself, for the record to be refused', () => {
    const parsed = parseJson('{"items":[{"a":1},{"b":[{"__proto__":null}]}]}')
    const { items } = Object(parsed.ok && parsed.value)
    expect(items.map(recordProblem)).toEqual([undefined, expect.stringContaining('__proto__')])
    const record = parseJson('{"a":{"__proto__":null}}', true)
    expect(recordProblem(record.ok && record.value)).toContain('__proto__')
  })

  test('takes no longer for a key below many others of that name than for one', () => {
    const nested = (levels: number): string => `${'{"__proto__":'.repeat(levels)}1${'}'.repeat(levels)}`
    const startedAt = performance.now()
    const record = parseJson(nested(100_000), true)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(recordProblem(record.ok && record.value)).toContain('__proto__')
  })

  test('takes the name as a value, and keys that are only like it', () => {
    const value = { note: '__proto__', proto: 1, __proto: 2, constructor: 3 }
    expect(parseJson(JSON.stringify(value))).toEqual({ ok: true, value })
    expect(parseJson(String.raw`{"a":"\u005f"}`)).toEqual({ ok: true, value: { a: '_' } })
  })
})

describe('recordProblem', () => {
  test('is that a record has more levels than can be gone through', () => {
    const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)
    expect(recordProblem(nested(100))).toBeUndefined()
    expect(recordProblem(nested(200))).toContain('nested deeper')
    expect(recordProblem(nested(100_000))).toContain('nested deeper')
    const inArrays = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))
    expect(recordProblem({ tags: inArrays(100), note: 'n' })).toBeUndefined()
    expect(recordProblem({ tags: inArrays(200), note: 'n' })).toContain('nested deeper')
    expect(recordProblem('text')).toBeUndefined()
  })

  test('is looked for in arrays by their places: a text for each place was two fifths of a listing', () => {
    const ownKeys = vi.fn(Reflect.ownKeys)
    expect(recordProblem({ tags: new Proxy(['vip', ['deep']], { ownKeys }) })).toBeUndefined()
    expect(ownKeys).not.toHaveBeenCalled()
  })
})

test.each([
  ['application/json', true],
  ['application/json; charset=utf-8', true],
  ['Application/JSON;charset=utf-8', true],
  ['application/problem+json', true],
  ['application/vnd.api+json; v=1', true],
  ['application/jsonl', false],
  ['text/html', false],
  ['text/html; x=application/json', false],
  ['application/json-seq', false],
  ['', false],
  [null, false],
])('content type %j: %s', (type, expected) => {
  expect(isJsonType(type)).toBe(expected)
})
