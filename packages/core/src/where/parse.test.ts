import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import type { Condition, Where } from '../model/query.ts'
import { parseWhere } from './parse.ts'
import { condition, instant, isoForms } from './testing/arbitraries.ts'

function failureOf(where: unknown): ContactsError {
  try {
    parseWhere(where as Where) // what TypeScript refuses, JavaScript can still pass
  } catch (error) {
    if (ContactsError.is(error)) return error
    throw error
  }
  throw new Error('was accepted')
}

function issuesOf(where: unknown): Record<string, string> {
  const error = failureOf(where)
  expect(error.code).toBe('invalid_input')
  return Object.fromEntries((error.issues ?? []).map(({ path, message }) => [path, message]))
}

/** Every way to write a condition: the value in the `where` that stands at its field. */
function spellings({ operator, value }: Condition): unknown[] {
  if (operator === 'eq') return [value, { eq: value }, { eq: value, ne: undefined }]
  if (operator === 'exists') {
    return value === true ? [{ exists: true }, { ne: null }] : [{ exists: false }, { eq: null }]
  }
  return [{ [operator]: value }, { exists: undefined, [operator]: value }]
}

/** Every place where a condition can be written. */
function places({ field }: Condition, value: unknown): unknown[] {
  const key = field.startsWith('customFields.') ? field.slice('customFields.'.length) : undefined
  return key === undefined
    ? [{ [field]: value }, { name: undefined, [field]: value }]
    : [
        { [field]: value },
        { customFields: { [key]: value } },
        { customFields: { other: undefined, [key]: value } },
      ]
}

describe('parseWhere', () => {
  it('means every contact by nothing', () => {
    for (const where of [
      undefined,
      {},
      { name: undefined, customFields: {} },
      { email: { eq: undefined } },
    ]) {
      expect(parseWhere(where)).toEqual([])
    }
  })

  it('reads every spelling of a condition the same', () => {
    fc.assert(
      fc.property(condition, (expected) => {
        for (const spelling of spellings(expected)) {
          for (const where of places(expected, spelling)) {
            expect(parseWhere(where as Where)).toEqual([expected])
          }
        }
      }),
    )
  })

  it('reads a bare null as absence', () => {
    expect(parseWhere({ email: null, tags: null, createdAt: null, customFields: { plan: null } })).toEqual([
      { field: 'email', operator: 'exists', value: false },
      { field: 'tags', operator: 'exists', value: false },
      { field: 'createdAt', operator: 'exists', value: false },
      { field: 'customFields.plan', operator: 'exists', value: false },
    ])
  })

  it('brings every form of a time into UTC', () => {
    fc.assert(
      fc.property(
        instant.chain((date) => fc.tuple(fc.constant(date), isoForms(date))),
        ([date, form]) => {
          const value = date.toISOString()
          expect(parseWhere({ createdAt: form, updatedAt: { gte: form, in: [form, null] } })).toEqual([
            { field: 'createdAt', operator: 'eq', value },
            { field: 'updatedAt', operator: 'gte', value },
            { field: 'updatedAt', operator: 'in', value: [value, null] },
          ])
        },
      ),
    )
  })

  it('leaves text in custom fields that looks like a time as it is', () => {
    const since = '2026-01-31T10:00:00+01:00'
    expect(parseWhere({ customFields: { since } })).toEqual([
      { field: 'customFields.since', operator: 'eq', value: since },
    ])
  })

  it('takes several operators on one field, and both places of custom fields, together', () => {
    const where: Where = {
      createdAt: { gte: '2026-01-01T00:00:00Z', lt: '2027-01-01T00:00:00Z' },
      customFields: { 'a.b': 1 },
      'customFields.a.b': { ne: 2 },
    }
    expect(parseWhere(where)).toEqual([
      { field: 'createdAt', operator: 'gte', value: '2026-01-01T00:00:00.000Z' },
      { field: 'createdAt', operator: 'lt', value: '2027-01-01T00:00:00.000Z' },
      { field: 'customFields.a.b', operator: 'eq', value: 1 },
      { field: 'customFields.a.b', operator: 'ne', value: 2 },
    ])
  })

  it('keeps an empty list, which matches nothing', () => {
    expect(parseWhere({ email: { in: [] } })).toEqual([{ field: 'email', operator: 'in', value: [] }])
  })

  it.each<[string, unknown, string, RegExp]>([
    ['a where that is no object', 'email', '', /plain object/],
    ['a where that is null', null, '', /plain object/],
    ['a where that is an array', [], '', /plain object/],
    [
      'an unknown field',
      { emial: 'a@b' },
      'emial',
      /cannot be filtered by: write one of id, .*email.*customFields/,
    ],
    ['a field that cannot be filtered by', { raw: 1 }, 'raw', /cannot be filtered by/],
    ['a name from the prototype', { constructor: 'x' }, 'constructor', /cannot be filtered by/],
    ['an unknown operator', { email: { like: 'a' } }, 'email.like', /write one of eq, ne, in, exists$/],
    ['an operator from the prototype', { email: { toString: 'a' } }, 'email.toString', /is no operator/],
    ['an empty operator object', { email: {} }, 'email', /has no operator/],
    ['an array for a value', { email: ['a@b'] }, 'email', /write \{ in: \[\.\.\.\] \}/],
    ['a number for text', { email: 1 }, 'email', /must be a string/],
    ['a bound on text', { name: { gt: 'a' } }, 'name.gt', /for times only/],
    [
      'a bound on a custom field',
      { customFields: { n: { lte: 3 } } },
      'customFields.n.lte',
      /for times only/,
    ],
    ['a bound on tags', { tags: { lt: 'a' } }, 'tags.lt', /for times only/],
    ['half a surrogate pair', { name: '\ud800' }, 'name', /surrogate/],
    ['a time without a zone', { createdAt: '2026-01-31T09:00:00' }, 'createdAt', /with a zone/],
    ['a day that is not there', { createdAt: { gt: '2026-02-31T09:00:00Z' } }, 'createdAt.gt', /with a zone/],
    ['a Date', { createdAt: { gte: new Date(0) } }, 'createdAt.gte', /toISOString/],
    ['a bare Date', { createdAt: new Date(0) }, 'createdAt', /toISOString/],
    ['null for a bound', { createdAt: { gt: null } }, 'createdAt.gt', /with a zone/],
    ['a list that is none', { email: { in: 'a@b' } }, 'email.in', /must be an array/],
    ['a wrong value in a list', { email: { in: ['a@b', 2] } }, 'email.in.1', /must be a string/],
    ['undefined in a list', { email: { in: ['a@b', undefined] } }, 'email.in.1', /must be a string/],
    ['a hole in a list', { email: { in: new Array(1) } }, 'email.in.0', /must be a string/],
    ['text for exists', { email: { exists: 'yes' } }, 'email.exists', /true or false/],
    ['null for exists', { email: { exists: null } }, 'email.exists', /true or false/],
    ['text for deleted', { deleted: 'true' }, 'deleted', /true or false/],
    ['null for deleted', { deleted: null }, 'deleted', /true or false/],
    ['a boolean for a tag', { tags: true }, 'tags', /one tag/],
    ['custom fields that are no object', { customFields: 'plan' }, 'customFields', /plain object/],
    ['null for the custom fields', { customFields: null }, 'customFields', /plain object/],
    ['NaN', { customFields: { n: Number.NaN } }, 'customFields.n', /finite number/],
    ['a bigint', { customFields: { n: 1n } }, 'customFields.n', /string, a number/],
    ['an object in a list', { customFields: { n: { in: [{}] } } }, 'customFields.n.in.0', /string, a number/],
    [
      'a nested object',
      { customFields: { a: { b: 1 } } },
      'customFields.a.b',
      /nested value is written 'customFields\.a\.b'/,
    ],
    ['a path without a key', { 'customFields.': 1 }, 'customFields.', /empty key/],
    ['an empty key', { customFields: { '': 1 } }, 'customFields.', /empty key/],
  ])('refuses %s', (_name, where, path, message) => {
    expect(issuesOf(where)).toEqual({ [path]: expect.stringMatching(message) })
  })

  it('names every issue, in the message too, and holds no value', () => {
    const secret = 'ana@example.com'
    const error = failureOf({ emial: secret, createdAt: { gt: secret }, customFields: { plan: [secret] } })
    expect(error.issues?.map(({ path }) => path)).toEqual(['emial', 'createdAt.gt', 'customFields.plan'])
    expect(error.message).toContain('where.createdAt.gt must be an ISO 8601 time with a zone')
    expect(error.message).toContain('where.customFields.plan must not be an array: write { in: [...] }')
    expect(JSON.stringify(error) + error.message).not.toContain(secret)
  })
})
