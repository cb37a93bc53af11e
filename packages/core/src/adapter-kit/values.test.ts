import { describe, expect, it } from 'vitest'
import { readId, readMember, readText, readTime, withoutNulls } from './contact-parts.ts'
import { providerErrors } from './provider-errors.ts'

const { badRecord } = providerErrors('example-crm')

describe('reading what was not checked', () => {
  it('reads members of objects, and only their own', () => {
    expect(readMember({ a: 1 }, 'a')).toBe(1)
    expect(readMember([7], '0')).toBe(7)
    for (const value of [undefined, null, 'text', 5, {}, []]) expect(readMember(value, 'a')).toBeUndefined()
    expect(readMember({}, 'constructor')).toBeUndefined()
  })

  it('reads the first text that is not empty', () => {
    const record = { a: '', b: 5, c: 'x', d: 'y' }
    expect(readText(record, 'a', 'b', 'c', 'd')).toBe('x')
    expect(readText(record, 'a', 'b')).toBeUndefined()
  })

  it('reads times of text and number', () => {
    const record = { text: '2026-01-31 09:00', number: 0, none: null, other: {}, bad: 'yesterday' }
    expect(readTime(record, 'text', badRecord)).toBe('2026-01-31T09:00:00.000Z')
    expect(readTime(record, 'number', badRecord)).toBe('1970-01-01T00:00:00.000Z')
    expect(readTime(record, 'none', badRecord)).toBeUndefined()
    expect(readTime(record, 'other', badRecord)).toBeUndefined()
    expect(() => readTime(record, 'bad', badRecord)).toThrow('bad is no time')
  })

  it('reads the id, by whichever name', () => {
    expect(readId({ id: 'a' }, badRecord)).toBe('a')
    expect(readId({ id: '', _id: 'b' }, badRecord, 'id', '_id')).toBe('b')
    expect(() => readId({ _id: 'b' }, badRecord)).toThrow('id must be text that is not empty')
    expect(() => readId({ id: 5 }, badRecord, 'id', '_id')).toThrow(
      'id or _id must be text that is not empty',
    )
  })
})

describe('withoutNulls', () => {
  it('copies, and leaves out null and undefined at the top', () => {
    const full = { a: 1, b: { c: null } }
    expect(withoutNulls(full)).toEqual(full)
    expect(withoutNulls(full)).not.toBe(full)
    expect(Object.keys(withoutNulls({ a: undefined }))).toEqual([])
    expect(Object.keys(withoutNulls({ a: null, b: 0, c: undefined, d: '' }))).toEqual(['b', 'd'])
  })

  it('keeps a member that is called __proto__ a member', () => {
    for (const text of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1},"n":null}']) {
      const kept = withoutNulls(JSON.parse(text))
      expect(Object.keys(kept)).toEqual(['__proto__'])
      expect(kept.x).toBeUndefined()
    }
  })
})
