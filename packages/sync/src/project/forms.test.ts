import type { ContactMethod } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { canonicalJson, formOf, methodValue } from './forms.ts'

describe('values that are the same as people mean it have one form', () => {
  it.each([
    ['email', 'Ana@Example.com ', 'ana@example.com'],
    ['phone', '+1 (415) 555-2671 ext. 12', 'tel:+14155552671;ext=12'],
    ['time', '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00.000Z'],
    ['tags', ['b', 'a', 'b'], ['a', 'b']],
    [
      'methods',
      [
        { type: 'email', value: 'A@x.org', primary: true },
        { type: 'phone', value: '+1 2', primary: false },
      ],
      [
        { primary: false, value: '12', type: 'phone' },
        { type: 'email', value: 'a@x.org', primary: true },
      ],
    ],
  ] as const)('%s', (kind, one, other) => {
    expect(formOf(kind, structuredClone<never>(one as never))).toEqual(
      formOf(kind, structuredClone<never>(other as never)),
    )
  })

  it.each([
    ['text', 'Ana', 'ana'],
    ['phone', '1-800-FLOWERS', '1-800-TAXICAB'],
    ['phone', '+14155552671', '+14155552671 ext. 1'],
    ['time', 'soon', 'later'],
    ['json', ['a', 'b'], ['b', 'a']],
    ['json', 5, '5'],
    ['methods', [{ type: 'other', value: '@Ana' }], [{ type: 'other', value: '@ana' }]],
    [
      'methods',
      [{ type: 'phone', value: '1', primary: true }],
      [{ type: 'phone', value: '1', primary: false }],
    ],
    ['methods', [{ type: 'phone', value: '1' }], [{ type: 'mobile', value: '1' }]],
  ] as const)('and others have not: %s %j %j', (kind, one, other) => {
    expect(formOf(kind, structuredClone<never>(one as never))).not.toEqual(
      formOf(kind, structuredClone<never>(other as never)),
    )
  })

  it('and what is none of its kind stands for itself', () => {
    for (const kind of ['email', 'phone', 'time', 'tags', 'methods'] as const) {
      expect(formOf(kind, { a: 1 })).toEqual({ a: 1 })
    }
    expect(formOf('methods', ['x', 1])).toEqual(expect.arrayContaining(['x', 1]))
  })
})

it('text of JSON is the same whatever the order of the keys, and tells all else apart', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"x","d":null}]}',
  )
  expect(canonicalJson(['1'])).not.toBe(canonicalJson([1]))
  expect(canonicalJson(['a,b'])).not.toBe(canonicalJson(['a', 'b']))
})

it('a contact method is synced without what is its provider’s own', () => {
  const method: ContactMethod = {
    id: 'm1',
    type: 'email',
    value: 'Ana@x.org',
    primary: true,
    verified: false,
    customFields: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  }
  expect(methodValue(method)).toEqual({ type: 'email', value: 'Ana@x.org', primary: true })
  expect(
    methodValue({ ...method, verified: true, label: 'work', externalId: 'e', customFields: { a: 1 } }),
  ).toEqual({
    type: 'email',
    value: 'Ana@x.org',
    primary: true,
    verified: true,
    label: 'work',
    externalId: 'e',
    customFields: { a: 1 },
  })
})
