import { expect, test } from 'vitest'
import { inspect } from './inspect.ts'

const circle: Record<string, unknown> = { name: 'a' }
circle.self = circle

class Point {
  x = 1
}

test.each<[unknown, string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  [12n, '12n'],
  ['it', "'it'"],
  ["it's", `"it's"`],
  ['a "b"\n', String.raw`'a "b"\n'`],
  [[], '[]'],
  [{}, '{}'],
  [[1, 'a', undefined], "[ 1, 'a', undefined ]"],
  [{ a: 1, 'b-c': { d: null } }, "{ a: 1, 'b-c': { d: null } }"],
  [new Map([['a', 1]]), "Map(1) { 'a' => 1 }"],
  [new Set([1]), 'Set(1) { 1 }'],
  [new Point(), 'Point { x: 1 }'],
  [Object.create(null), '{}'],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [new Date(Number.NaN), 'Invalid Date'],
  [/a/g, '/a/g'],
  [Symbol('s'), 'Symbol(s)'],
  [function named() {}, '[Function named]'],
  [() => {}, '[Function (anonymous)]'],
  [circle, "{ name: 'a', self: [Circular] }"],
  [{ a: { b: { c: { d: { e: { f: 1 } } } } } }, '{ a: { b: { c: { d: { e: [Object] } } } } }'],
  [new TypeError('bad'), 'TypeError: bad'],
  [{ error: new Error('x') }, '{ error: Error: x }'],
])('%o is %s', (value, text) => {
  expect(inspect(value)).toBe(text)
})

test('what is long goes on lines of its own, and what is very long is cut', () => {
  const contact = { name: 'Ana Souza', email: 'ana@example.com', customFields: { plan: 'pro', seats: 3 } }
  expect(inspect(contact)).toBe(`{
  name: 'Ana Souza',
  email: 'ana@example.com',
  customFields: { plan: 'pro', seats: 3 }
}`)
  expect(inspect(Array.from({ length: 102 }, () => 0))).toContain('… 2 more')
})

test('a getter that throws sinks nothing', () => {
  const value = {
    get a(): never {
      throw new Error('no')
    },
    b: 1,
  }
  expect(inspect(value)).toBe('{ a: [throws when it is read], b: 1 }')
})

test('what is broad and deep is shown in part', () => {
  const broad = (depth: number): unknown => (depth === 0 ? 1 : Array(100).fill(broad(depth - 1)))
  expect(inspect(broad(5)).length).toBeLessThan(1_000_000)
})
