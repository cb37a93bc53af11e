import { describe, expect, it } from 'vitest'
import { apiSetup } from '../testing/api-setup.ts'
import { failure } from '../testing/setup.ts'
import { ComplianceSDK } from './client.ts'
import { endpoints } from './endpoints.ts'
import { collectAll } from './helpers.ts'

const email = { clientId: 'c', type: 'email', value: 'juan@example.com' } as const
const numbered = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...email, value: `n${n}@example.com` }))

describe('ComplianceSDK', () => {
  it('sends the key and the environment, as strings or functions', async () => {
    const { sdk, vendor } = apiSetup({ apiKey: async () => 'artu-emulator', environment: () => 'live' })
    await sdk.contactMethods.create(email)
    expect(vendor.contactMethodsOf('live')).toHaveLength(1)
    expect(vendor.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer artu-emulator',
      'x-environment': 'live',
      'content-type': 'application/json',
    })
  })

  it.each([
    [{ apiKey: '' }],
    [{ apiKey: undefined as unknown as string }],
    [{ environment: '' as 'test' }],
    [{ environment: 'production' as 'test' }],
    [{ environment: undefined as unknown as 'test' }],
    [{ baseUrl: 'ftp://x' }],
  ])('%o is config, before any request', (options) => {
    const make = () => new ComplianceSDK({ apiKey: 'k', environment: 'test', ...options })
    expect(make).toThrow(expect.objectContaining({ code: 'config', provider: 'contact-methods' }))
  })

  it('tells a function that gives no environment', async () => {
    const { sdk } = apiSetup({ environment: async () => 'production' as 'test' })
    expect(await failure(sdk.contactMethods.list())).toMatchObject({ code: 'config' })
  })

  it('lets every route be replaced, by its name', async () => {
    const sent: string[] = []
    const paths = Object.entries(endpoints).map(([name, { path }]) => [
      name,
      `/v9${path.replace('contact-methods', 'cm')}`,
    ])
    const { sdk } = apiSetup({
      endpoints: Object.fromEntries(paths),
      retry: false,
      fetch: async (url, init) => {
        sent.push(`${init?.method} ${new URL(String(url)).pathname}`)
        return new Response('{}', { status: 418, headers: { 'content-type': 'application/json' } })
      },
    })
    const { contactMethods } = sdk
    const calls = [
      contactMethods.create(email),
      contactMethods.retrieve('i'),
      contactMethods.retrieveByExternalId('e/1'),
      contactMethods.retrieveByMetadata('k', 'v v'),
      contactMethods.list(),
      contactMethods.listByClient('c'),
      contactMethods.update('i', {}),
      contactMethods.delete('i'),
      contactMethods.getPrimary('c', 'email'),
      contactMethods.createMany([email]),
      contactMethods.updateMany([{ id: 'i', data: {} }]),
      contactMethods.upsertByExternalId('e', email),
      contactMethods.upsertManyByExternalId([{ ...email, externalId: 'e' }]),
      contactMethods.sync('c', []),
    ]
    await Promise.allSettled(calls)
    expect(sent).toEqual([
      'POST /v9/cm',
      'GET /v9/cm/i',
      'GET /v9/cm/external/e%2F1',
      'GET /v9/cm/metadata/k/v%20v',
      'POST /v9/cm/list',
      'GET /v9/clients/c/cm',
      'PATCH /v9/cm/i',
      'DELETE /v9/cm/i',
      'GET /v9/clients/c/cm/primary/email',
      'POST /v9/cm/batch',
      'PATCH /v9/cm/batch',
      'PUT /v9/cm/external/e',
      'PUT /v9/cm/batch/external',
      'POST /v9/clients/c/cm/sync',
    ])
    expect(sent).toHaveLength(Object.keys(endpoints).length)
  })
})

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

describe('batches', () => {
  it('split more than 250 and keep the indexes', async () => {
    const { sdk, vendor } = apiSetup()
    vendor.seed([{ ...email, externalId: 'taken' }])
    const items = numbered(600).map((item, n) =>
      n === 10 || n === 555 ? { ...item, externalId: 'taken' } : item,
    )
    const { succeeded, failed } = await sdk.contactMethods.createMany(items, { atomic: false })
    expect(failed.map(({ index }) => index)).toEqual([10, 555])
    expect(succeeded).toHaveLength(598)
    for (const { index, data } of succeeded) expect(data.value).toBe(`n${index}@example.com`)
    expect(vendor.requests).toHaveLength(3)
  })

  it('refuse an atomic one of more than 250, and send nothing for none', async () => {
    const { sdk, vendor } = apiSetup()
    expect(await failure(sdk.contactMethods.createMany(numbered(251)))).toMatchObject({
      code: 'invalid_input',
    })
    expect(await sdk.contactMethods.createMany([])).toEqual({ atomic: true, data: [] })
    expect(await sdk.contactMethods.updateMany([], { atomic: false })).toEqual({
      atomic: false,
      succeeded: [],
      failed: [],
    })
    expect(vendor.requests).toEqual([])
  })

  it('keep what was done when a later request fails', async () => {
    const { sdk, vendor } = apiSetup({ retry: false })
    vendor.faults.add({ path: '/batch', skip: 1, status: 500 })
    const { succeeded, failed } = await sdk.contactMethods.createMany(numbered(300), { atomic: false })
    expect([succeeded.length, failed.length, failed[0]?.index]).toEqual([250, 50, 250])
    expect(failed[0]?.error.message).toContain('may have been applied')
  })

  it('fail as a whole when the first request fails, or all or nothing was asked for', async () => {
    const { sdk, vendor } = apiSetup({ retry: false })
    vendor.faults.add({ path: '/batch', status: 500 })
    expect(await failure(sdk.contactMethods.createMany(numbered(2), { atomic: false }))).toMatchObject({
      code: 'unavailable',
    })
    const bad = await failure(sdk.contactMethods.createMany([email, { ...email, value: '' }]))
    expect(bad).toMatchObject({ code: 'invalid_input', issues: [{ path: 'items.1.value' }] })
    expect(vendor.contactMethods).toEqual([])
  })

  it('upsert by external id, one and many', async () => {
    const { sdk } = apiSetup()
    expect(await sdk.contactMethods.upsertByExternalId('e1', email)).toMatchObject({ action: 'created' })
    expect(await sdk.contactMethods.upsertByExternalId('e1', email)).toMatchObject({ action: 'skipped' })
    const items = [
      { ...email, externalId: 'e1', label: 'Work' },
      { ...email, externalId: 'e2' },
    ]
    const { data } = await sdk.contactMethods.upsertManyByExternalId(items)
    expect(data.map(({ action }) => action)).toEqual(['updated', 'created'])
    expect(data[0]?.data.createdAt).toBeInstanceOf(Date)
  })
})

describe('sync', () => {
  it('takes items and options, or the body of the API', async () => {
    const { sdk, vendor } = apiSetup()
    const made = await sdk.contactMethods.sync('c', [
      { type: 'fax', value: '1' },
      { type: 'email', value: 'a@x.org' },
    ])
    expect([made.created.length, made.updated, made.deleted]).toEqual([2, [], []])
    const [fax] = made.created
    const left = await sdk.contactMethods.sync('c', {
      items: [{ id: fax?.id, label: 'Fax' }],
      replaceMode: true,
    })
    expect(left).toMatchObject({ created: [], updated: [{ label: 'Fax' }], deleted: [made.created[1]?.id] })
    expect((await sdk.contactMethods.sync('c', [], { replaceMode: true })).deleted).toEqual([fax?.id])
    expect(vendor.contactMethods).toEqual([])
  })

  it('splits more than 250, but not what must be seen as a whole', async () => {
    const { sdk, vendor } = apiSetup()
    const items = numbered(300).map(({ clientId: _clientId, ...item }) => item)
    expect((await sdk.contactMethods.sync('c', items)).created).toHaveLength(300)
    expect(vendor.requests).toHaveLength(2)
    const error = await failure(sdk.contactMethods.sync('c', items, { replaceMode: true }))
    expect(error).toMatchObject({ code: 'invalid_input' })
    expect(vendor.requests).toHaveLength(2)
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

  it.each([
    {},
    { succeeded: [] },
    { succeeded: [{ index: 'x' }], failed: [] },
    { succeeded: [], failed: [{ index: 9 }] },
    { data: [{}] },
  ])('a batch answered with %o is bad_response', async (body) => {
    const { sdk, vendor } = apiSetup()
    vendor.faults.add({ path: '/batch', body })
    expect(await failure(sdk.contactMethods.createMany([email], { atomic: false }))).toMatchObject({
      code: 'bad_response',
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

  it('a batch keeps what can be read of its answer', async () => {
    const { sdk, vendor } = apiSetup()
    const withoutId = ({ id: _id, ...rest }: Readonly<Record<string, unknown>>): unknown => rest
    vendor.faults.add({ malformed: { index: 1, record: withoutId } })
    const items = [1, 2, 3].map((n) => ({ ...email, value: `${n}@example.com` }))
    const { succeeded, failed } = await sdk.contactMethods.createMany(items, { atomic: false })
    expect(succeeded.map(({ index, data }) => [index, data.value])).toEqual([
      [0, '1@example.com'],
      [2, '3@example.com'],
    ])
    expect(failed).toMatchObject([
      { index: 1, error: { code: 'bad_response', message: expect.stringContaining('data.1.id is missing') } },
    ])
  })

  it('a batch whose answer leaves items out says so', async () => {
    const { sdk, vendor } = apiSetup()
    const [record] = vendor.seed([email])
    const items = [email, email]
    vendor.faults.add({ path: '/batch', body: { atomic: true, data: [{ ...record }] } })
    expect(await failure(sdk.contactMethods.createMany(items))).toMatchObject({ code: 'bad_response' })
    const succeeded = [{ index: 1, data: { ...record } }]
    vendor.faults.add({ path: '/batch', body: { atomic: false, succeeded, failed: [] } })
    expect(await sdk.contactMethods.createMany(items, { atomic: false })).toMatchObject({
      succeeded: [{ index: 1 }],
      failed: [{ index: 0, error: { code: 'bad_response' } }],
    })
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
