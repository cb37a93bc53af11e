import { ContactsError } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from './testing/setup.ts'

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
    expect(error).toMatchObject({ code: 'unavailable', status: 503, applied: 'unknown' })
    expect(requests()).toEqual(['POST create', 'POST create'])

    vendor.faults.add({ path: '/create', status: 503, headers: { 'retry-after': '7' } })
    expect(await failure(contacts.create({ externalId: 'user-44' }))).toMatchObject({ retryAfterMs: 7000 })
    expect(requests()).toEqual(['POST create'])
  })

  it('creates nothing by looking it up when no create got through', async () => {
    const { contacts, vendor, requests } = setup({ retry: false })
    vendor.faults.add({ path: '/create', times: 2, cut: 'request' })
    const error = await failure(contacts.create({ externalId: 'user-42', name: 'Ana' }))
    expect(error).toMatchObject({ code: 'network', applied: 'unknown' })
    expect(requests()).toEqual(['POST create', 'POST create'])
    expect(vendor.contacts).toEqual([])
  })

  it('takes an answer without an id for a lost one', async () => {
    let isFirst = true
    const { contacts, vendor } = setup({
      fetch: async (url, init) => {
        const response = await vendor.fetch(url, init)
        const isTorn = isFirst && String(url).endsWith('/create')
        if (isTorn) isFirst = false
        return isTorn ? Response.json({}) : response
      },
    })
    expect(await contacts.create({ externalId: 'user-42', name: 'Ana' })).toMatchObject({ name: 'Ana' })
    expect(vendor.contacts).toHaveLength(1)
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
      expect(await failure(contacts.create(input))).toMatchObject({
        code: 'conflict',
        status: 409,
        applied: 'no',
      })
    },
  )

  it('names the contact that was made when it cannot be read back', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ path: '/fetch', status: 503, times: 4 })
    const error = await failure(contacts.create({ name: 'Ana' }))
    const [made] = vendor.contacts
    expect(error).toMatchObject({
      code: 'unavailable',
      applied: 'yes',
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

  it('is a conflict when another one was made at the same time, with the same verifiedAt', async () => {
    const { contacts, vendor } = setup()
    const input = { externalId: 'user-42', verifiedAt: '2025-05-05T10:00:00.000Z' }
    await contacts.create({ ...input, name: 'Ana' })
    vendor.faults.add({ path: '/create', cut: 'answer' })
    const error = await failure(contacts.create({ ...input, name: 'Bo' }))
    expect(error).toMatchObject({ code: 'conflict', applied: 'no' })
  })

  it('is a conflict when that contact is unverified', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ fingerprint: 'anycontact-external-id:user-42', name: 'Ana' }])
    vendor.faults.add({ path: '/create', cut: 'answer' })
    expect(await failure(contacts.create({ externalId: 'user-42', name: 'Ana' }))).toMatchObject({
      code: 'conflict',
      applied: 'unknown',
    })
  })

  it('is reported, not sent again, when there is nothing to look it up by', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ path: '/create', cut: 'answer' })
    const error = await failure(contacts.create({ name: 'Ana' }))
    expect(error).toMatchObject({ code: 'network', retryable: false, applied: 'unknown' })
    expect(ContactsError.is(error) && error.message).toMatch(/may have been applied/)
    expect(requests()).toEqual(['POST create'])
    expect(vendor.contacts).toHaveLength(1)
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
