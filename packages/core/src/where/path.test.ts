import { describe, expect, it } from 'vitest'
import { customFieldReader } from './path.ts'

const read = (customFields: unknown, ...path: readonly string[]) => customFieldReader(path)(customFields)

describe('customFieldReader', () => {
  it('finds a value behind any keys that the path can be cut into, the longest first', () => {
    const forms = [
      { 'a.b.c': 1 },
      { 'a.b': { c: 2 } },
      { a: { 'b.c': 3 } },
      { a: { b: { c: 4 } } },
      { 'a.b': { d: 0 }, a: { b: { c: 5 } } },
      { 'a.b': 'no object', a: { 'b.c': 6, b: { c: 7 } } },
      { 'a.b': { c: 8 }, a: { 'b.c': 9 } },
    ]
    expect(forms.map((form) => read(form, 'a', 'b', 'c'))).toEqual([1, 2, 3, 4, 5, 6, 8])
    expect(read({ 'a.b.c': undefined, a: { b: { c: 1 } } }, 'a', 'b', 'c')).toBeUndefined()
  })

  it('finds nothing where the path leads nowhere', () => {
    for (const form of [
      {},
      { a: {} },
      { a: ['x'] },
      { a: 'text' },
      null,
      'text',
      ['x'],
      Object.create({ a: 1 }),
    ]) {
      expect(read(form, 'a', 'length')).toBeUndefined()
      expect(read(Object(form), 'b')).toBeUndefined()
    }
  })

  it('is made at once for a path of many parts', () => {
    const path = Array.from({ length: 200 }, (_, index) => `p${index}`)
    const nested = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), 'there')
    expect(read(nested, ...path)).toBe('there')
  })

  it('takes no time or memory for what a long path could be cut into, only for what there is', () => {
    const path = Array.from({ length: 2_000 }, () => 'a')
    const startedAt = performance.now()
    for (const form of [{}, { a: {} }, { a: { a: { 'a.a': {} } } }])
      expect(read(form, ...path)).toBeUndefined()
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  it('takes the empty parts of a key that begins or ends with a dot', () => {
    expect(read({ '.a.': 1 }, '', 'a', '')).toBe(1)
    expect(read({ '': { a: { '': 2 } } }, '', 'a', '')).toBe(2)
    expect(read({ '.a': { '': 3 } }, '', 'a', '')).toBe(3)
    expect(read({ a: {} }, 'a', 'constructor', 'name')).toBeUndefined()
    expect(read({}, '__proto__', 'constructor')).toBeUndefined()
  })
})
