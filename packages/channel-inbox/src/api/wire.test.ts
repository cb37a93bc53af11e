import { ContactsError } from '@anycontact/core'
import { recordReader } from '@anycontact/core/adapter-kit'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { ContactRecordSchema, readPage, readRecord, readRows } from './wire.ts'

function thrown(run: () => unknown): ContactsError {
  try {
    run()
  } catch (error) {
    if (ContactsError.is(error)) return error
    throw error
  }
  throw new Error('It should have thrown.')
}

describe('readRecord', () => {
  it('hands a record back as it is', () => {
    const record = { _id: 'con_1', later: ['x'], updated_at: null, email: '' }
    expect(readRecord(record)).toBe(record)
  })

  it('never quotes a value', () => {
    const error = thrown(() =>
      readRecord({ id: 'con_1', email: ['secret@example.com'], remark: 4711 }, 'data.3'),
    )
    expect(error.issues?.map(({ path }) => path)).toEqual(['data.3.email', 'data.3.remark'])
    expect(JSON.stringify(error)).not.toMatch(/secret|4711/)
  })

  it('never runs valibot for a good record', () => {
    let runs = 0
    const watched = {
      ...ContactRecordSchema,
      '~run': (...args: Parameters<(typeof ContactRecordSchema)['~run']>) => {
        runs++
        return ContactRecordSchema['~run'](...args)
      },
    }
    const record = { id: 'con_1', display_name: 'Ana', labels: ['vip', 5], updated_at: null }
    expect(recordReader(watched, { provider: 'x' })(record)).toBe(record)
    expect(runs).toBe(0)
  })

  it('accepts exactly what the schema accepts', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom(null, undefined), fc.integer(), fc.array(fc.string()))
    const field = fc.constantFrom('id', '_id', 'email', 'display_name', 'created_at', 'phone', 'unknown')
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(field, value), fc.jsonValue()), (candidate) => {
        const accepted = v.safeParse(ContactRecordSchema, candidate).success
        if (accepted) expect(readRecord(candidate)).toBe(candidate)
        else expect(thrown(() => readRecord(candidate)).code).toBe('bad_response')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('readPage', () => {
  const read = (answer: unknown) => readPage(answer, 'list')

  it('reads count and never total', () => {
    const answer = {
      object_name: 'list',
      data: [1],
      has_more: true,
      count: 65_681,
      total: 1,
      unread_count: 0,
    }
    expect(read(answer)).toEqual({ records: [1], hasMore: true, total: 65_681, extra: { unreadCount: 0 } })
    expect(read({ data: [], total: 7 })).toEqual({ records: [] })
  })

  it.each([{ count: '5' }, { count: -1 }, { count: 1.5 }, { has_more: 'yes' }, { unread_count: null }])(
    'passes over %o',
    (odd) => {
      expect(read({ data: [], ...odd })).toEqual({ records: [] })
    },
  )

  it('reads bare rows', () => {
    expect(read([1, 2])).toEqual({ records: [1, 2] })
  })
})

describe('readRows', () => {
  it.each([[undefined], [null], [{}], [{ data: {} }], ['[]'], [5]])('refuses %o', (answer) => {
    expect(thrown(() => readRows(answer, 'getFiles'))).toMatchObject({
      code: 'bad_response',
      operation: 'getFiles',
    })
  })
})
