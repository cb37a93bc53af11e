import { failure } from '@anycontact/core/adapter-kit'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { ContactMethod } from './types.ts'
import { type ContactMethodRecord, readBatch, readPage, readRecord, readSync, readUpsert } from './wire.ts'

const record = { id: 'm1', clientId: 'c1', type: 'email', value: 'a@example.com' }

/** What is thrown for a value that cannot be read. */
const thrown = (read: () => unknown): Promise<unknown> => failure(Promise.resolve().then(read))

describe('a contact method on the wire', () => {
  it('differs from what the vendor declares in this alone', () => {
    type Set<Type> = { [Member in keyof Type]-?: Exclude<Type[Member], undefined> }
    type Declared = Set<ContactMethod>
    type Sent = Set<ContactMethodRecord>
    expectTypeOf<Sent['type']>().toEqualTypeOf<string>()
    expectTypeOf<Declared['type']>().toExtend<Sent['type']>()
    // Times are text, and may be missing.
    expectTypeOf<Sent['createdAt' | 'updatedAt' | 'verifiedAt']>().toEqualTypeOf<string | null>()
    expectTypeOf<Declared['createdAt' | 'updatedAt']>().toEqualTypeOf<Date>()
    expectTypeOf<Declared['verifiedAt']>().toEqualTypeOf<Date | null>()
    // What is not set may be null.
    expectTypeOf<Sent['isPrimary' | 'isVerified']>().toEqualTypeOf<boolean | null>()
    expectTypeOf<Declared['isPrimary' | 'isVerified']>().toEqualTypeOf<boolean>()
    expectTypeOf<Sent['label' | 'externalId']>().toEqualTypeOf<string | null>()
    expectTypeOf<Declared['label' | 'externalId']>().toEqualTypeOf<string>()
    expectTypeOf<Sent['metadata']>().toEqualTypeOf<Declared['metadata'] | null>()
    expectTypeOf<Pick<Sent, 'id' | 'clientId' | 'value'>>().toEqualTypeOf<
      Pick<Declared, 'id' | 'clientId' | 'value'>
    >()
    expect(readRecord(record)).toBe(record)
  })

  it('passes with what is not known, and with null for what is not set', () => {
    const full = {
      ...record,
      type: 'telegram',
      isPrimary: null,
      isVerified: null,
      verifiedAt: null,
      label: null,
      externalId: null,
      metadata: null,
      createdAt: null,
      updatedAt: null,
      channel: 7,
    }
    expect(readRecord(full)).toBe(full)
  })

  it.each([
    ['id', ''],
    ['id', 7],
    ['clientId', undefined],
    ['type', null],
    ['value', null],
    ['isPrimary', 'yes'],
    ['verifiedAt', 'soon'],
    ['createdAt', 1],
    ['label', 1],
    ['metadata', []],
  ])('is refused with %s: %o, by its path and without the value', async (field, value) => {
    const error = await thrown(() => readRecord({ ...record, [field]: value }, 'data.3', 'list'))
    expect(error).toMatchObject({
      code: 'bad_response',
      operation: 'list',
      issues: [{ path: `data.3.${field}` }],
    })
  })

  it('takes any value, and gives it back or refuses it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.object(), async (more) => {
        const given = { ...record, ...more }
        const read = await Promise.resolve()
          .then(() => readRecord(given))
          .catch((error: unknown) => error)
        if (read !== given) expect(read).toMatchObject({ code: 'bad_response' })
      }),
    )
  })
})

describe('answers', () => {
  it('a page says where it goes on, unless it is the last', () => {
    const page = (pagination: unknown) => readPage({ data: [1], pagination }, 'list')
    expect(page({ hasMore: true, nextCursor: 'x', totalCount: 3 })).toEqual({
      records: [1],
      hasMore: true,
      isOpen: false,
      nextCursor: 'x',
      totalCount: 3,
    })
    expect(page({ nextCursor: 'x' })).toMatchObject({ hasMore: true, nextCursor: 'x' })
    for (const last of [{ hasMore: false, nextCursor: 'x' }, { nextCursor: '' }, { nextCursor: null }]) {
      expect(page(last)).toEqual({ records: [1], hasMore: false, isOpen: false })
    }
    for (const silent of [undefined, null, {}, { hasMore: null }]) {
      expect(page(silent)).toEqual({ records: [1], hasMore: false, isOpen: true })
    }
    expect(readPage([1], 'list')).toEqual({ records: [1], hasMore: false, isOpen: true })
  })

  it('a batch tells of each item in its order, or does not', () => {
    expect(readBatch({ atomic: true, data: ['a'] }, 2, 'createMany')).toEqual([{ data: 'a' }, undefined])
    const failed = [
      { index: 2, error: { message: 'no', code: 'CONFLICT' } },
      { index: 0, error: 'no' },
    ]
    expect(readBatch({ succeeded: [{ index: 1, data: 'b' }], failed }, 3, 'createMany')).toEqual([
      { error: { message: 'The provider refused this item.' } },
      { data: 'b' },
      { error: { message: 'no', code: 'CONFLICT' } },
    ])
  })

  it.each([
    ['a page', () => readPage({ data: 'x' }, 'list'), 'data'],
    ['a batch', () => readBatch({ data: 'x' }, 1, 'createMany'), 'data'],
    ['a partial batch', () => readBatch({ succeeded: [] }, 1, 'createMany'), 'failed'],
    ['an upsert', () => readUpsert({ data: {} }, 'data.0', 'upsertMany'), 'data.0.data.id'],
    [
      'a sync',
      () => readSync({ created: [record], updated: [{}], deleted: [] }, undefined, 'sync'),
      'updated.0.id',
    ],
  ])('%s that cannot be read says where', async (_, read, path) => {
    expect(await thrown(read)).toMatchObject({
      code: 'bad_response',
      issues: expect.arrayContaining([expect.objectContaining({ path })]),
    })
  })
})
