import { describe, expect, test } from 'vitest'
import { setUpCognipeer } from './testing.ts'

const ANA = {
  email: 'ana@ex.org',
  integrationId: 'crm-7',
  name: 'Ana',
  properties: { a: 1, b: { c: 2, d: 3 } },
  metadata: { source: 'crm' },
  tags: ['vip'],
  favouriteColour: 'blue',
}

describe('create', () => {
  test.each([200, 201] as const)('answers the whole record with %i', async (createStatus) => {
    const { client, vendor } = setUpCognipeer({ createStatus })
    const { status, json } = await client.create(ANA)
    expect([status, json]).toEqual([
      createStatus,
      {
        success: true,
        data: {
          ...ANA,
          _id: expect.stringMatching(/^[0-9a-f]{24}$/),
          workspaceId: 'emulator',
          createdDate: '2026-01-02T03:04:05.000Z',
          modifiedDate: '2026-01-02T03:04:05.000Z',
          deleted: false,
        },
      },
    ])
    expect(vendor.contacts).toEqual([json.data])
  })

  test('wants nothing, unless the switch says so', async () => {
    expect((await setUpCognipeer().client.create({})).status).toBe(200)
    const { status, json } = await setUpCognipeer({ createNeedsKey: true }).client.create({ name: 'Ana' })
    expect([status, json.message, typeof json.details]).toEqual([400, 'Validation failed', 'object'])
  })

  test('makes a second contact with the same keys, or not', async () => {
    const twice = async (duplicates: 'allowed' | 'conflict' | 'existing') => {
      const { client, vendor } = setUpCognipeer({ duplicates })
      await client.create(ANA)
      const { status } = await client.create({ name: 'Other', email: ANA.email })
      return [status, vendor.contacts.map(({ name }) => name)]
    }
    expect(await twice('allowed')).toEqual([200, ['Ana', 'Other']])
    expect(await twice('conflict')).toEqual([409, ['Ana']])
    expect(await twice('existing')).toEqual([200, ['Ana']])
  })

  test('may drop keys of no one’s, fold emails, leave dates out, add a version', async () => {
    const { client } = setUpCognipeer({
      customKeys: 'drop',
      emailCase: 'folded',
      dates: false,
      versionKey: true,
    })
    const { json } = await client.create({ ...ANA, email: ' Ana@EX.org ' })
    expect(json.data.email).toBe('ana@ex.org')
    expect(json.data).not.toHaveProperty('favouriteColour')
    expect(json.data).not.toHaveProperty('createdDate')
    expect(json.data.__v).toBe(0)
    expect((await client.get({ email: 'ANA@ex.org' })).status).toBe(200)
  })

  test('stores what is sent, nulls and odd keys too, but for what is the server’s', async () => {
    const { client } = setUpCognipeer()
    const sent = { name: null, tags: [], deleted: true, $odd: 1, 'a.b': { c: [null] } }
    const fixed = { _id: 'x', workspaceId: 'y', peerId: 'p', createdDate: 'z', modifiedDate: 'z' }
    const body = `${JSON.stringify({ ...sent, ...fixed }).slice(0, -1)},"__proto__":{"email":"p@ex.org"}}`
    const { status, json } = await client.call('POST', '/v1/sdk/contact', { body })
    expect([status, json.data._id, json.data.workspaceId]).toEqual([200, expect.any(String), 'emulator'])
    expect(json.data).toMatchObject({ ...sent, createdDate: '2026-01-02T03:04:05.000Z' })
    expect(json.data).not.toHaveProperty('peerId')
    expect((await client.get({ email: 'p@ex.org' })).status).toBe(404)
  })

  test('a body that is no JSON object is a 400', async () => {
    const { client } = setUpCognipeer()
    for (const body of ['', '{', '[]', 'null']) {
      expect((await client.call('POST', '/v1/sdk/contact', { body })).status).toBe(400)
    }
  })
})

describe('get', () => {
  test('finds by either key', async () => {
    const { client } = setUpCognipeer()
    await client.create({ ...ANA, email: 'ana+b@ex.org' })
    expect((await client.get({ email: 'ana+b@ex.org' })).json.data.name).toBe('Ana')
    expect((await client.get({ integrationId: 'crm-7' })).json.data.name).toBe('Ana')
    expect((await client.get({ email: 'ANA+B@ex.org' })).status).toBe(404)
  })

  test('without a key it is a 400', async () => {
    const { client } = setUpCognipeer()
    expect((await client.get({})).status).toBe(400)
    expect((await client.get({ email: '' })).status).toBe(400)
  })

  test.each([
    ['both', 404],
    ['either', 200],
    ['email', 200],
    ['integrationId', 404],
  ] as const)('two keys that disagree (%s): %i', async (twoIdentifiers, status) => {
    const { client } = setUpCognipeer({ twoIdentifiers })
    await client.create(ANA)
    expect((await client.get({ email: ANA.email, integrationId: 'other' })).status).toBe(status)
    expect((await client.get({ email: ANA.email, integrationId: ANA.integrationId })).status).toBe(200)
  })

  test.each([
    ['404', 404, { message: 'Contact not found', statusCode: 404 }],
    ['400', 400, { message: 'Contact not found', statusCode: 400 }],
    ['success-false', 200, { success: false, error: 'Contact not found' }],
    ['null-data', 200, { success: true, data: null }],
  ] as const)('an unknown contact (%s)', async (notFound, status, body) => {
    const { client } = setUpCognipeer({ notFound })
    const got = await client.get({ email: 'nobody@ex.org' })
    expect([got.status, got.json]).toEqual([status, body])
    const updated = await client.update({ email: 'nobody@ex.org', data: { name: 'x' } })
    expect([updated.status, updated.json]).toEqual([status, body])
  })
})

describe('update', () => {
  const update = async (
    data: object,
    options: Parameters<typeof setUpCognipeer>[0] = {},
    before: object = ANA,
  ) => {
    const { client, clock } = setUpCognipeer(options)
    await client.create(before)
    clock.now += 1000
    return client.update({ integrationId: 'crm-7', data })
  }

  test('changes what is named, and the date', async () => {
    const { json } = await update({ name: 'Ana B', tags: ['x'], email: 'b@ex.org' })
    expect(json.data).toMatchObject({ ...ANA, name: 'Ana B', tags: ['x'], email: 'b@ex.org' })
    expect(json.data.modifiedDate).toBe('2026-01-02T03:04:06.000Z')
    expect(json.data.createdDate).toBe('2026-01-02T03:04:05.000Z')
  })

  test('replaces nested objects, or merges at every depth', async () => {
    const data = { properties: { a: 9, b: { c: 8 } } }
    expect((await update(data)).json.data.properties).toEqual({ a: 9, b: { c: 8 } })
    const merged = await update(data, { nested: 'merge' })
    expect(merged.json.data.properties).toEqual({ a: 9, b: { c: 8, d: 3 } })
  })

  test('null is stored, removes, does nothing, or is refused', async () => {
    const data = { name: null, properties: { a: null } }
    expect((await update(data, { nested: 'merge' })).json.data).toMatchObject({
      name: null,
      properties: { a: null, b: { c: 2, d: 3 } },
    })
    const unset = (await update(data, { nested: 'merge', nulls: 'unset' })).json.data
    expect([unset.name, unset.properties]).toEqual([undefined, { b: { c: 2, d: 3 } }])
    const kept = (await update(data, { nested: 'merge', nulls: 'ignore' })).json.data
    expect([kept.name, kept.properties]).toEqual(['Ana', ANA.properties])
    expect(await update(data, { nulls: 'refuse' })).toMatchObject({
      status: 400,
      json: { details: { name: 'must not be null' } },
    })
  })

  test('empty text is stored or does nothing', async () => {
    expect((await update({ name: '' })).json.data.name).toBe('')
    expect((await update({ name: '' }, { emptyText: 'ignore' })).json.data.name).toBe('Ana')
  })

  test('a dot in a key is part of it, or a path', async () => {
    const data = { 'properties.a': 5 }
    expect((await update(data)).json.data).toMatchObject({ 'properties.a': 5, properties: ANA.properties })
    const { json } = await update(data, { dottedKeys: 'path' })
    expect(json.data.properties).toEqual({ ...ANA.properties, a: 5 })
  })

  test('what is the server’s stays, or is refused', async () => {
    const data = { _id: 'x', workspaceId: 'y', createdDate: 'z', peerId: 'p' }
    const kept = (await update(data)).json.data
    expect([kept.workspaceId, kept.createdDate, kept.peerId]).toEqual([
      'emulator',
      '2026-01-02T03:04:05.000Z',
      undefined,
    ])
    expect((await update(data, { fixedFields: 'refuse' })).status).toBe(400)
  })

  test('integrationId and deleted, as the switches say', async () => {
    const data = { integrationId: 'crm-8', deleted: true }
    expect((await update(data)).json.data).toMatchObject(data)
    const ignored = await update(data, { integrationIdUpdate: 'ignore', deletedUpdate: 'ignore' })
    expect(ignored.json.data).toMatchObject({ integrationId: 'crm-7', deleted: false })
    expect((await update(data, { integrationIdUpdate: 'refuse' })).status).toBe(400)
  })

  test('a soft-deleted contact is found, or not, and may come back', async () => {
    const deleted = { ...ANA, deleted: true }
    expect((await update({ name: 'x' }, {}, deleted)).json.data.deleted).toBe(true)
    expect((await update({ name: 'x' }, { updateRevives: true }, deleted)).json.data.deleted).toBe(false)
    expect((await update({ name: 'x' }, { deletedInGet: 'hidden' }, deleted)).status).toBe(404)
  })

  test('reads its keys and its data from the body, and nothing else', async () => {
    const { client } = setUpCognipeer()
    await client.create(ANA)
    const query = new URLSearchParams({ email: ANA.email })
    const body = (value: object) => ({ body: JSON.stringify(value) })
    const path = `/v1/sdk/contact?${query}`
    expect((await client.call('PATCH', path, body({ data: { name: 'x' } }))).status).toBe(400)
    const beside = { integrationId: 'crm-7', email: '', name: 'beside', data: { tags: [] } }
    const { json } = await client.call('PATCH', '/v1/sdk/contact', body(beside))
    expect(json.data).toMatchObject({ name: 'Ana', email: ANA.email, tags: [] })
  })

  test('without a key, or without data, it is a 400', async () => {
    const { client } = setUpCognipeer()
    await client.create(ANA)
    for (const body of [{ data: { name: 'x' } }, { email: ANA.email }, { email: ANA.email, data: {} }]) {
      expect((await client.update(body)).status).toBe(400)
    }
  })

  test('a taken key is a 409 where keys are unique', async () => {
    const { client } = setUpCognipeer({ duplicates: 'conflict' })
    await client.create(ANA)
    await client.create({ email: 'bo@ex.org' })
    expect((await client.update({ email: 'bo@ex.org', data: { email: ANA.email } })).status).toBe(409)
    expect((await client.update({ email: 'bo@ex.org', data: { email: 'bo@ex.org' } })).status).toBe(200)
  })

  test('moves the date also when nothing changes, unless the switch says otherwise', async () => {
    expect((await update({ name: 'Ana' })).json.data.modifiedDate).toBe('2026-01-02T03:04:06.000Z')
    const still = await update({ name: 'Ana' }, { touchOnNoChange: false })
    expect(still.json.data.modifiedDate).toBe('2026-01-02T03:04:05.000Z')
  })

  test.each([
    ['sent', ['_id', 'workspaceId', 'name']],
    ['ids', ['_id', 'workspaceId']],
  ] as const)('may answer a part (%s)', async (writeReply, keys) => {
    const { json } = await update({ name: 'Ana B' }, { writeReply })
    expect(Object.keys(json.data)).toEqual(keys)
  })
})

test('errors come in three shapes', async () => {
  const shape = async (errorShape: 'flat' | 'envelope' | 'nested') =>
    (await setUpCognipeer({ errorShape }).client.get({})).json
  const message = 'email or integrationId is required'
  expect(await shape('flat')).toEqual({ message, statusCode: 400 })
  expect(await shape('envelope')).toEqual({ success: false, error: message })
  expect(await shape('nested')).toEqual({ error: { code: 'bad_request', message, status: 400 } })
})

test('faults of this vendor: a failure under 200, null data, a malformed record', async () => {
  const { client, vendor } = setUpCognipeer()
  vendor.faults.add({ failure: 'Something broke' })
  expect((await client.create(ANA)).json).toEqual({ success: false, error: 'Something broke' })
  vendor.faults.add({ failure: true })
  expect((await client.create(ANA)).json).toEqual({ success: false })
  expect(vendor.contacts).toEqual([])
  await client.create(ANA)
  vendor.faults.add({ nullData: true })
  expect((await client.get({ email: ANA.email })).json).toEqual({ success: true, data: null })
  vendor.faults.add({ malformed: { record: ({ _id, ...rest }) => rest } })
  expect((await client.list()).json.data[0]).not.toHaveProperty('_id')
  vendor.faults.add({ status: 500, body: 'oops' })
  expect(await client.list()).toMatchObject({ status: 500, text: 'oops' })
  vendor.faults.add({ cut: 'answer' })
  await expect(client.create({ email: 'lost@ex.org' })).rejects.toThrow('fetch failed')
  expect(vendor.contacts).toHaveLength(2)
})
