import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup } from '../../testing/api-setup.ts'
import type { ComplianceSDK } from '../client.ts'
import { collectAll } from '../helpers.ts'

const email = { clientId: 'c', type: 'email', value: 'juan@example.com' } as const

describe('times', () => {
  it('are Date objects, verifiedAt null or one', async () => {
    const { sdk, vendor } = apiSetup()
    vendor.seed([{ ...email, id: 'a', isVerified: true, verifiedAt: '2026-01-01T00:00:00.000Z' }])
    const { createdAt, updatedAt, verifiedAt } = await sdk.contactMethods.retrieve('a')
    expect([createdAt, updatedAt, verifiedAt].every((time) => time instanceof Date)).toBe(true)
    expect(verifiedAt?.toISOString()).toBe('2026-01-01T00:00:00.000Z')
  })

  it.each(['createdAt', 'updatedAt'])('a record without %s is bad_response', async (field) => {
    const { sdk, vendor } = apiSetup()
    vendor.seed([{ ...email, id: 'a' }])
    for (const value of [null, 'soon', undefined]) {
      vendor.faults.add({ malformed: { index: 0, record: (record) => ({ ...record, [field]: value }) } })
      expect(await failure(sdk.contactMethods.retrieve('a'))).toMatchObject({
        code: 'bad_response',
        issues: [{ path: field }],
      })
    }
  })

  it('can be filtered by, as Date objects', async () => {
    const { sdk, vendor } = apiSetup()
    vendor.seed([
      { ...email, id: 'a', createdAt: '2026-01-01T00:00:00.000Z' },
      { ...email, id: 'b' },
    ])
    const { data } = await sdk.contactMethods.list({
      filter: { createdAt: new Date('2026-01-01T00:00:00Z') },
    })
    expect(data.map(({ id }) => id)).toEqual(['a'])
  })
})

describe('what is sent again', () => {
  it.each([
    ['list', 3, (sdk: ComplianceSDK) => sdk.contactMethods.list()],
    ['update', 3, (sdk: ComplianceSDK) => sdk.contactMethods.update('a', { label: 'x' })],
    ['upsertByExternalId', 3, (sdk: ComplianceSDK) => sdk.contactMethods.upsertByExternalId('e', email)],
    ['create', 1, (sdk: ComplianceSDK) => sdk.contactMethods.create(email)],
    ['createMany', 1, (sdk: ComplianceSDK) => sdk.contactMethods.createMany([email])],
    ['sync with a new item', 1, (sdk: ComplianceSDK) => sdk.contactMethods.sync('c', [email])],
    ['sync of what is there', 3, (sdk: ComplianceSDK) => sdk.contactMethods.sync('c', [{ id: 'a' }])],
  ] as const)('%s: %i requests after two that were cut', async (_, count, run) => {
    const { sdk, vendor } = apiSetup()
    vendor.seed([{ ...email, id: 'a' }])
    vendor.faults.add({ cut: 'answer', times: 2 })
    const done = run(sdk)
    if (count === 1) expect(await failure(done)).toMatchObject({ code: 'network', retryable: false })
    else await done
    expect(vendor.requests).toHaveLength(count)
    expect(vendor.contactMethods.length).toBeLessThanOrEqual(2)
  })

  it('a delete that was applied before its answer was lost has succeeded', async () => {
    const { sdk, vendor } = apiSetup()
    vendor.seed([{ ...email, id: 'a' }])
    vendor.faults.add({ cut: 'answer' })
    await sdk.contactMethods.delete('a')
    expect(vendor.contactMethods).toEqual([])
    expect(await failure(sdk.contactMethods.delete('a'))).toMatchObject({ code: 'not_found' })
  })

  it.each(['empty', 'no-content', 'json'] as const)(
    'a delete answered with %s has succeeded',
    async (deleteAnswer) => {
      const { sdk, vendor } = apiSetup({}, { deleteAnswer })
      vendor.seed([{ ...email, id: 'a' }])
      expect(await sdk.contactMethods.delete('a')).toBeUndefined()
    },
  )

  it('anything after a 429, as long as it asks to wait', async () => {
    const { sdk, vendor, clock } = apiSetup()
    vendor.faults.add({ retryAfter: 7 })
    await sdk.contactMethods.create(email)
    expect(clock.waits).toEqual([7000])
    vendor.faults.add({ status: 429, times: 2 })
    await sdk.contactMethods.create(email)
    expect(clock.waits).toEqual([7000, 125, 250])
  })
})

describe('answers that cannot be understood', () => {
  it.each([
    ['a list without data', '/list', { items: [] }],
    ['a list that goes on nowhere', '/list', { data: [], pagination: { hasMore: true } }],
    ['a list of something else', '/list', { data: ['x'], pagination: { hasMore: false } }],
  ])('%s is bad_response', async (_, path, body) => {
    const { sdk, vendor } = apiSetup()
    vendor.faults.add({ path, body })
    expect(await failure(sdk.contactMethods.list())).toMatchObject({
      code: 'bad_response',
      operation: 'list',
    })
  })

  it('an iteration whose cursor does not move ends', async () => {
    const { sdk, vendor } = apiSetup()
    const body = { data: [], pagination: { hasMore: true, nextCursor: 'same' } }
    vendor.faults.add({ body, times: Number.POSITIVE_INFINITY })
    const all = async () => {
      for await (const _ of sdk.contactMethods.iterate()) throw new Error('There is nothing.')
    }
    expect(await failure(all())).toMatchObject({ code: 'bad_response' })
    expect(vendor.requests).toHaveLength(2)
  })

  it('an iteration whose cursors go in a circle ends', async () => {
    const { sdk, vendor } = apiSetup()
    for (let page = 0; page < 30; page++) {
      vendor.faults.add({ body: { data: [], pagination: { hasMore: true, nextCursor: `c${page % 3}` } } })
    }
    expect(await failure(collectAll(sdk.contactMethods.iterate()))).toMatchObject({ code: 'bad_response' })
    expect(vendor.requests.length).toBeLessThan(12)
  })

  it('a bare array is a list without pages, as some sub-lists of the vendor are', async () => {
    const { sdk, vendor } = apiSetup()
    const [record] = vendor.seed([email])
    vendor.faults.add({ body: [{ ...record }] })
    const { data, pagination } = await sdk.contactMethods.listByClient('c')
    expect([data.length, pagination]).toEqual([1, { hasMore: false }])
  })

  it('what is not known passes', async () => {
    const { sdk, vendor } = apiSetup()
    vendor.seed([{ ...email, id: 'a' }])
    const record = (given: object) => ({
      ...given,
      type: 'telegram',
      label: null,
      isPrimary: null,
      channel: 7,
    })
    vendor.faults.add({ malformed: { index: 0, record } })
    const method = await sdk.contactMethods.retrieve('a')
    expect(method).toMatchObject({ type: 'telegram', isPrimary: false, channel: 7 })
    expect(method).not.toHaveProperty('label')
  })
})
