import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from './testing/setup.ts'

const by = { by: 'externalId' } as const

describe('upsert by externalId', () => {
  it('tells created, unchanged and updated apart', async () => {
    const { contacts, requests } = setup()
    const input = { externalId: 'user-42', name: 'Ana', customFields: { plan: 'pro' } }
    expect((await contacts.upsert(input, by)).outcome).toBe('created')
    expect(requests()).toEqual(['POST create', 'GET {id}/fetch'])

    expect((await contacts.upsert(input, by)).outcome).toBe('unchanged')
    expect(requests()).toEqual(['POST create', 'POST ensure', 'GET {id}/fetch'])

    const { outcome, contact } = await contacts.upsert({ ...input, customFields: { plan: 'team' } }, by)
    expect(outcome).toBe('updated')
    expect(contact).toMatchObject({ name: 'Ana', customFields: { plan: 'team' } })
    expect(requests()).toEqual([
      'POST create',
      'POST ensure',
      'GET {id}/fetch',
      'POST {id}/update',
      'GET {id}/fetch',
    ])
  })

  it('tells them apart at one and the same moment, for another client too', async () => {
    const first = setup({}, { now: () => 1_767_225_600_000 })
    const input = { externalId: 'user-42', name: 'Ana' }
    await first.contacts.upsert(input, by)
    const second = setup({ fetch: first.vendor.fetch })
    expect((await second.contacts.upsert(input, by)).outcome).toBe('unchanged')
  })

  it('leaves what is not named and clears what is null', async () => {
    const { contacts } = setup()
    await contacts.upsert({ externalId: 'user-42', name: 'Ana', email: 'ana@example.com', note: 'x' }, by)
    const { contact, outcome } = await contacts.upsert({ externalId: 'user-42', note: null }, by)
    expect(outcome).toBe('updated')
    expect(contact).toMatchObject({ name: 'Ana', email: 'ana@example.com' })
    expect(contact).not.toHaveProperty('note')
    expect((await contacts.upsert({ externalId: 'user-42', note: null, phone: null }, by)).outcome).toBe(
      'unchanged',
    )
  })

  it.each(['(415) 555-2671', '+1 415-555-2671', '14155552671'])(
    'takes the phone %s for the one that is stored',
    async (phone) => {
      const { contacts, requests } = setup()
      await contacts.upsert({ externalId: 'user-42', phone: '+14155552671' }, by)
      requests()
      expect((await contacts.upsert({ externalId: 'user-42', phone }, by)).outcome).toBe('unchanged')
      expect(requests()).not.toContain('POST {id}/update')
    },
  )

  it('tells "unchanged" when the update turned out to change nothing', async () => {
    const { contacts } = setup()
    await contacts.upsert({ externalId: 'user-42', phone: '+14155552671' }, by)
    const { outcome } = await contacts.upsert({ externalId: 'user-42', phone: '+1 415 555 2671 ' }, by)
    expect(outcome).toBe('unchanged')
  })

  it('tells "updated" of a custom field that was removed', async () => {
    const { contacts } = setup()
    await contacts.upsert({ externalId: 'user-42', customFields: { plan: 'pro', seats: 3 } }, by)
    const { contact, outcome } = await contacts.upsert(
      { externalId: 'user-42', customFields: { seats: null } },
      by,
    )
    expect([outcome, contact.customFields]).toEqual(['updated', { plan: 'pro' }])
  })

  it('compares vendor-only fields too', async () => {
    const { contacts } = setup()
    const vendor = { preferences: 'email only' }
    await contacts.upsert({ externalId: 'user-42' }, { ...by, vendor })
    expect((await contacts.upsert({ externalId: 'user-42' }, { ...by, vendor })).outcome).toBe('unchanged')
    const { outcome, contact } = await contacts.upsert(
      { externalId: 'user-42' },
      { ...by, vendor: { preferences: 'any' } },
    )
    expect([outcome, contact.raw.preferences]).toEqual(['updated', 'any'])
  })

  it('repairs a record that exists unverified', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ fingerprint: 'crm-user-000000000042', name: 'Ana' }])
    const { contact, outcome } = await contacts.upsert(
      { externalId: 'crm-user-000000000042', name: 'Ana B' },
      by,
    )
    expect(outcome).toBe('updated')
    expect(contact).toMatchObject({ name: 'Ana B', verifiedAt: expect.any(String) })
    expect((await contacts.upsert({ externalId: 'crm-user-000000000042', name: 'Ana B' }, by)).outcome).toBe(
      'unchanged',
    )
    expect(vendor.contacts).toHaveLength(1)
  })

  it('lists once for all the unverified records of a batch', async () => {
    const { contacts, vendor } = setup()
    const ids = Array.from({ length: 12 }, (_, index) => `crm-user-0000000000${index + 10}`)
    vendor.seed(ids.map((fingerprint) => ({ fingerprint, name: 'old' })))
    const items = ids.map((externalId) => ({ externalId, name: 'new' }))
    const { succeeded, failed } = await contacts.upsertMany(items, by)
    expect(failed).toEqual([])
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(ids.map(() => 'updated'))
    expect(vendor.requests.filter(({ headers }) => headers.accept === 'application/jsonl')).toHaveLength(1)
  })

  it.each([
    ['cut', { cut: 'answer' }],
    ['answered 502 and applied', { status: 502, applied: true }],
    ['cut before it arrived', { cut: 'request' }],
  ] as const)('tells "created" of a create that was %s', async (_, fault) => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ path: '/create', ...fault })
    const { outcome } = await contacts.upsert({ externalId: 'user-42', name: 'Ana' }, by)
    expect(outcome).toBe('created')
    expect(vendor.contacts).toHaveLength(1)
  })

  it('removes a custom field without reading the contact twice', async () => {
    const { contacts, requests } = setup()
    await contacts.upsert({ externalId: 'user-42', customFields: { plan: 'pro', seats: 3 } }, by)
    requests()
    await contacts.upsert({ externalId: 'user-42', customFields: { seats: null } }, by)
    expect(requests()).toHaveLength(5)
  })

  it('goes on to the update when the create was lost and the contact was there', async () => {
    const { contacts, vendor } = setup()
    await contacts.upsert({ externalId: 'user-42', name: 'Ana' }, by)
    vendor.faults.add({ path: '/create', status: 503 })
    expect((await contacts.upsert({ externalId: 'user-42', name: 'Bo' }, by)).outcome).toBe('updated')
  })

  it.each([{}, { verifiedAt: '2025-05-05T10:00:00.000Z' }])(
    'tells "unchanged" when the create was lost and the same contact was there, with %j',
    async (more) => {
      const { contacts, vendor, clock } = setup()
      const input = { externalId: 'user-42', name: 'Ana', ...more }
      await contacts.upsert(input, by)
      await clock.sleep(20_000)
      for (const fault of [{ status: 503 }, { cut: 'answer' }] as const) {
        vendor.faults.add({ path: '/create', ...fault })
        expect((await contacts.upsert(input, by)).outcome).toBe('unchanged')
      }
    },
  )

  it('tells "created" of a lost create with a verifiedAt of the caller’s, or with a phone that is rewritten', async () => {
    const { contacts, vendor } = setup()
    for (const fault of [{ cut: 'request' }, { cut: 'answer' }] as const) {
      const externalId = `user-${fault.cut}`
      vendor.faults.add({ path: '/create', ...fault })
      const { outcome, contact } = await contacts.upsert(
        { externalId, phone: '+1 415 555 2671 ', verifiedAt: '2025-05-05T10:00:00.000Z' },
        by,
      )
      expect([outcome, contact.verifiedAt]).toEqual(['created', '2025-05-05T10:00:00.000Z'])
    }
    expect(vendor.contacts).toHaveLength(2)
  })

  it.each([{ status: 503, times: 4 }, { stale: true }] as const)(
    'can be made again when the new contact could not be read back: %j',
    async (fault) => {
      const { contacts, vendor } = setup()
      const input = { externalId: 'user-42', name: 'Ana' }
      vendor.faults.add({ path: '/fetch', ...fault })
      expect(await failure(contacts.upsert(input, by))).toMatchObject({
        code: 'unavailable',
        retryable: true,
        applied: 'yes',
      })
      expect((await contacts.upsert(input, by)).outcome).toBe('unchanged')
      expect(vendor.contacts).toHaveLength(1)
    },
  )

  it('asks again when another call makes the contact at the same moment', async () => {
    const { contacts, vendor } = setup()
    await contacts.upsert({ externalId: 'user-42', name: 'Ana' }, by)
    const body = { code: 'CONFLICT', message: 'Unique constraint violation' }
    vendor.faults.add({ path: '/ensure', status: 409, body })
    expect((await contacts.upsert({ externalId: 'user-42', name: 'Ana' }, by)).outcome).toBe('unchanged')
  })

  it('keeps a contact unverified when told to', async () => {
    const { contacts, vendor } = setup()
    const input = { externalId: 'user-42', name: 'Ana', verifiedAt: null }
    expect((await contacts.upsert(input, by)).outcome).toBe('created')
    expect((await contacts.upsert(input, by)).outcome).toBe('unchanged')
    expect((await contacts.upsert({ ...input, name: 'Bo' }, by)).outcome).toBe('updated')
    expect(vendor.contacts).toMatchObject([{ name: 'Bo', verifiedAt: null }])
  })

  it('does duplicates in one batch one after the other', async () => {
    const { contacts, vendor } = setup()
    const items = ['Ana', 'Ana', 'Bo', 'Bo'].map((name) => ({ externalId: 'user-42', name }))
    const { succeeded } = await contacts.upsertMany(items, { ...by, concurrency: 4 })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['created', 'unchanged', 'updated', 'unchanged'])
    expect(vendor.contacts).toMatchObject([{ name: 'Bo' }])
  })

  it('wants the key', async () => {
    const { contacts, requests } = setup()
    // @ts-expect-error -- without the key it does not compile
    const upsert = contacts.upsert({ name: 'Ana' }, by)
    expect(await failure(upsert)).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'externalId' }],
    })
    expect(requests()).toEqual([])
  })

  it('refuses an external id that does not fit', async () => {
    const { contacts, requests } = setup()
    expect(await failure(contacts.upsert({ externalId: 'x'.repeat(192) }, by))).toMatchObject({
      code: 'invalid_input',
    })
    expect(requests()).toEqual([])
  })
})

describe('a field that is left out', () => {
  it('is reported once, although it is met in each request of an upsert', async () => {
    const fields: unknown[] = []
    const { contacts } = setup({ unsupportedFields: 'drop', onWarning: ({ field }) => fields.push(field) })
    const input = { externalId: 'user-42', customFields: { _internal: 1, plan: 'pro' } }
    await contacts.upsert(input, by)
    await contacts.upsert({ ...input, name: 'Ana' }, by)
    expect(fields).toEqual(['customFields._internal', 'customFields._internal'])
  })
})
