import { describe, expect, test } from 'vitest'
import { setUp } from './test-client.ts'

const email = (value: string, more: object = {}) => ({ clientId: 'c', type: 'email', value, ...more })

describe('createMany', () => {
  test('is all or nothing unless it says otherwise', async () => {
    const { send, vendor } = setUp()
    const done = await send('POST', '/contact-methods/batch', { items: [email('a@x.org'), email('b@x.org')] })
    expect([done.status, done.json.atomic, done.json.data.length]).toEqual([200, true, 2])
    const failed = await send('POST', '/contact-methods/batch', {
      items: [email('c@x.org', { isPrimary: true }), { clientId: 'c' }],
    })
    expect([failed.status, failed.json.data.issues[0].path]).toEqual([400, ['items', 1, 'type']])
    expect(vendor.contactMethods.map(({ value }) => value)).toEqual(['a@x.org', 'b@x.org'])
  })

  test('partial: by index, a bad item does not sink the rest', async () => {
    const { send, vendor } = setUp()
    vendor.seed([{ clientId: 'z', type: 'fax', value: '1', externalId: 'taken' }])
    const items = [
      email('a@x.org'),
      { type: 'pigeon' },
      email('b@x.org', { externalId: 'taken' }),
      email('c@x.org'),
    ]
    const { status, json } = await send('POST', '/contact-methods/batch', { items, atomic: false })
    expect([status, json.atomic]).toEqual([200, false])
    expect(
      json.succeeded.map(({ index, data }: { index: number; data: { value: string } }) => [
        index,
        data.value,
      ]),
    ).toEqual([
      [0, 'a@x.org'],
      [3, 'c@x.org'],
    ])
    expect(json.failed).toEqual([
      { index: 1, error: { message: 'Input validation failed' } },
      { index: 2, error: { message: 'A contact method with this external ID already exists' } },
    ])
  })

  test('partial with the other switches', async () => {
    const { send } = setUp({ partialStatus: 207, itemError: 'coded' })
    const { status, json } = await send('POST', '/contact-methods/batch', { items: [{}], atomic: false })
    expect([status, json.failed[0].error.code, json.failed[0].error.status]).toEqual([
      207,
      'BAD_REQUEST',
      400,
    ])
  })

  test.each([[[]], [Array.from({ length: 251 }, () => email('a@x.org'))], ['x'], [undefined]])(
    'items must be 1 to 250 (%#)',
    async (items) => {
      expect((await setUp().send('POST', '/contact-methods/batch', { items })).status).toBe(400)
    },
  )
})

describe('updateMany', () => {
  test('each is an id and data', async () => {
    const { send, vendor } = setUp()
    vendor.seed([{ id: 'a', clientId: 'c', type: 'email', value: 'a@x.org' }])
    const items = [{ id: 'a', data: { label: 'Work' } }, { id: 'nobody', data: {} }, { data: {} }]
    const { json } = await send('PATCH', '/contact-methods/batch', { items, atomic: false })
    expect(json.succeeded).toMatchObject([{ index: 0, data: { label: 'Work' } }])
    expect(json.failed.map(({ index }: { index: number }) => index)).toEqual([1, 2])
    expect((await send('PATCH', '/contact-methods/batch', { items })).status).toBe(404)
  })
})

describe('upserts', () => {
  test('tell created, updated and skipped; without isPrimary it is not primary', async () => {
    const { send } = setUp()
    const put = (body: object) => send('PUT', '/contact-methods/external/crm-1', body)
    expect((await put(email('a@x.org', { isPrimary: true }))).json).toMatchObject({
      action: 'created',
      data: { externalId: 'crm-1', isPrimary: true },
    })
    expect((await put(email('a@x.org', { isPrimary: true }))).json.action).toBe('skipped')
    expect((await put(email('a@x.org'))).json).toMatchObject({
      action: 'updated',
      data: { isPrimary: false },
    })
    expect((await put({ type: 'email' })).status).toBe(400)
  })

  test('in a batch the external id is inside each', async () => {
    const { send } = setUp()
    const items = [email('a@x.org', { externalId: 'x' }), email('b@x.org')]
    const { json } = await send('PUT', '/contact-methods/batch/external', { items, atomic: false })
    expect(json.succeeded).toMatchObject([
      { index: 0, data: { action: 'created', data: { value: 'a@x.org' } } },
    ])
    expect(json.failed).toMatchObject([{ index: 1 }])
  })
})

test.each([
  ['POST', '/contact-methods/batch'],
  ['PATCH', '/contact-methods/batch'],
  ['PUT', '/contact-methods/batch/external'],
] as const)('%s %s takes 1 to 250 items, and a flag that is one', async (method, path) => {
  const { send, vendor } = setUp()
  for (const items of [[], Array.from({ length: 251 }, () => ({})), undefined]) {
    const { status, json } = await send(method, path, { items })
    expect([status, json.data.issues[0].path]).toEqual([400, ['items']])
  }
  const odd = await send(method, path, { items: [{}], atomic: 'no' })
  expect([odd.status, odd.json.data.issues[0].path]).toEqual([400, ['atomic']])
  expect(vendor.contactMethods).toEqual([])
})

test('atomic batches answer the objects in the order of their items, upserts with what each did', async () => {
  const { send, vendor } = setUp()
  vendor.seed([
    { id: 'a', clientId: 'c', type: 'email', value: 'a@x.org', externalId: 'x' },
    { id: 'b', clientId: 'c', type: 'email', value: 'b@x.org' },
  ])
  const updated = await send('PATCH', '/contact-methods/batch', {
    items: [
      { id: 'b', data: { label: 'B' } },
      { id: 'a', data: { label: 'A' } },
    ],
  })
  expect(updated.json).toMatchObject({
    atomic: true,
    data: [
      { id: 'b', label: 'B' },
      { id: 'a', label: 'A' },
    ],
  })
  const items = [email('n@x.org', { externalId: 'y' }), email('a@x.org', { externalId: 'x', label: 'Z' })]
  const upserted = await send('PUT', '/contact-methods/batch/external', { items })
  expect(upserted.json).toMatchObject({
    atomic: true,
    data: [
      { action: 'created', data: { value: 'n@x.org' } },
      { action: 'updated', data: { id: 'a', label: 'Z' } },
    ],
  })
  const failed = await send('PUT', '/contact-methods/batch/external', {
    items: [email('o@x.org', { externalId: 'z' }), { externalId: 'x' }],
  })
  expect([failed.status, failed.json.data.issues[0].path]).toEqual([400, ['items', 1, 'clientId']])
  expect(vendor.contactMethods).toHaveLength(3)
})

describe('sync', () => {
  const seeded = (options: Parameters<typeof setUp>[0] = {}) => {
    const set = setUp(options)
    set.vendor.seed([
      {
        id: 'a',
        clientId: 'c',
        type: 'email',
        value: 'a@x.org',
        isPrimary: true,
        label: 'Work',
        metadata: { k: 1 },
      },
      { id: 'b', clientId: 'c', type: 'email', value: 'b@x.org' },
      { id: 'z', clientId: 'other', type: 'email', value: 'z@x.org' },
    ])
    const sync = (body: object) => set.send('POST', '/clients/c/contact-methods/sync', body)
    return { ...set, sync }
  }

  test('creates, changes and deletes what the items say, and leaves the rest', async () => {
    const { sync, vendor } = seeded()
    const { status, json } = await sync({
      items: [
        { id: 'a', value: 'new@x.org' },
        { id: 'b', _delete: true },
        { type: 'fax', value: '1', isPrimary: true },
      ],
    })
    expect(status).toBe(200)
    expect(json.created).toMatchObject([{ type: 'fax', clientId: 'c' }])
    expect(json.updated).toMatchObject([{ id: 'a', value: 'new@x.org', label: 'Work' }])
    expect(json.deleted).toEqual(['b'])
    expect(vendor.contactMethods.map(({ id }) => id)).toEqual(['a', 'z', json.created[0].id])
  })

  test('with replaceMode what no item names goes', async () => {
    const { sync, vendor } = seeded()
    expect((await sync({ items: [{ id: 'b' }], replaceMode: true })).json.deleted).toEqual(['a'])
    expect((await sync({ items: [], replaceMode: true })).json.deleted).toEqual(['b'])
    expect(vendor.contactMethods.map(({ id }) => id)).toEqual(['z'])
  })

  test('takes none to 250 items', async () => {
    const { sync } = seeded()
    const { status, json } = await sync({ items: [] })
    expect([status, json]).toEqual([200, { created: [], updated: [], deleted: [] }])
    const many = Array.from({ length: 251 }, () => ({ type: 'fax', value: '1' }))
    expect((await sync({ items: many })).status).toBe(400)
    expect((await sync({})).status).toBe(400)
  })

  test('is all or nothing', async () => {
    const { sync, vendor } = seeded()
    const stored = () => [...vendor.contactMethods].sort((a, b) => (a.id < b.id ? -1 : 1))
    const before = structuredClone(stored())
    for (const bad of [{ id: 'z', value: 'x' }, { id: 'nobody' }, { value: 'x' }, { _delete: true }, 7]) {
      const { status } = await sync({ items: [{ id: 'a', label: 'New' }, { id: 'b', _delete: true }, bad] })
      expect(status).toBeGreaterThanOrEqual(400)
    }
    expect(stored()).toEqual(before)
  })

  test('an update with the switch replace sets what it does not name back', async () => {
    const { sync } = seeded({ syncUpdate: 'replace' })
    const { json } = await sync({ items: [{ id: 'a', value: 'new@x.org' }] })
    expect(json.updated).toMatchObject([{ id: 'a', isPrimary: false }])
    expect(json.updated[0]).not.toHaveProperty('label')
    expect(json.updated[0]).not.toHaveProperty('metadata')
  })

  test('a deletion with the switch whole wants type and value', async () => {
    const { sync } = seeded({ syncDelete: 'whole' })
    expect((await sync({ items: [{ id: 'b', _delete: true }] })).status).toBe(400)
    const whole = { id: 'b', type: 'email', value: 'b@x.org', _delete: true }
    expect((await sync({ items: [whole] })).json.deleted).toEqual(['b'])
  })

  test('one primary a type, whatever the items say', async () => {
    const { sync, vendor } = seeded()
    await sync({
      items: [
        { id: 'b', isPrimary: true },
        { type: 'email', value: 'n@x.org', isPrimary: true },
      ],
    })
    const primaries = vendor.contactMethods.filter(({ isPrimary }) => isPrimary)
    expect(primaries.map(({ value }) => value)).toEqual(['n@x.org'])
  })
})
