import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { writtenCustomFields } from './written.ts'

function issuesOf(value: unknown): { path: string | null; message: string }[] {
  const { issues = [] } = v.safeParse(writtenCustomFields, value)
  return issues.map((issue) => ({ path: v.getDotPath(issue), message: issue.message }))
}

describe('writtenCustomFields', () => {
  it('hands on every JSON object unchanged', () => {
    const object = fc.dictionary(
      fc.string(),
      fc.jsonValue({ maxDepth: 4 }).filter((value) => !/(?<![.\d])\d{16}|e\+/.test(JSON.stringify(value))),
    )
    fc.assert(
      fc.property(object, (fields) => {
        const text = JSON.stringify(fields)
        // What is refused has tests of its own.
        fc.pre(!/"__proto__"|\\u0000|e\+|\d{16}/.test(text))
        expect(v.parse(writtenCustomFields, fields)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('keeps null, which removes a key, and drops undefined, which leaves it, at every depth', () => {
    const fields = { plan: null, seats: undefined, address: { city: 'Porto', zip: undefined, street: null } }
    expect(v.parse(writtenCustomFields, fields)).toStrictEqual({
      plan: null,
      address: { city: 'Porto', street: null },
    })
  })

  it('copies, so that a later change by the caller is not sent', () => {
    const fields = { tags: ['a'] }
    const checked = v.parse(writtenCustomFields, fields)
    fields.tags.push('b')
    expect(checked).toEqual({ tags: ['a'] })
  })

  it('keeps keys that objects inherit, such as constructor', () => {
    const fields = JSON.parse('{"constructor":1,"toString":"x","hasOwnProperty":null}')
    expect(v.parse(writtenCustomFields, fields)).toEqual(fields)
  })

  it.each([null, 'text', 1, [], new Date(0), new Map([['plan', 'pro']])])('refuses %o', (value) => {
    expect(issuesOf(value)).toEqual([{ path: null, message: 'must be a plain object' }])
  })

  it.each<[unknown, string, string]>([
    [{ score: Number.NaN }, 'score', 'must be a finite number'],
    [{ a: { b: [0, new Date(0)] } }, 'a.b.1', 'must be a plain object, not an instance of a class'],
    [JSON.parse('{"a":{"__proto__":1}}'), 'a.__proto__', 'cannot be a key'],
    [{ note: 'half \ud83d' }, 'note', 'holds half a surrogate pair'],
  ])('says where in %o it is', (value, path, message) => {
    expect(issuesOf(value)).toEqual([{ path, message }])
  })

  it('refuses a __proto__ key at the top, which would otherwise set the prototype', () => {
    const fields = JSON.parse('{"__proto__":{"admin":true}}')
    expect(issuesOf(fields)).toEqual([{ path: '__proto__', message: 'cannot be a key' }])
  })
})
