import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { ana, C, READ } from './testing/ana.ts'
import { setup } from './testing/setup.ts'

describe('create', () => {
  it('makes all methods in one batch, once it is known that there are none', async () => {
    const { contacts, requests } = setup()
    const contact = await contacts.create({
      id: C,
      email: 'ana@example.com',
      contactMethods: [
        { type: 'mobile', value: '+52 55 1', label: 'Cel', externalId: 'x', customFields: { a: [1] } },
      ],
    })
    expect(contact.contactMethods).toHaveLength(2)
    expect(contact.contactMethods).toContainEqual(
      expect.objectContaining({
        type: 'mobile',
        label: 'Cel',
        externalId: 'x',
        customFields: { a: [1] },
        primary: false,
      }),
    )
    expect(contact.email).toBe('ana@example.com')
    expect(requests()).toEqual([READ, 'POST /contact-methods/batch'])
    await contacts.create({ id: 'single', phone: '+52 55 2' })
    expect(requests()).toEqual(['GET /clients/single/contact-methods', 'POST /contact-methods'])
  })

  it('makes more than 250', async () => {
    const { contacts, vendor } = setup()
    const contactMethods = Array.from({ length: 260 }, (_, n) => ({ type: 'other' as const, value: `v${n}` }))
    expect((await contacts.create({ id: C, contactMethods })).contactMethods).toHaveLength(260)
    expect(vendor.requests).toHaveLength(3)
  })

  it.each([
    [{ email: 'a@example.com' }, 'id'],
    [{ id: C }, 'contactMethods'],
    [{ id: C, contactMethods: [] }, 'contactMethods'],
    [{ id: C, contactMethods: [{ id: 'e1', type: 'fax' as const, value: '1' }] }, 'contactMethods.0.id'],
  ])('%o is invalid_input at %s, before any request', async (input, path) => {
    const { contacts, requests } = setup()
    expect(await failure(contacts.create(input))).toMatchObject({ code: 'invalid_input', issues: [{ path }] })
    expect(requests()).toEqual([])
  })

  it('of a client that has methods is a conflict', async () => {
    const { contacts, vendor } = ana()
    expect(await failure(contacts.create({ id: C, email: 'b@example.com' }))).toMatchObject({
      code: 'conflict',
    })
    expect(vendor.contactMethods).toHaveLength(5)
  })

  it('has no custom fields at client level', async () => {
    const { contacts } = setup()
    // @ts-expect-error they are those of single methods
    const error = await failure(contacts.create({ id: C, email: 'a@example.com', customFields: { a: 1 } }))
    expect(error).toMatchObject({ code: 'unsupported_field', issues: [{ path: 'customFields' }] })
  })

  it('has no vendor-only fields', async () => {
    const { contacts, vendor } = setup()
    const options = { vendor: { plan: 'pro' } as never }
    const refused = { code: 'unsupported_field', issues: [{ path: 'vendor' }] }
    expect(await failure(contacts.create({ id: C, email: 'a@example.com' }, options))).toMatchObject(refused)
    vendor.seed([{ clientId: C, type: 'fax', value: '1' }])
    expect(await failure(contacts.update(C, { email: 'a@example.com' }, options))).toMatchObject(refused)
    expect(vendor.contactMethods).toHaveLength(1)
  })

  it('cannot say that a method is verified', async () => {
    const { contacts, vendor } = setup()
    const contactMethods = [{ type: 'email' as const, value: 'a@example.com', verified: true }]
    expect(await failure(contacts.create({ id: C, contactMethods }))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'contactMethods.0.verified' }],
    })
    expect(vendor.contactMethods).toEqual([])
    const unverified = [
      { ...contactMethods[0], type: 'email' as const, value: 'a@example.com', verified: false },
    ]
    expect((await contacts.create({ id: C, contactMethods: unverified })).contactMethods).toHaveLength(1)
  })

  it('makes nothing twice where the server reads a client by another path', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ clientId: C, type: 'email', value: 'ana@example.com', isPrimary: true }])
    const notFound = { defined: false, code: 'NOT_FOUND', status: 404, message: 'Not found' }
    vendor.faults.add({ path: `/clients/${C}/contact-methods`, status: 404, body: notFound, times: 9 })
    const error = await failure(contacts.upsert({ id: C, email: 'ana@example.com' }, { by: 'id' }))
    expect(error).toMatchObject({
      code: 'config',
      message: expect.stringContaining('endpoints.listByClient'),
    })
    expect(vendor.contactMethods).toHaveLength(1)
  })

  it('is made for a client that the server does not know without methods', async () => {
    const { contacts, requests } = setup({}, { unknownClient: 'not-found' })
    expect((await contacts.create({ id: C, email: 'ana@example.com' })).email).toBe('ana@example.com')
    expect(requests()).toEqual([READ, 'POST /contact-methods/list', 'POST /contact-methods'])
  })

  it('is not made twice when its answer is lost, but looked up', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ method: 'POST', cut: 'answer' })
    const contact = await contacts.create({ id: C, email: 'ana@example.com', phone: '+52 55 1' })
    expect(contact.contactMethods).toHaveLength(2)
    expect(requests()).toEqual([READ, 'POST /contact-methods/batch', READ])
    expect(vendor.contactMethods).toHaveLength(2)
  })

  it.each([
    [{ cut: 'request' }, 'network'],
    [{ status: 503 }, 'unavailable'],
    [{ truncateBytes: 10 }, undefined],
    [{ html: true, applied: true }, undefined],
  ] as const)('after %o tells whether it was made', async (fault, code) => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ method: 'POST', ...fault })
    const create = contacts.create({ id: C, email: 'ana@example.com' })
    if (code) expect(await failure(create)).toMatchObject({ code, retryable: false })
    else expect((await create).email).toBe('ana@example.com')
    expect(vendor.contactMethods).toHaveLength(code ? 0 : 1)
  })
})

describe('upsert by the client’s id', () => {
  it('tells created, unchanged and updated, and reads no more than once before an update', async () => {
    const { contacts, requests } = setup()
    const by = { by: 'id' } as const
    expect((await contacts.upsert({ id: C, email: 'ana@example.com' }, by)).outcome).toBe('created')
    expect(requests()).toEqual([READ, READ, 'POST /contact-methods'])
    expect((await contacts.upsert({ id: C, email: 'ana@example.com' }, by)).outcome).toBe('unchanged')
    expect(requests()).toEqual([READ])
    const { outcome, contact } = await contacts.upsert({ id: C, email: 'new@example.com' }, by)
    expect([outcome, contact.email]).toEqual(['updated', 'new@example.com'])
    expect(requests()).toEqual([READ, 'PATCH /contact-methods/{id}'])
  })

  it('three at once make one contact', async () => {
    const { contacts, vendor } = setup()
    const upsert = () => contacts.upsert({ id: C, email: 'ana@example.com' }, { by: 'id' })
    const done = await Promise.all([upsert(), upsert(), upsert()])
    expect(done.map(({ outcome }) => outcome).sort()).toEqual(['created', 'unchanged', 'unchanged'])
    expect(vendor.contactMethods).toHaveLength(1)
  })

  it('wants the id', async () => {
    const { contacts } = setup()
    // @ts-expect-error it is not there
    const error = await failure(contacts.upsert({ email: 'ana@example.com' }, { by: 'id' }))
    expect(error).toMatchObject({ code: 'invalid_input', issues: [{ path: 'id' }] })
    // @ts-expect-error it can be done by id alone
    await failure(contacts.upsert({ email: 'ana@example.com' }, { by: 'email' }))
  })
})
