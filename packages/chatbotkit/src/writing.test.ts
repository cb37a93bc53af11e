import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { failure, setup } from './testing/setup.ts'

describe('create', () => {
  it('gives the record as stored, although the vendor answers an id only', async () => {
    const { contacts, requests } = setup()
    const contact = await contacts.create({
      externalId: 'user-42',
      name: 'Ana Souza',
      nickname: 'ana',
      email: 'ana@example.com',
      phone: '(415) 555-2671',
      note: 'prefers mornings',
      customFields: { plan: 'pro', seats: 3, address: { city: 'Porto' } },
    })
    expect(contact).toMatchObject({
      provider: 'chatbotkit',
      externalId: 'user-42',
      name: 'Ana Souza',
      nickname: 'ana',
      email: 'ana@example.com',
      phone: '+14155552671',
      note: 'prefers mornings',
      customFields: { plan: 'pro', seats: 3, address: { city: 'Porto' } },
      contactMethods: [
        { type: 'email', value: 'ana@example.com', primary: true },
        { type: 'phone', value: '+14155552671', primary: true },
      ],
    })
    expect(contact.createdAt).toMatch(/^2026-01-01T.*Z$/)
    expect(contact.verifiedAt).toMatch(/^2026-01-01T.*Z$/)
    expect(contact).not.toHaveProperty('tags')
    expect(requests()).toEqual(['POST create', 'GET {id}/fetch'])
  })

  it('sends verifiedAt with an external id, so that a later ensure accepts the record', async () => {
    const { contacts, vendor } = setup()
    const contact = await contacts.create({ externalId: 'user-42' })
    const { id } = await contacts.api.ensure({ fingerprint: 'anycontact-external-id:user-42' })
    expect(id).toBe(contact.id)
    expect(vendor.contacts).toHaveLength(1)
  })

  it('leaves a contact without an external id unverified', async () => {
    const { contacts } = setup()
    expect(await contacts.create({ name: 'Bo' })).not.toHaveProperty('verifiedAt')
  })

  it('leaves one with an external id unverified when told to', async () => {
    const { contacts } = setup()
    const contact = await contacts.create({ externalId: 'user-42', verifiedAt: null })
    expect(contact).not.toHaveProperty('verifiedAt')
  })

  it('refuses vendor-only fields that ChatBotKit has not, on update and upsert too', async () => {
    const { contacts, requests } = setup()
    const vendor: { preferences?: string } = Object.assign({ preferences: 'x' }, { preference: 'typo' })
    for (const write of [
      contacts.create({ name: 'Ana' }, { vendor }),
      contacts.update('c000000000000000000000001', { name: 'Ana' }, { vendor }),
      contacts.upsert({ externalId: 'user-42' }, { by: 'externalId', vendor }),
    ]) {
      expect(await failure(write)).toMatchObject({
        code: 'unsupported_field',
        issues: [{ path: 'vendor.preference' }],
      })
    }
    expect(requests()).toEqual([])
  })

  it('keeps a verifiedAt that was given', async () => {
    const { contacts } = setup()
    const contact = await contacts.create({ externalId: 'user-42', verifiedAt: '2025-05-05T12:00:00+02:00' })
    expect(contact.verifiedAt).toBe('2025-05-05T10:00:00.000Z')
  })

  it('refuses a verifiedAt that the server takes for "not given"', async () => {
    const { contacts, requests } = setup()
    const error = await failure(contacts.create({ verifiedAt: '1970-01-01T00:00:00Z' }))
    expect(error).toMatchObject({ code: 'invalid_input' })
    expect(requests()).toEqual([])
  })

  it('answers a taken external id with conflict', async () => {
    const { contacts, vendor } = setup()
    await contacts.create({ externalId: 'user-42', name: 'Ana' })
    const error = await failure(contacts.create({ externalId: 'user-42', name: 'Bo' }))
    expect(error).toMatchObject({
      code: 'conflict',
      status: 409,
      provider: 'chatbotkit',
      operation: 'create',
    })
    expect(vendor.contacts.map(({ name }) => name)).toEqual(['Ana'])
  })

  it('carries vendor-only fields', async () => {
    const { contacts } = setup()
    const contact = await contacts.create({ name: 'Ana' }, { vendor: { preferences: 'email only' } })
    expect(contact.raw.preferences).toBe('email only')
  })

  it.each([
    ['an empty key', { '': 1 }],
    ['a key that the server refuses', { _internal: 1 }],
    ['a key that the server hides', { '#secret': 1 }],
    ['a nested key that the server hides', { a: { b: [{ '#secret': 1 }] } }],
  ])('refuses %s in custom fields', async (_, customFields) => {
    const { contacts, requests } = setup()
    const error = await failure(contacts.create({ customFields }))
    expect(error).toMatchObject({ code: 'unsupported_field' })
    expect(requests()).toEqual([])
  })

  it('leaves such a key out, and says so, when told to', async () => {
    const warnings: unknown[] = []
    const { contacts } = setup({ unsupportedFields: 'drop', onWarning: (warning) => warnings.push(warning) })
    const contact = await contacts.create({ customFields: { _internal: 1, plan: 'pro' } })
    expect(contact.customFields).toEqual({ plan: 'pro' })
    expect(warnings).toMatchObject([{ code: 'unsupported_field', field: 'customFields._internal' }])
  })

  it('keeps $update in custom fields as data', async () => {
    const { contacts } = setup()
    const customFields = { $update: { plan: 'free' }, nested: { $update: { a: 1 } } }
    expect((await contacts.create({ customFields })).customFields).toEqual(customFields)
  })

  it('refuses a field that ChatBotKit has not', async () => {
    const { contacts, requests } = setup()
    const input: { name: string; tags: string[] } = { name: 'Ana', tags: ['vip'] }
    expect(await failure(contacts.create(input))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'tags' }],
    })
    expect(requests()).toEqual([])
  })
})

describe('a create whose answer was lost', () => {
  it.each([
    ['the connection was cut', { cut: 'answer' }],
    ['a gateway answered instead', { status: 502, applied: true }],
    ['the answer was torn', { truncateBytes: 8 }],
  ] as const)('is sent again under its external id, and found by it: %s', async (_, fault) => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ path: '/create', ...fault })
    const contact = await contacts.create({ externalId: 'user-42', name: 'Ana' })
    expect(contact).toMatchObject({ externalId: 'user-42', name: 'Ana' })
    expect(vendor.contacts).toHaveLength(1)
    expect(requests()).toEqual(['POST create', 'POST create', 'POST ensure', 'GET {id}/fetch'])
  })

  it('is made by the repetition when it never arrived, its verifiedAt too', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ path: '/create', cut: 'request' })
    const input = { externalId: 'user-42', name: 'Ana', verifiedAt: '2025-05-05T10:00:00.000Z' }
    expect(await contacts.create(input)).toMatchObject(input)
    expect(vendor.contacts).toHaveLength(1)
    expect(requests()).toEqual(['POST create', 'POST create', 'GET {id}/fetch'])
  })

  it('is sent again once by a client that does not retry', async () => {
    const { contacts, vendor, requests } = setup({ retry: false })
    vendor.faults.add({ path: '/create', cut: 'answer' })
    expect(await contacts.create({ externalId: 'user-42', name: 'Ana' })).toMatchObject({ name: 'Ana' })
    expect(requests()).toEqual(['POST create', 'POST create', 'POST ensure', 'GET {id}/fetch'])

    vendor.faults.add({ path: '/create', times: 2, status: 503 })
    const error = await failure(contacts.create({ externalId: 'user-43', name: 'Bo' }))
    expect(error).toMatchObject({ code: 'unavailable', status: 503 })
    expect(requests()).toEqual(['POST create', 'POST create'])

    vendor.faults.add({ path: '/create', status: 503, headers: { 'retry-after': '7' } })
    expect(await failure(contacts.create({ externalId: 'user-44' }))).toMatchObject({ retryAfterMs: 7000 })
    expect(requests()).toEqual(['POST create'])
  })

  it('waits as long as Retry-After says', async () => {
    const { contacts, vendor, clock } = setup()
    vendor.faults.add({ path: '/create', status: 503, headers: { 'retry-after': '7' } })
    await contacts.create({ externalId: 'user-42', name: 'Ana' })
    expect(clock.waits).toEqual([7000])
  })

  it.each([{}, { verifiedAt: '2025-05-05T10:00:00.000Z' }])(
    'is a conflict when the same contact was made before, with %j',
    async (more) => {
      const { contacts, vendor, clock } = setup()
      const input = { externalId: 'user-42', name: 'Ana', ...more }
      await contacts.create(input)
      await clock.sleep(20_000)
      vendor.faults.add({ path: '/create', cut: 'answer' })
      expect(await failure(contacts.create(input))).toMatchObject({ code: 'conflict', status: 409 })
    },
  )

  it('is told of the contact that was made when it cannot be read back', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ path: '/fetch', status: 503, times: 4 })
    const error = await failure(contacts.create({ name: 'Ana' }))
    const [made] = vendor.contacts
    expect(error).toMatchObject({
      code: 'unavailable',
      retryable: false,
      message: expect.stringContaining(`with the id ${made?.id}`),
    })

    vendor.faults.add({ path: '/fetch', stale: true })
    expect(await failure(contacts.create({ name: 'Bo' }))).toMatchObject({
      code: 'unavailable',
      retryable: false,
    })
  })

  it('passes the reason of an abort on when it comes while the record is read back', async () => {
    const controller = new AbortController()
    const reason = new ContactsError({ code: 'timeout', message: 'mine' })
    const { contacts } = setup({
      onRequest: ({ url }) => {
        if (url.endsWith('/fetch')) controller.abort(reason)
      },
    })
    const error = await failure(contacts.create({ name: 'Ana' }, { signal: controller.signal }))
    expect(error).toBe(reason)
  })

  it('is a conflict when the external id belongs to another contact', async () => {
    const { contacts, vendor } = setup()
    await contacts.create({ externalId: 'user-42', name: 'Ana' })
    vendor.faults.add({ path: '/create', cut: 'answer' })
    const error = await failure(contacts.create({ externalId: 'user-42', name: 'Bo' }))
    expect(error).toMatchObject({ code: 'conflict' })
    expect(vendor.contacts.map(({ name }) => name)).toEqual(['Ana'])
  })

  it('is a conflict when that contact is unverified', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ fingerprint: 'anycontact-external-id:user-42', name: 'Ana' }])
    vendor.faults.add({ path: '/create', cut: 'answer' })
    expect(await failure(contacts.create({ externalId: 'user-42', name: 'Ana' }))).toMatchObject({
      code: 'conflict',
    })
  })

  it('is reported, not sent again, when there is nothing to look it up by', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ path: '/create', cut: 'answer' })
    const error = await failure(contacts.create({ name: 'Ana' }))
    expect(error).toMatchObject({ code: 'network', retryable: false })
    expect(ContactsError.is(error) && error.message).toMatch(/may have been applied/)
    expect(requests()).toEqual(['POST create'])
    expect(vendor.contacts).toHaveLength(1)
  })
})

describe('update', () => {
  it('gives the record as stored, and leaves what was not named', async () => {
    const { contacts, requests } = setup()
    const before = await contacts.create({
      name: 'Ana',
      email: 'ana@example.com',
      customFields: { plan: 'free' },
    })
    requests()
    const after = await contacts.update(before, { phone: '+442079460958' })
    expect(after).toMatchObject({ name: 'Ana', email: 'ana@example.com', phone: '+442079460958' })
    expect(after.customFields).toEqual({ plan: 'free' })
    expect(requests()).toEqual(['POST {id}/update', 'GET {id}/fetch'])
  })

  it('clears every field with null', async () => {
    const { contacts, vendor } = setup()
    const full = await contacts.create({
      name: 'Ana',
      nickname: 'ana',
      email: 'ana@example.com',
      phone: '+14155552671',
      note: 'x',
      customFields: { plan: 'pro' },
      verifiedAt: '2025-05-05T12:00:00Z',
    })
    const cleared = await contacts.update(full, {
      name: null,
      nickname: null,
      email: null,
      phone: null,
      note: null,
      customFields: null,
      verifiedAt: null,
    })
    for (const field of ['name', 'nickname', 'email', 'phone', 'note', 'verifiedAt']) {
      expect(cleared).not.toHaveProperty(field)
    }
    expect(cleared.contactMethods).toEqual([])
    expect(cleared.customFields).toEqual({})
    expect(vendor.contacts[0]).toMatchObject({
      name: '',
      description: '',
      email: null,
      phone: null,
      nick: null,
      meta: {},
    })
  })

  it('cannot clear the external id, and says so', async () => {
    const { contacts, requests } = setup()
    const contact = await contacts.create({ externalId: 'user-42' })
    requests()
    expect(await failure(contacts.update(contact, { externalId: null }))).toMatchObject({
      code: 'unsupported_field',
    })
    expect(requests()).toEqual([])
  })

  it('adds and changes custom fields without touching the others', async () => {
    const { contacts, requests } = setup()
    const contact = await contacts.create({ customFields: { plan: 'free', seats: 3, été: 1 } })
    requests()
    const updated = await contacts.update(contact, { customFields: { plan: 'pro', city: 'Porto' } })
    expect(updated.customFields).toEqual({ plan: 'pro', seats: 3, été: 1, city: 'Porto' })
    expect(requests()).toEqual(['POST {id}/update', 'GET {id}/fetch'])
  })

  it('removes a custom field with null, changing others in the same call', async () => {
    const { contacts } = setup()
    const contact = await contacts.create({ customFields: { plan: 'free', seats: 3, keep: [1] } })
    const updated = await contacts.update(contact, {
      customFields: { seats: null, plan: 'pro', absent: null },
    })
    expect(updated.customFields).toEqual({ plan: 'pro', keep: [1] })
  })

  it.each(['-x', '$x', '#x', '_x', 'été', '$update', ' x'])(
    'refuses the key %j, which the server drops on update',
    async (key) => {
      const { contacts, requests } = setup()
      const contact = await contacts.create({ name: 'Ana' })
      requests()
      const error = await failure(contacts.update(contact, { customFields: { [key]: 1 } }))
      expect(error).toMatchObject({ code: 'unsupported_field', issues: [{ path: `customFields.${key}` }] })
      expect(requests()).toEqual([])
    },
  )

  it('refuses to remove a key when that would lose another one', async () => {
    const { contacts, vendor } = setup()
    const contact = await contacts.create({ customFields: { été: 1, plan: 'pro' } })
    const error = await failure(contacts.update(contact, { customFields: { plan: null } }))
    expect(error).toMatchObject({ code: 'unsupported_field', issues: [{ path: 'customFields.plan' }] })
    expect(vendor.contacts[0]?.meta).toEqual({ été: 1, plan: 'pro' })
  })

  it('writes nothing for an empty patch', async () => {
    const { contacts, requests } = setup()
    const contact = await contacts.create({ name: 'Ana' })
    requests()
    expect(await contacts.update(contact, { name: undefined })).toEqual(contact)
    expect(requests()).toEqual(['GET {id}/fetch'])
  })

  it('is sent again after a 503, because twice is as once', async () => {
    const { contacts, vendor } = setup()
    const contact = await contacts.create({ name: 'Ana' })
    vendor.faults.add({ path: '/update', status: 503 })
    expect(await contacts.update(contact, { name: 'Bo' })).toMatchObject({ name: 'Bo' })
  })

  it('answers an external id of another contact with conflict', async () => {
    const { contacts } = setup()
    await contacts.create({ externalId: 'user-1' })
    const other = await contacts.create({ externalId: 'user-2' })
    expect(await failure(contacts.update(other, { externalId: 'user-1' }))).toMatchObject({
      code: 'conflict',
    })
  })
})

describe('delete', () => {
  it('deletes, and a second time is not_found', async () => {
    const { contacts, vendor } = setup()
    const contact = await contacts.create({ name: 'Ana' })
    await contacts.delete(contact)
    expect(vendor.contacts).toEqual([])
    expect(await failure(contacts.delete(contact))).toMatchObject({ code: 'not_found', status: 404 })
  })

  it('succeeds when the answer was lost and the repetition finds it gone', async () => {
    const { contacts, vendor, requests } = setup()
    const contact = await contacts.create({ name: 'Ana' })
    requests()
    vendor.faults.add({ path: '/delete', cut: 'answer' })
    await contacts.delete(contact)
    expect(vendor.contacts).toEqual([])
    expect(requests()).toEqual(['POST {id}/delete', 'POST {id}/delete'])
  })
})
