import vm from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyJson, findJsonProblem, hasLoneSurrogate, isPlainObject } from './json.ts'

class Money {
  amount = 5
}

class Bare extends (null as unknown as typeof Object) {
  static make(): object {
    return Object.create(Bare.prototype)
  }
}

const json = fc.jsonValue({ maxDepth: 6 })

describe('hasLoneSurrogate', () => {
  it.each(['\ud83d', 'a\ude00', '\ude00\ud83d'])('finds half a pair in %j', (text) => {
    expect(hasLoneSurrogate(text)).toBe(true)
  })

  it.each(['', 'José', '王小明', '😀', '👩‍👩‍👧', 'مرحبا'])('finds none in %j', (text) => {
    expect(hasLoneSurrogate(text)).toBe(false)
  })

  it('agrees with the language about every string', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.nat(0xffff).map((c) => String.fromCharCode(c)) }),
        (a, b) => {
          for (const text of [a, b]) {
            // encodeURIComponent refuses half a pair, by the language's own rule.
            const isWhole = (() => {
              try {
                encodeURIComponent(text)
                return true
              } catch {
                return false
              }
            })()
            expect(hasLoneSurrogate(text)).toBe(!isWhole)
          }
        },
      ),
    )
  })
})

describe('isPlainObject', () => {
  it.each([
    {},
    { a: 1 },
    Object.create(null),
    JSON.parse('{"__proto__":1}'),
    vm.runInNewContext('({ a: 1 })'),
  ])('takes %o', (value) => {
    expect(isPlainObject(value)).toBe(true)
  })

  it.each([
    undefined,
    null,
    'text',
    1,
    true,
    [],
    () => undefined,
    new Date(0),
    new Map(),
    new Money(),
    Object.create({ inherited: true }),
    Object.create(Object.create(null)),
    Bare.make(),
    vm.runInNewContext('new Date(0)'),
    vm.runInNewContext('[]'),
  ])('refuses %o', (value) => {
    expect(isPlainObject(value)).toBe(false)
  })
})

describe('findJsonProblem', () => {
  it('finds nothing in what JSON can hold, and the copy is the same', () => {
    fc.assert(
      fc.property(json, (value) => {
        // The generator makes what JSON.parse would: __proto__ keys among it, and -0, which have tests below.
        const text = JSON.stringify(value)
        fc.pre(!text.includes('"__proto__"'))
        expect(findJsonProblem(value)).toBeUndefined()
        expect(copyJson(value)).toEqual(JSON.parse(text))
        expect(JSON.stringify(copyJson(value))).toBe(text)
      }),
    )
  })

  it.each<[unknown, (string | number)[], string]>([
    [Number.NaN, [], 'must be a finite number'],
    [{ a: [1, Number.POSITIVE_INFINITY] }, ['a', 1], 'must be a finite number'],
    [{ a: 10n }, ['a'], 'must be a JSON value, not bigint'],
    [{ a: { b: () => 1 } }, ['a', 'b'], 'must be a JSON value, not function'],
    [{ a: Symbol('s') }, ['a'], 'must be a JSON value, not symbol'],
    [undefined, [], 'must be a JSON value, not undefined'],
    [[undefined], [0], 'must be a JSON value, not undefined'],
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    [[1, , 3], [1], 'must be a JSON value, not undefined'],
    [{ at: new Date(0) }, ['at'], 'must be a plain object, not an instance of a class'],
    [{ a: new Map() }, ['a'], 'must be a plain object, not an instance of a class'],
    [{ a: new Money() }, ['a'], 'must be a plain object, not an instance of a class'],
    [{ a: new String('boxed') }, ['a'], 'must be a plain object, not an instance of a class'],
    [{ a: 'x\ud83d' }, ['a'], 'holds half a surrogate pair'],
    [{ a: { 'x\ud83d': 1 } }, ['a'], 'has a key that holds half a surrogate pair'],
    [{ a: { [Symbol('s')]: 1 } }, ['a'], 'must not have a symbol key'],
    [JSON.parse('{"a":{"__proto__":{"admin":true}}}'), ['a'], 'must not have a __proto__ key'],
    [{ toJSON: () => 1 }, ['toJSON'], 'must be a JSON value, not function'],
  ])('finds what is wrong with %o', (value, path, message) => {
    expect(findJsonProblem(value)).toEqual({ path, message })
  })

  it('takes members that are undefined for absent', () => {
    expect(findJsonProblem({ a: undefined, b: { c: undefined } })).toBeUndefined()
  })

  it('ends with objects that refer to themselves', () => {
    const cycle: Record<string, unknown> = { name: 'a' }
    cycle.self = { again: cycle }
    expect(findJsonProblem(cycle)).toEqual({
      path: ['self', 'again', 'self'],
      message: 'is nested too deeply, or refers to itself',
    })
    const list: unknown[] = []
    list.push(list)
    expect(findJsonProblem(list)?.message).toBe('is nested too deeply, or refers to itself')
  })

  it('takes 64 levels and no more', () => {
    const nest = (levels: number): unknown => {
      let value: unknown = 1
      for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { a: value }
      return value
    }
    expect(findJsonProblem(nest(64))).toBeUndefined()
    expect(findJsonProblem(nest(65))?.path).toHaveLength(3)
  })

  it('takes one object in several places', () => {
    const shared = { a: 1 }
    expect(findJsonProblem({ x: shared, y: [shared, shared] })).toBeUndefined()
  })
})

describe('copyJson', () => {
  it('shares nothing with the original', () => {
    const original = { a: { b: [{ c: 1 }] } }
    const copy = copyJson(original)
    original.a.b[0] = { c: 2 }
    expect(copy).toEqual({ a: { b: [{ c: 1 }] } })
  })

  it('leaves out undefined members, keeps null, and makes -0 a 0, all the way down', () => {
    const copy = copyJson({ a: undefined, b: { c: undefined, d: null, e: [-0] } })
    expect(copy).toStrictEqual({ b: { d: null, e: [0] } })
  })

  it('throws for what is not JSON after all', () => {
    expect(() => copyJson({ at: new Date(0) })).toThrow(TypeError)
    expect(() => copyJson([undefined])).toThrow(TypeError)
  })
})
