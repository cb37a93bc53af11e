import { ContactsError } from '@anycontact/core'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  ContactRecordSchema,
  checkRecordAnswer,
  parseContactRecord,
  parseIdAnswer,
  parseListAnswer,
} from './wire.ts'

const record = {
  id: 'clx3k2p9a0001qz0h7v5m8t2d',
  name: 'Jane Doe',
  description: '',
  fingerprint: 'crm-user-000000000042',
  email: 'jane@example.com',
  phone: null,
  nick: null,
  preferences: null,
  verifiedAt: null,
  meta: { segment: 'premium' },
  createdAt: 1718000000123,
  updatedAt: 1718000000123,
}

function thrown(run: () => unknown): ContactsError {
  try {
    run()
  } catch (error) {
    if (ContactsError.is(error)) return error
    throw error
  }
  throw new Error('It should have thrown.')
}

describe('parseContactRecord', () => {
  it('hands a record back as it is', () => {
    expect(parseContactRecord(record)).toBe(record)
  })

  it('passes unknown fields, and null or nothing for each field but the id', () => {
    const bare = { id: 'c1', later: ['x'], meta: null }
    expect(parseContactRecord(bare)).toBe(bare)
  })

  it.each([
    ['id', 5],
    ['id', ''],
    ['id', null],
    ['name', 5],
    ['description', {}],
    ['fingerprint', 5],
    ['email', ['jane@example.com']],
    ['phone', 4155552671],
    ['nick', true],
    ['preferences', 1],
    ['verifiedAt', '2024-01-01'],
    ['createdAt', Number.NaN],
    ['updatedAt', '1718000000123'],
    ['meta', []],
    ['meta', 'text'],
  ])('refuses %s of %o, and says where', (field, value) => {
    const error = thrown(() => parseContactRecord({ ...record, [field]: value }, 'items.3'))
    expect(error).toMatchObject({ code: 'bad_response', provider: 'chatbotkit', retryable: false })
    expect(error.issues).toEqual([{ path: `items.3.${field}`, message: expect.any(String) }])
    expect(error.message).toContain(`items.3.${field}`)
  })

  it('says what is wrong with something that is no record', () => {
    expect(thrown(() => parseContactRecord('jane')).issues).toEqual([
      { path: '', message: 'must be an object' },
    ])
    expect(thrown(() => parseContactRecord(null, 'items.0')).issues).toEqual([
      { path: 'items.0', message: 'must be an object' },
    ])
  })

  it('never quotes a value', () => {
    const error = thrown(() =>
      parseContactRecord({ ...record, id: 4711, email: ['secret@example.com'], verifiedAt: 'secret' }),
    )
    expect(error.issues).toHaveLength(3)
    expect(JSON.stringify(error)).not.toMatch(/secret|4711/)
  })

  it('accepts by hand exactly what the schema accepts', () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(null, undefined, Number.NaN, Number.POSITIVE_INFINITY),
      fc.double(),
      fc.boolean(),
      fc.array(fc.string()),
      fc.dictionary(fc.string(), fc.jsonValue()),
    )
    const field = fc.constantFrom(...Object.keys(record), 'unknown')
    fc.assert(
      fc.property(fc.dictionary(field, value), fc.boolean(), (changes, bare) => {
        const candidate = bare ? changes : { ...record, ...changes }
        const accepted = v.safeParse(ContactRecordSchema, candidate).success
        if (accepted) expect(parseContactRecord(candidate)).toBe(candidate)
        else expect(thrown(() => parseContactRecord(candidate)).code).toBe('bad_response')
      }),
      { numRuns: 1000 },
    )
  })
})

const errorObject = { code: 'GENERIC_ERROR', message: 'System error occurred' }

describe('parseIdAnswer', () => {
  it('reads the id', () => {
    expect(parseIdAnswer({ id: 'c1', more: 1 })).toBe('c1')
  })

  it.each([[undefined], [null], ['c1'], [{}], [{ id: '' }], [{ id: 5 }], [[]]])('refuses %o', (value) => {
    expect(thrown(() => parseIdAnswer(value, 'create'))).toMatchObject({
      code: 'bad_response',
      operation: 'create',
    })
  })

  it('throws what an error object says', () => {
    expect(thrown(() => parseIdAnswer(errorObject))).toMatchObject({
      code: 'unavailable',
      vendorCode: 'GENERIC_ERROR',
    })
  })
})

describe('parseListAnswer', () => {
  it('reads items and cursor', () => {
    expect(parseListAnswer({ items: [record], cursor: record.id })).toEqual({
      items: [record],
      cursor: record.id,
    })
  })

  it.each([
    [{ items: [] }],
    [{ items: [], cursor: null }],
    [{ items: [], cursor: '' }],
    [{ items: [], cursor: 5 }],
  ])('has no cursor for %o', (value) => {
    expect(parseListAnswer(value)).toEqual({ items: [] })
  })

  it.each([[undefined], [null], [[]], [{}], [{ items: null }], [{ items: {} }], ['[]']])(
    'refuses %o',
    (value) => {
      expect(thrown(() => parseListAnswer(value, 'list'))).toMatchObject({
        code: 'bad_response',
        operation: 'list',
      })
    },
  )

  it('throws what an error object under status 200 says', () => {
    expect(thrown(() => parseListAnswer(errorObject, 'list'))).toMatchObject({
      code: 'unavailable',
      status: 200,
      vendorCode: 'GENERIC_ERROR',
      retryable: true,
      operation: 'list',
      message: expect.stringContaining('System error occurred'),
    })
    expect(
      thrown(() => parseListAnswer({ code: 'LIMITS_REACHED', message: 'Limits reached' })),
    ).toMatchObject({
      code: 'rate_limited',
      retryable: true,
    })
  })

  it('shows a message in an error object only where it is known to hold nothing that was sent', () => {
    const error = thrown(() =>
      parseListAnswer({ code: 'BAD_REQUEST', message: '"email" of jane@example.com' }),
    )
    expect(error).toMatchObject({ code: 'invalid_input', vendorCode: 'BAD_REQUEST', retryable: false })
    expect(error.message).not.toContain('jane')
    const odd = thrown(() => parseListAnswer({ code: 'jane@example.com', message: '' }))
    expect(odd.vendorCode).toBeUndefined()
    expect(odd.message).not.toContain('jane')
  })
})

describe('checkRecordAnswer', () => {
  it('takes a record and refuses anything else', () => {
    expect(() => checkRecordAnswer(record)).not.toThrow()
    expect(thrown(() => checkRecordAnswer({ items: [] })).code).toBe('bad_response')
    expect(thrown(() => checkRecordAnswer(errorObject)).code).toBe('unavailable')
  })
})
