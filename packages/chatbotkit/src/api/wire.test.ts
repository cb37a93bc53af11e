import { ContactsError } from '@anycontact/core'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { ContactSchema, readContact, readConversation, readIdAnswer, readPage } from './wire.ts'

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

describe('readContact', () => {
  it('hands a record back as it is', () => {
    expect(readContact(record)).toBe(record)
  })

  it('passes unknown fields, and null or nothing for each field but the id', () => {
    const bare = { id: 'c1', later: ['x'], meta: null }
    expect(readContact(bare)).toBe(bare)
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
    const error = thrown(() => readContact({ ...record, [field]: value }, 'items.3'))
    expect(error).toMatchObject({ code: 'bad_response', provider: 'chatbotkit', retryable: false })
    expect(error.issues).toEqual([{ path: `items.3.${field}`, message: expect.any(String) }])
    expect(error.message).toContain(`items.3.${field}`)
  })

  it('says what is wrong with something that is no record', () => {
    expect(thrown(() => readContact('jane')).issues).toEqual([{ path: '', message: 'must be an object' }])
    expect(thrown(() => readContact(null, 'items.0')).issues).toEqual([
      { path: 'items.0', message: 'must be an object' },
    ])
  })

  it('never quotes a value', () => {
    const error = thrown(() =>
      readContact({ ...record, id: 4711, email: ['secret@example.com'], verifiedAt: 'secret' }),
    )
    expect(error.issues).toHaveLength(3)
    expect(JSON.stringify(error)).not.toMatch(/secret|4711/)
  })

  it('accepts exactly what the schema accepts', () => {
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
        const accepted = v.safeParse(ContactSchema, candidate).success
        if (accepted) expect(readContact(candidate)).toBe(candidate)
        else expect(thrown(() => readContact(candidate)).code).toBe('bad_response')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('readIdAnswer', () => {
  it('reads the id', () => {
    expect(readIdAnswer({ id: 'c1', more: 1 }).id).toBe('c1')
  })

  it.each([[undefined], [null], ['c1'], [{}], [{ id: '' }], [{ id: 5 }], [[]]])('refuses %o', (value) => {
    expect(thrown(() => readIdAnswer(value, undefined, 'create'))).toMatchObject({
      code: 'bad_response',
      operation: 'create',
    })
  })
})

describe('readPage', () => {
  it('reads items and cursor', () => {
    const page = { items: [record, 5, null], cursor: record.id }
    expect(readPage(page)).toBe(page)
  })

  it.each([[{ items: [] }], [{ items: [], cursor: null }]])(
    'takes %o for a page without a cursor',
    (page) => {
      expect(readPage(page).cursor ?? undefined).toBeUndefined()
    },
  )

  it.each([
    [undefined],
    [null],
    [[]],
    [{}],
    [{ items: null }],
    [{ items: {} }],
    ['[]'],
    [{ items: [], cursor: 5 }],
  ])('refuses %o', (value) => {
    expect(thrown(() => readPage(value, undefined, 'list'))).toMatchObject({
      code: 'bad_response',
      operation: 'list',
    })
  })
})

describe('readConversation', () => {
  it('takes null for each field but the id, and says where one is wrong', () => {
    const bare = { id: 'c1', contactId: null, name: null, meta: null, createdAt: null }
    expect(readConversation(bare)).toBe(bare)
    expect(thrown(() => readConversation({ ...bare, createdAt: '2026' }, 'items.0')).issues).toEqual([
      { path: 'items.0.createdAt', message: expect.any(String) },
    ])
  })
})
