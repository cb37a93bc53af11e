import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup } from '../../testing/api-setup.ts'

const email = { clientId: 'c', type: 'email', value: 'juan@example.com' } as const
const numbered = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...email, value: `n${n}@example.com` }))

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
