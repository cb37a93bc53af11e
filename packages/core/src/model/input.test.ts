import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CONTACT_METHOD_TYPES } from './contact-method.ts'
import { ContactMethodInputSchema, ContactMethodPatchSchema } from './contact-method-input.ts'
import { ContactInputSchema, ContactPatchSchema } from './input.ts'

function issuesOf(schema: v.GenericSchema, value: unknown): string[] {
  return (
    v.safeParse(schema, value).issues?.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`) ?? []
  )
}

const texts = [
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'note',
  'locale',
  'timezone',
  'status',
] as const

const everything = {
  externalId: 'user-42',
  name: 'Ana Souza',
  givenName: 'Ana',
  familyName: 'Souza',
  nickname: 'aninha',
  email: 'ana@example.com',
  phone: '+351 912 345 678',
  contactMethods: [{ type: 'email', value: 'ana@example.com', primary: true }],
  avatarUrl: 'https://example.com/ana.png',
  note: 'Prefers mornings.',
  locale: 'pt-PT',
  timezone: 'Europe/Lisbon',
  tags: ['vip', 'beta'],
  status: 'lead',
  customFields: { plan: 'pro' },
  verifiedAt: '2026-01-31T10:00:00+01:00',
} as const

describe.each([
  ['ContactInputSchema', ContactInputSchema],
  ['ContactPatchSchema', ContactPatchSchema],
] as const)('%s', (_name, schema) => {
  it('takes every field, times made UTC, the rest as it is', () => {
    expect(v.parse(schema, everything)).toStrictEqual({
      ...everything,
      verifiedAt: '2026-01-31T09:00:00.000Z',
    })
  })

  it('takes nothing at all', () => {
    expect(v.parse(schema, {})).toStrictEqual({})
    expect(v.parse(schema, Object.create(null))).toStrictEqual({})
  })

  it('keeps null, which clears, for every field', () => {
    const nulls = Object.fromEntries(Object.keys(everything).map((field) => [field, null]))
    expect(v.parse(schema, nulls)).toStrictEqual(nulls)
  })

  it('drops undefined, which leaves, for every field', () => {
    const absent = Object.fromEntries(Object.keys(everything).map((field) => [field, undefined]))
    expect(v.parse(schema, { ...absent, name: 'Ana' })).toStrictEqual({ name: 'Ana' })
  })

  it.each(texts)('refuses a blank %s, and what is no text', (field) => {
    const blank = `${field}: must not be blank: send null to clear it, or leave it out`
    expect(issuesOf(schema, { [field]: ' ' })).toEqual([blank])
    for (const value of [1, true, {}, [], new Date(0)]) {
      expect(issuesOf(schema, { [field]: value })).toEqual([`${field}: must be a string`])
    }
    expect(issuesOf(schema, { [field]: 'half \ud83d' })).toEqual([`${field}: holds half a surrogate pair`])
  })

  it('checks each field by its own rule and tells of all that is wrong', () => {
    const wrong = {
      email: 'ana',
      phone: 'none',
      avatarUrl: 'ana.png',
      verifiedAt: '2026-02-31T00:00:00Z',
      tags: ['vip', '', 3],
      contactMethods: 'ana@example.com',
      customFields: { score: Number.NaN },
    }
    expect(issuesOf(schema, wrong)).toEqual([
      'email: must look like an email address',
      'phone: must look like a phone number',
      'contactMethods: must be an array',
      'avatarUrl: must be an http(s) URL without white space',
      'tags.1: must not be blank: send null to clear it, or leave it out',
      'tags.2: must be a string',
      'customFields.score: must be a finite number',
      'verifiedAt: must be an ISO 8601 time with a zone, such as 2026-01-31T09:00:00Z',
    ])
  })

  it.each(['firstName', 'provider', 'raw', 'createdAt', 'deleted', 'constructor', 'toString', ''])(
    'refuses the key %j',
    (key) => {
      expect(issuesOf(schema, { name: 'Ana', [key]: 'x' })).toEqual([
        `${key}: is not a field of a contact; put fields of your own into customFields`,
      ])
    },
  )

  it('refuses a __proto__ key from JSON.parse', () => {
    expect(issuesOf(schema, JSON.parse('{"__proto__":{"name":"Ana"}}'))).toEqual([
      '__proto__: is not a field of a contact; put fields of your own into customFields',
    ])
  })

  it.each([
    undefined,
    null,
    'Ana',
    1,
    [],
    [{ name: 'Ana' }],
    new Date(0),
    new Map([['name', 'Ana']]),
    Object.create({ name: 'Ana' }),
    new (class Lead {
      name = 'Ana'
    })(),
  ])('refuses %o, in which fields would be lost', (value) => {
    expect(issuesOf(schema, value)).toEqual([': must be a plain object'])
  })

  it('never says what was given', () => {
    const secret = 'opensesame'
    const values: unknown[] = [
      secret,
      [secret],
      { email: secret },
      { phone: secret },
      { verifiedAt: secret },
      { avatarUrl: secret },
      { tags: secret },
      { contactMethods: [{ type: secret, value: secret }] },
      { contactMethods: [secret] },
      { contactMethods: [{ type: 'email', value: secret, primary: secret }] },
      { customFields: secret },
      { customFields: { a: Symbol(secret) } },
      { name: { secret } },
      { unknown: secret },
    ]
    for (const value of values) {
      const issues = issuesOf(schema, value)
      expect(issues).not.toEqual([])
      expect(issues.join()).not.toContain(secret)
      expect(issues.join()).not.toContain('Invalid')
    }
  })
})

describe('the id', () => {
  it('can be given in an input, and not be cleared', () => {
    expect(v.parse(ContactInputSchema, { id: 'c1' })).toEqual({ id: 'c1' })
    expect(issuesOf(ContactInputSchema, { id: '' })).toEqual(['id: must not be blank'])
    expect(issuesOf(ContactInputSchema, { id: null })).toEqual(['id: must be a string'])
  })

  it('cannot be changed by a patch', () => {
    expect(issuesOf(ContactPatchSchema, { id: 'c1' })).toEqual(['id: cannot be changed'])
  })
})

describe('ContactMethodInputSchema', () => {
  const method = { type: 'mobile', value: '+351 912 345 678' } as const

  it('takes everything about a method', () => {
    const full = {
      ...method,
      id: 'm1',
      label: 'work',
      primary: true,
      verified: false,
      verifiedAt: '2026-01-31T10:00:00+01:00',
      externalId: 'x',
      customFields: { room: 3 },
    }
    expect(v.parse(ContactMethodInputSchema, full)).toStrictEqual({
      ...full,
      verifiedAt: '2026-01-31T09:00:00.000Z',
    })
  })

  it('wants a type and a value', () => {
    expect(issuesOf(ContactMethodInputSchema, {})).toEqual(['type: is missing', 'value: is missing'])
    expect(issuesOf(ContactMethodInputSchema, { ...method, value: ' ' })).toEqual([
      'value: must not be blank',
    ])
    expect(issuesOf(ContactMethodInputSchema, { ...method, type: 'pager' })).toEqual([
      'type: must be one of email, phone, mobile, fax, other',
    ])
  })

  it.each(CONTACT_METHOD_TYPES)('holds the value of the type %s to the rule of its kind', (type) => {
    const fits = (value: string): boolean => issuesOf(ContactMethodInputSchema, { type, value }).length === 0
    expect(fits('ana@example.com')).toBe(type === 'email' || type === 'other')
    expect(fits('+351 912')).toBe(type !== 'email')
    expect(fits('ana on the third floor')).toBe(type === 'other')
  })

  it('tells where in a contact it is', () => {
    const contactMethods = [
      method,
      { ...method, primary: 'yes' },
      { ...method, kind: 'x' },
      { type: 'email', value: 'ana' },
    ]
    expect(issuesOf(ContactInputSchema, { contactMethods })).toEqual([
      'contactMethods.1.primary: must be true or false',
      'contactMethods.2.kind: is not a field of a contact method; put fields of your own into its customFields',
      'contactMethods.3.value: does not look like what its type says',
    ])
  })

  it('refuses a hole in the array', () => {
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    expect(issuesOf(ContactInputSchema, { contactMethods: [, method] })).toEqual([
      'contactMethods.0: must be a plain object',
    ])
  })
})

describe('ContactMethodPatchSchema', () => {
  it('takes any part, and null where there is something to clear', () => {
    expect(v.parse(ContactMethodPatchSchema, {})).toStrictEqual({})
    expect(v.parse(ContactMethodPatchSchema, { label: null, verified: undefined })).toStrictEqual({
      label: null,
    })
    expect(issuesOf(ContactMethodPatchSchema, { value: null })).toEqual(['value: must be a string'])
  })

  it('compares type and value where both are given', () => {
    expect(issuesOf(ContactMethodPatchSchema, { type: 'email', value: '+351' })).toEqual([
      'value: does not look like what its type says',
    ])
    expect(issuesOf(ContactMethodPatchSchema, { value: 'anything' })).toEqual([])
    expect(issuesOf(ContactMethodPatchSchema, { type: 'email' })).toEqual([])
  })

  it('cannot change the id', () => {
    expect(issuesOf(ContactMethodPatchSchema, { id: 'm1' })).toEqual(['id: cannot be changed'])
  })
})
