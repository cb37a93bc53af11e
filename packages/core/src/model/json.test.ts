import vm from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isPlainObject,
  type JsonProblem,
  keyProblem,
  readGiven,
  readJsonObject,
  readMembers,
  textProblem,
} from './json.ts'

class Money {
  amount = 5
}

class Bare extends (null as unknown as typeof Object) {
  static make(): object {
    return Object.create(Bare.prototype)
  }
}

/** JSON whose whole numbers a JavaScript number holds. */
const json = fc
  .jsonValue({ maxDepth: 6 })
  .filter((value) => !/(?<![.\d])\d{16}|e\+/.test(JSON.stringify(value)))

describe('textProblem', () => {
  it.each(['\ud83d', 'a\ude00', '\ude00\ud83d'])('finds half a pair in %j', (text) => {
    expect(textProblem(text)).toBe('holds half a surrogate pair')
  })

  it.each(['\0', 'Ana\0', '\0\ud83d'])('finds a NUL in %j', (text) => {
    expect(textProblem(text)).toBe('holds a NUL character')
  })

  it.each(['', 'José', '王小明', '😀', '👩‍👩‍👧', 'مرحبا', '\\u0000', 'a\tb\n'])(
    'finds nothing in %j',
    (text) => {
      expect(textProblem(text)).toBeUndefined()
    },
  )

  it('agrees with the language about every string without a NUL', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.integer({ min: 1, max: 0xffff }).map((c) => String.fromCharCode(c)) }),
        (a, b) => {
          for (const text of [a.replaceAll('\0', ''), b]) {
            // encodeURIComponent refuses half a pair, by the language's own rule.
            const isWhole = (() => {
              try {
                encodeURIComponent(text)
                return true
              } catch {
                return false
              }
            })()
            expect(textProblem(text) === undefined).toBe(isWhole)
          }
        },
      ),
    )
  })
})

describe('keyProblem', () => {
  it.each(['a\u200bb', '\ufeffana@example.com', '+1 415\u202c', 'a\u00adb', '\u2066x\u2069'])(
    'finds what nobody sees in %j',
    (text) => {
      expect(keyProblem(text)).toContain('holds an invisible character')
      expect(textProblem(text)).toBeUndefined()
    },
  )

  it('finds what text cannot hold either', () => {
    expect(keyProblem('a\0')).toBe('holds a NUL character')
  })

  it.each(['user-42', 'josé@example.com', '王小明', '😀', '+1 (415) 555-2671', 'a\u0301'])(
    'finds nothing in %j',
    (text) => {
      expect(keyProblem(text)).toBeUndefined()
    },
  )
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

/** What is wrong with a value inside an object of JSON values; `undefined` for nothing. */
function problemOf(value: unknown): JsonProblem | undefined {
  const { problem } = readJsonObject({ in: value })
  return problem && { ...problem, path: problem.path.slice(1) }
}

/** The copy of a value inside an object of JSON values. */
function copyOf(value: unknown): unknown {
  return readJsonObject({ in: value }).value?.in
}

function nest(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { a: value }
  return value
}

describe('readJsonObject', () => {
  it('finds nothing in what JSON can hold, and the copy is the same', () => {
    fc.assert(
      fc.property(json, (value) => {
        // The generator makes what JSON.parse would: __proto__ keys among it, numbers beyond 2^53, NULs, and -0, which have tests below.
        const text = JSON.stringify(value)
        fc.pre(!/"__proto__"|\\u0000|\\ud[89a-f]|e\+|\d{16}/.test(text))
        expect(problemOf(value)).toBeUndefined()
        expect(copyOf(value)).toEqual(JSON.parse(text))
        expect(JSON.stringify(copyOf(value))).toBe(text)
      }),
    )
  })

  it.each<[unknown, (string | number)[], string]>([
    [Number.NaN, [], 'must be a finite number'],
    [{ a: [1, Number.POSITIVE_INFINITY] }, ['a', 1], 'must be a finite number'],
    [{ a: 2 ** 60 }, ['a'], 'is beyond 2^53 - 1, where numbers lose digits: send it as text'],
    [{ a: 2 ** 53 }, ['a'], 'is beyond 2^53 - 1, where numbers lose digits: send it as text'],
    [-1e300, [], 'is beyond 2^53 - 1, where numbers lose digits: send it as text'],
    [{ a: 10n }, ['a'], 'must be a JSON value, not bigint'],
    [{ a: { b: () => 1 } }, ['a', 'b'], 'must be a JSON value, not function'],
    [{ a: Symbol('s') }, ['a'], 'must be a JSON value, not symbol'],
    [[undefined], [0], 'must be a JSON value, not undefined'],
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    [[1, , 3], [1], 'is a hole in an array'],
    [new Array(0xffffffff), [0], 'is a hole in an array'],
    [{ at: new Date(0) }, ['at'], 'must be a plain object, not an instance of a class'],
    [{ a: new Map() }, ['a'], 'must be a plain object, not an instance of a class'],
    [{ a: new Money() }, ['a'], 'must be a plain object, not an instance of a class'],
    [{ a: new String('boxed') }, ['a'], 'must be a plain object, not an instance of a class'],
    [{ a: 'x\ud83d' }, ['a'], 'holds half a surrogate pair'],
    [{ a: ['x\0'] }, ['a', 0], 'holds a NUL character'],
    [{ a: { 'x\ud83d': 1 } }, ['a'], 'has a key that holds half a surrogate pair'],
    [{ a: { 'x\0': 1 } }, ['a'], 'has a key that holds a NUL character'],
    [{ a: { [Symbol('s')]: 1 } }, ['a'], 'must not have a symbol key'],
    [JSON.parse('{"a":{"__proto__":{"admin":true}}}'), ['a', '__proto__'], 'cannot be a key'],
    [{ toJSON: () => 1 }, ['toJSON'], 'must be a JSON value, not function'],
    [
      {
        get a() {
          throw new Error('opensesame')
        },
      },
      ['a'],
      'cannot be read: reading it throws an error',
    ],
    [{ a: Proxy.revocable({}, {}) }, ['a', 'revoke'], 'must be a JSON value, not function'],
    [{ a: revoked() }, ['a'], 'cannot be read: reading it throws an error'],
  ])('finds what is wrong with %#', (value, path, message) => {
    expect(problemOf(value)).toEqual({ path, message })
  })

  it('leaves out undefined members, keeps null, and makes -0 a 0, all the way down', () => {
    const copy = copyOf({ a: undefined, b: { c: undefined, d: null, e: [-0] } })
    expect(copy).toStrictEqual({ b: { d: null, e: [0] } })
  })

  it('ends with objects that refer to themselves', () => {
    const cycle: Record<string, unknown> = { name: 'a' }
    cycle.self = { again: cycle }
    expect(readJsonObject(cycle).problem).toEqual({
      path: ['self', 'again', 'self'],
      message: 'is nested too deeply, or refers to itself',
    })
    const list: unknown[] = []
    list.push(list)
    expect(problemOf(list)?.message).toBe('is nested too deeply, or refers to itself')
  })

  it('ends with objects that hold others twice at each level', () => {
    let twice: Record<string, unknown> = {}
    for (let level = 0; level < 60; level++) twice = { a: twice, b: twice }
    expect(readJsonObject(twice).problem?.message).toBe('holds too much, or refers to itself')
  })

  it('takes 100 levels and no more', () => {
    expect(readJsonObject({ a: nest(99) }).problem).toBeUndefined()
    expect(readJsonObject({ a: nest(100) }).problem?.path).toHaveLength(3)
  })

  it('takes one object in several places', () => {
    const shared = { a: 1 }
    expect(problemOf({ x: shared, y: [shared, shared] })).toBeUndefined()
  })
})

describe('readGiven', () => {
  it('shares nothing with the original, and leaves what is no data as it is', () => {
    const date = new Date(0)
    const original = { a: { b: [{ c: 1 }] }, date, none: undefined, big: 10n }
    const { value } = readGiven(original)
    original.a.b[0] = { c: 2 }
    expect(value).toStrictEqual({ a: { b: [{ c: 1 }] }, date, none: undefined, big: 10n })
  })

  it('reads each member once', () => {
    let reads = 0
    const given = {
      get name() {
        reads++
        return 'Ana'
      },
    }
    expect(readGiven(given).value).toStrictEqual({ name: 'Ana' })
    expect(reads).toBe(1)
  })
})

describe('readMembers', () => {
  it('reads the members of an object, and leaves their values as they are', () => {
    const signal = new AbortController().signal
    const where = { name: 'Ana' }
    const { value } = readMembers({ signal, where })
    expect(value?.signal).toBe(signal)
    expect(value?.where).toBe(where)
  })

  it.each<() => unknown>([
    () => null,
    () => undefined,
    () => 5,
    () => 'text',
    () => [],
    () => new Date(0),
    () => revoked,
    () => Symbol('s'),
    revoked,
  ])('refuses %#', (make) => {
    expect(readMembers(make()).problem?.path).toEqual([])
  })
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
