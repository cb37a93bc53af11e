import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Contact } from '../model/contact.ts'
import type { Condition, FilterValue, Where } from '../model/query.ts'
import { compileConditions } from './evaluate.ts'
import { parseWhere } from './parse.ts'
import { condition, contact } from './testing/arbitraries.ts'

function contactWith(fields: Partial<Contact> = {}): Contact {
  return { provider: 'memory', id: '1', contactMethods: [], customFields: {}, raw: {}, ...fields }
}

function matches(where: Where, fields?: Partial<Contact>): boolean {
  return compileConditions(parseWhere(where))(contactWith(fields))
}

/** The values that a condition looks at, said as plainly as can be: none, one, or the tags. */
function valuesAt(subject: Contact, field: string): unknown[] {
  if (field === 'tags') return subject.tags ?? []
  if (field === 'deleted') return [subject.deleted ?? false]
  if (field.endsWith('At')) {
    const time = Object.entries(subject).find(([key]) => key === field)?.[1]
    return time === undefined ? [] : [new Date(time).getTime()]
  }
  let value: unknown = subject
  for (const key of field.split('.')) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    value = isObject ? Object.entries(value as object).find(([name]) => name === key)?.[1] : undefined
  }
  return value === undefined || value === null ? [] : [value]
}

function naivelyHolds(subject: Contact, { field, operator, value }: Condition): boolean {
  const comparable = (item: FilterValue): unknown =>
    field.endsWith('At') && typeof item === 'string' ? new Date(item).getTime() : item
  const present = valuesAt(subject, field)
  const equals = (item: FilterValue): boolean =>
    item === null ? present.length === 0 : present.some((one) => one === comparable(item))
  if (Array.isArray(value)) return value.some(equals)
  if (typeof value === 'object' && value !== null) throw new Error('unreachable')
  if (operator === 'exists') return present.length > 0 === value
  if (operator === 'eq') return equals(value)
  if (operator === 'ne') return !equals(value)
  const bound = Number(comparable(value))
  return present.some((one) => {
    if (operator === 'gt') return Number(one) > bound
    if (operator === 'gte') return Number(one) >= bound
    if (operator === 'lt') return Number(one) < bound
    return Number(one) <= bound
  })
}

describe('compileConditions', () => {
  it('agrees with a naive reading of every condition', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 3 }), contact, (conditions, subject) => {
        const expected = conditions.every((one) => naivelyHolds(subject, one))
        expect(compileConditions(conditions)(subject)).toBe(expected)
      }),
      { numRuns: 3000 },
    )
  })

  it('lets every contact pass when there is no condition', () => {
    expect(compileConditions([])(contactWith())).toBe(true)
  })

  it('wants every condition to hold', () => {
    const where: Where = { name: 'Ana', email: { exists: true }, customFields: { plan: 'pro' } }
    const fields = { name: 'Ana', email: 'ana@example.com', customFields: { plan: 'pro' } }
    expect(matches(where, fields)).toBe(true)
    expect(matches(where, { ...fields, name: 'Bea' })).toBe(false)
    expect(matches(where, { ...fields, customFields: { plan: 'free' } })).toBe(false)
  })

  describe('text', () => {
    it('compares exactly', () => {
      expect(matches({ email: 'ana@example.com' }, { email: 'ana@example.com' })).toBe(true)
      expect(matches({ email: 'ana@example.com' }, { email: 'Ana@example.com' })).toBe(false)
      expect(matches({ email: 'ana@example.com' })).toBe(false)
    })

    it('counts an absent value as another one', () => {
      expect(matches({ email: { ne: 'ana@example.com' } })).toBe(true)
      expect(matches({ email: { ne: 'ana@example.com' } }, { email: 'ana@example.com' })).toBe(false)
    })

    it('takes null for absent', () => {
      expect(matches({ email: null })).toBe(true)
      expect(matches({ email: null }, { email: 'a@b' })).toBe(false)
      expect(matches({ email: { ne: null } }, { email: 'a@b' })).toBe(true)
      expect(matches({ email: { in: ['x@y', null] } })).toBe(true)
      expect(matches({ email: { in: ['x@y', null] } }, { email: 'a@b' })).toBe(false)
    })

    it('matches nothing with an empty list', () => {
      expect(matches({ email: { in: [] } })).toBe(false)
      expect(matches({ email: { in: [] } }, { email: 'a@b' })).toBe(false)
    })
  })

  describe('times', () => {
    it('compares instants, whatever their form', () => {
      const createdAt = '2026-01-31T10:00:00+01:00'
      expect(matches({ createdAt: '2026-01-31T09:00:00Z' }, { createdAt })).toBe(true)
      expect(matches({ createdAt: { in: ['2026-01-31T04:00:00.000-0500'] } }, { createdAt })).toBe(true)
      expect(matches({ createdAt: { lt: '2026-01-31T09:30:00Z' } }, { createdAt })).toBe(true)
      expect(matches({ createdAt: { ne: '2026-01-31T09:00:00Z' } }, { createdAt })).toBe(false)
    })

    it('tells open bounds from closed ones', () => {
      const at = '2026-01-31T09:00:00.000Z'
      const holds = (operator: string): boolean =>
        matches({ createdAt: { [operator]: at } }, { createdAt: at })
      expect(['gt', 'gte', 'lt', 'lte'].map(holds)).toEqual([false, true, false, true])
    })

    it('takes a time without a zone as UTC, wherever the machine is', () => {
      vi.stubEnv('TZ', 'America/Sao_Paulo')
      onTestFinished(() => {
        vi.unstubAllEnvs()
      })
      expect(new Date('2026-01-31T09:00:00').getUTCHours()).toBe(12)
      expect(matches({ createdAt: '2026-01-31T09:00:00Z' }, { createdAt: '2026-01-31T09:00:00' })).toBe(true)
      expect(matches({ createdAt: '2026-01-31T09:00:00Z' }, { createdAt: '2026-01-31 09:00:00.000' })).toBe(
        true,
      )
      expect(matches({ createdAt: '2026-01-31T00:00:00Z' }, { createdAt: '2026-01-31' })).toBe(true)
    })

    it('meets no bound with an absent or an unreadable time', () => {
      for (const fields of [{}, { createdAt: 'last week' }, { createdAt: 'Jan 31 2026' }]) {
        expect(matches({ createdAt: { gt: '1970-01-01T00:00:00Z' } }, fields)).toBe(false)
        expect(matches({ createdAt: { lte: '2999-01-01T00:00:00Z' } }, fields)).toBe(false)
        expect(matches({ createdAt: { ne: '2026-01-31T00:00:00Z' } }, fields)).toBe(true)
      }
      expect(matches({ createdAt: { exists: true } }, { createdAt: 'last week' })).toBe(true)
    })
  })

  describe('tags', () => {
    it('looks for the tag among the tags', () => {
      expect(matches({ tags: 'vip' }, { tags: ['new', 'vip'] })).toBe(true)
      expect(matches({ tags: 'vip' }, { tags: ['vip2'] })).toBe(false)
      expect(matches({ tags: { ne: 'vip' } }, { tags: ['new'] })).toBe(true)
      expect(matches({ tags: { ne: 'vip' } }, { tags: ['new', 'vip'] })).toBe(false)
      expect(matches({ tags: { ne: 'vip' } })).toBe(true)
      expect(matches({ tags: { in: ['vip', 'lead'] } }, { tags: ['new', 'lead'] })).toBe(true)
      expect(matches({ tags: { in: ['vip', null] } }, { tags: [] })).toBe(true)
    })

    it('counts an empty list as none', () => {
      expect(matches({ tags: { exists: true } }, { tags: ['a'] })).toBe(true)
      expect(matches({ tags: { exists: true } }, { tags: [] })).toBe(false)
      expect(matches({ tags: { exists: true } })).toBe(false)
      expect(matches({ tags: null }, { tags: [] })).toBe(true)
    })
  })

  it('counts a contact without `deleted` as not deleted', () => {
    expect(matches({ deleted: false })).toBe(true)
    expect(matches({ deleted: { ne: true } })).toBe(true)
    expect(matches({ deleted: { in: [false] } })).toBe(true)
    expect(matches({ deleted: true }, { deleted: true })).toBe(true)
    expect(matches({ deleted: true })).toBe(false)
    expect(matches({ deleted: { exists: true } })).toBe(true)
    expect(matches({ deleted: { eq: null } })).toBe(false)
  })

  describe('custom fields', () => {
    it('tells types apart', () => {
      expect(matches({ customFields: { n: 1 } }, { customFields: { n: 1 } })).toBe(true)
      expect(matches({ customFields: { n: 1 } }, { customFields: { n: '1' } })).toBe(false)
      expect(matches({ customFields: { n: '1' } }, { customFields: { n: 1 } })).toBe(false)
      expect(matches({ customFields: { n: true } }, { customFields: { n: 'true' } })).toBe(false)
      expect(matches({ customFields: { n: { in: ['1'] } } }, { customFields: { n: 1 } })).toBe(false)
    })

    it('takes JSON null for absent', () => {
      expect(matches({ customFields: { n: null } }, { customFields: { n: null } })).toBe(true)
      expect(matches({ customFields: { n: { exists: true } } }, { customFields: { n: null } })).toBe(false)
      expect(matches({ customFields: { n: { in: [null] } } }, { customFields: { n: null } })).toBe(true)
      expect(matches({ customFields: { n: { in: [null] } } })).toBe(true)
    })

    it('walks plain objects by a dotted path', () => {
      const customFields = { address: { city: 'Porto' } }
      expect(matches({ customFields: { 'address.city': 'Porto' } }, { customFields })).toBe(true)
      expect(matches({ 'customFields.address.city': { ne: 'Porto' } }, { customFields })).toBe(false)
      expect(matches({ customFields: { 'address.city.length': { exists: true } } }, { customFields })).toBe(
        false,
      )
    })

    it('finds a key that itself holds a dot by its whole name first', () => {
      const customFields = { 'address.city': 'Lisbon', address: { city: 'Porto' } }
      expect(matches({ customFields: { 'address.city': 'Lisbon' } }, { customFields })).toBe(true)
      expect(matches({ customFields: { 'address.city': 'Porto' } }, { customFields })).toBe(false)
    })

    it('equals no object and no array', () => {
      const customFields = { list: ['a'], address: {} }
      expect(matches({ customFields: { list: 'a' } }, { customFields })).toBe(false)
      expect(matches({ customFields: { list: 'a,' } }, { customFields })).toBe(false)
      expect(matches({ customFields: { 'list.0': 'a' } }, { customFields })).toBe(false)
      expect(matches({ customFields: { 'list.length': 1 } }, { customFields })).toBe(false)
      expect(matches({ customFields: { address: '[object Object]' } }, { customFields })).toBe(false)
      expect(matches({ customFields: { list: { exists: true } } }, { customFields })).toBe(true)
    })

    it('sees nothing of prototypes', () => {
      for (const key of [
        'constructor',
        '__proto__',
        'toString',
        'constructor.name',
        '__proto__.constructor',
      ]) {
        expect(matches({ [`customFields.${key}`]: { exists: true } })).toBe(false)
      }
      const inherited = Object.create({ plan: 'pro' })
      expect(matches({ customFields: { plan: 'pro' } }, { customFields: inherited })).toBe(false)
      expect(matches({ customFields: { 'a.plan': 'pro' } }, { customFields: { a: inherited } })).toBe(false)
    })

    it('finds own properties that are called like those of prototypes', () => {
      expect(
        matches({ customFields: { constructor: 'Acme' } }, { customFields: { constructor: 'Acme' } }),
      ).toBe(true)
    })
  })

  it('reads null in conditions made by hand as absence too', () => {
    const holds = (field: string, operator: 'eq' | 'ne', fields: Partial<Contact>): boolean =>
      compileConditions([{ field, operator, value: null }])(contactWith(fields))
    for (const field of ['email', 'createdAt', 'tags', 'customFields.plan'])
      expect(holds(field, 'eq', {})).toBe(true)
    expect(holds('customFields.plan', 'eq', { customFields: { plan: null } })).toBe(true)
    expect(holds('email', 'ne', {})).toBe(false)
    expect(holds('email', 'ne', { email: 'a@b' })).toBe(true)
    expect(holds('createdAt', 'ne', { createdAt: '2026-01-31T09:00:00Z' })).toBe(true)
  })

  it('refuses a condition that parseWhere would not make', () => {
    const made = (
      field: string,
      operator: Condition['operator'],
      value: FilterValue = 'x',
    ): (() => unknown) => {
      return () => compileConditions([{ field, operator, value }])
    }
    expect(made('createdAt', 'gt', null)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(made('raw', 'eq')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(made('name', 'gt')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(made('tags', 'lt')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })
})
