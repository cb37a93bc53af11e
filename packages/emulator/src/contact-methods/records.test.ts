import { describe, expect, test } from 'vitest'
import { setUp, TEST_TIME } from './test-client.ts'

const email = { clientId: 'client_abc123', type: 'email', value: 'juan@example.com' }

describe('create and retrieve', () => {
  test('a created method has the defaults, times as text, and nothing that was not set', async () => {
    const { send } = setUp()
    const { status, json } = await send('POST', '/contact-methods', { ...email, label: 'Personal' })
    expect([status, json]).toEqual([
      200,
      {
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        ...email,
        isPrimary: false,
        isVerified: false,
        verifiedAt: null,
        label: 'Personal',
        createdAt: TEST_TIME,
        updatedAt: TEST_TIME,
      },
    ])
    expect((await send('GET', `/contact-methods/${json.id}`)).json).toEqual(json)
  })

  test.each([
    [{}, ['clientId', 'type', 'value']],
    [{ ...email, value: '' }, ['value']],
    [{ ...email, type: 'pigeon' }, ['type']],
    [{ ...email, isPrimary: 'yes', label: null, metadata: [] }, ['isPrimary', 'label', 'metadata']],
    [{ ...email, externalId: '' }, ['externalId']],
  ])('%o is a 400 that says what is wrong', async (body, paths) => {
    const { send, vendor } = setUp()
    const { status, json } = await send('POST', '/contact-methods', body)
    expect([status, json.code, json.status, json.message]).toEqual([
      400,
      'BAD_REQUEST',
      400,
      'Input validation failed',
    ])
    expect(json.data.issues.map(({ path }: { path: string[] }) => path.join('.'))).toEqual(paths)
    expect(vendor.contactMethods).toEqual([])
  })

  test('mobile is a type; a body that is no JSON is a 400', async () => {
    const { send } = setUp()
    expect((await send('POST', '/contact-methods', { ...email, type: 'mobile' })).status).toBe(200)
    expect((await send('POST', '/contact-methods', '{broken')).status).toBe(400)
    expect((await send('POST', '/contact-methods', '[]')).status).toBe(400)
  })

  test('by external id, which is unique, and by metadata', async () => {
    const { send } = setUp()
    const made = await send('POST', '/contact-methods', {
      ...email,
      externalId: 'crm/1',
      metadata: { source: 'crm', n: 7 },
    })
    expect((await send('GET', '/contact-methods/external/crm%2F1')).json).toEqual(made.json)
    expect((await send('GET', '/contact-methods/metadata/source/crm')).json).toEqual(made.json)
    expect((await send('GET', '/contact-methods/metadata/n/7')).json).toEqual(made.json)
    expect((await send('GET', '/contact-methods/metadata/source/x')).status).toBe(404)
    expect((await send('GET', '/contact-methods/metadata/constructor/x')).status).toBe(404)
    const again = await send('POST', '/contact-methods', { ...email, externalId: 'crm/1' })
    expect([again.status, again.json.code]).toEqual([409, 'CONFLICT'])
  })

  test('what is not there is a 404 in the shape of oRPC', async () => {
    const { send } = setUp()
    const { status, json } = await send('GET', '/contact-methods/nobody')
    expect([status, json]).toEqual([
      404,
      { defined: false, code: 'NOT_FOUND', status: 404, message: 'Contact method not found' },
    ])
    expect((await send('GET', '/v2/contact-methods/x')).status).toBe(404)
  })
})

describe('update and delete', () => {
  test('an update changes what it names', async () => {
    const { send, clock } = setUp()
    const { json: made } = await send('POST', '/contact-methods', {
      ...email,
      label: 'Personal',
      metadata: { a: 1 },
    })
    clock.now += 1000
    const { json } = await send('PATCH', `/contact-methods/${made.id}`, { value: 'new@example.com' })
    expect(json).toEqual({ ...made, value: 'new@example.com', updatedAt: '2026-01-31T09:00:01.000Z' })
  })

  test('making one primary clears the flag on the others of its client and type', async () => {
    const { send, vendor } = setUp()
    const make = async (more: object) => (await send('POST', '/contact-methods', { ...email, ...more })).json
    const first = await make({ isPrimary: true })
    const second = await make({})
    await make({ type: 'phone', value: '1', isPrimary: true })
    await make({ clientId: 'other', isPrimary: true })
    await send('PATCH', `/contact-methods/${second.id}`, { isPrimary: true })
    const primaries = vendor.contactMethods.filter(({ isPrimary }) => isPrimary)
    expect(primaries.map(({ clientId, type }) => [clientId, type])).toEqual([
      ['client_abc123', 'email'],
      ['client_abc123', 'phone'],
      ['other', 'email'],
    ])
    expect((await send('GET', `/contact-methods/${first.id}`)).json.isPrimary).toBe(false)
    const primary = await send('GET', '/clients/client_abc123/contact-methods/primary/email')
    expect([primary.status, primary.json.id]).toEqual([200, second.id])
  })

  test('the primary that is not there is 200 with null', async () => {
    const { send } = setUp()
    const answer = await send('GET', '/clients/nobody/contact-methods/primary/fax')
    expect([answer.status, answer.text]).toEqual([200, 'null'])
    expect((await send('GET', '/clients/nobody/contact-methods/primary/pigeon')).status).toBe(400)
  })

  test.each([
    ['empty', 200, ''],
    ['no-content', 204, ''],
    ['json', 200, '{"success":true}'],
  ] as const)('a delete with the switch %s', async (deleteAnswer, status, text) => {
    const { send, vendor } = setUp({ deleteAnswer })
    const { json } = await send('POST', '/contact-methods', email)
    expect(await send('DELETE', `/contact-methods/${json.id}`)).toMatchObject({ status, text })
    expect(vendor.contactMethods).toEqual([])
    expect((await send('DELETE', `/contact-methods/${json.id}`)).status).toBe(404)
  })

  test.each([
    ['replace', { b: 2 }],
    ['merge', { a: 1, b: 2 }],
  ] as const)('metadata with the switch %s', async (metadataUpdate, expected) => {
    const { send } = setUp({ metadataUpdate })
    const { json } = await send('POST', '/contact-methods', { ...email, metadata: { a: 1 } })
    const updated = await send('PATCH', `/contact-methods/${json.id}`, { metadata: { b: 2 } })
    expect(updated.json.metadata).toEqual(expected)
  })

  test.each([
    ['reset', false],
    ['kept', true],
  ] as const)('verification of a new value with the switch %s', async (verification, isVerified) => {
    const { send, vendor } = setUp({ verification })
    const [seeded] = vendor.seed([{ ...email, type: 'email', isVerified: true, verifiedAt: TEST_TIME }])
    const same = await send('PATCH', `/contact-methods/${seeded?.id}`, { value: email.value })
    expect(same.json).toMatchObject({ isVerified: true, verifiedAt: TEST_TIME })
    const changed = await send('PATCH', `/contact-methods/${seeded?.id}`, { value: 'new@example.com' })
    expect(changed.json).toMatchObject({ isVerified, verifiedAt: isVerified ? TEST_TIME : null })
  })

  test.each([
    ['accept', 200],
    ['refuse', 400],
  ] as const)('externalId: null with the switch %s', async (nullExternalId, status) => {
    const { send } = setUp({ nullExternalId })
    const { json } = await send('POST', '/contact-methods', { ...email, externalId: 'x' })
    expect((await send('PATCH', `/contact-methods/${json.id}`, { externalId: null })).status).toBe(status)
    const free = await send('GET', '/contact-methods/external/x')
    expect(free.status).toBe(status === 200 ? 404 : 200)
  })
})

describe('switches of identity', () => {
  test('ids: uuid refuses other ids everywhere', async () => {
    const { send } = setUp({ ids: 'uuid' })
    for (const path of [
      '/contact-methods/x',
      '/clients/x/contact-methods',
      '/clients/x/contact-methods/primary/email',
    ])
      expect((await send('GET', path)).status).toBe(400)
    expect((await send('POST', '/contact-methods', email)).status).toBe(400)
    expect((await send('POST', '/contact-methods/list', { filter: { clientId: 'x' } })).status).toBe(400)
  })

  test('clients that are known, and those that are not', async () => {
    const { send } = setUp({ clients: ['known'], unknownClient: 'not-found' })
    expect((await send('POST', '/contact-methods', email)).status).toBe(404)
    expect((await send('POST', '/contact-methods', { ...email, clientId: 'known' })).status).toBe(200)
    expect((await send('GET', '/clients/other/contact-methods')).status).toBe(404)
    expect((await send('GET', '/clients/known/contact-methods')).status).toBe(200)
    expect((await setUp().send('GET', '/clients/other/contact-methods')).json.data).toEqual([])
  })

  test('createStatus', async () => {
    expect((await setUp({ createStatus: 201 }).send('POST', '/contact-methods', email)).status).toBe(201)
  })
})
