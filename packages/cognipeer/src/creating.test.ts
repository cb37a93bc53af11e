import { describe, expect, it } from 'vitest'
import { failure, setup } from './testing/setup.ts'

const ANA = {
  externalId: 'crm-7',
  email: 'ana@ex.org',
  name: 'Ana',
  tags: ['vip'],
  customFields: { plan: 'pro' },
}
const GET = 'GET /'
const LIST = 'POST /list'
const POST = 'POST /'
const PATCH = 'PATCH /'

describe('create', () => {
  it.each([200, 201] as const)('takes one request, and gives the record (%i)', async (createStatus) => {
    const { contacts, vendor, requests, bodies } = setup({}, { createStatus })
    const vendorFields = { metadata: { source: 'crm' }, fields: { favouriteColour: 'blue' } }
    const contact = await contacts.create({ ...ANA, status: 'active' }, { vendor: vendorFields })
    expect(contact).toMatchObject({ ...ANA, status: 'active', createdAt: expect.any(String) })
    expect(contact.raw).toMatchObject({
      metadata: { source: 'crm' },
      favouriteColour: 'blue',
      workspaceId: 'emulator',
    })
    expect(bodies()).toEqual([
      {
        integrationId: 'crm-7',
        email: 'ana@ex.org',
        name: 'Ana',
        tags: ['vip'],
        status: 'active',
        properties: { plan: 'pro' },
        metadata: { source: 'crm' },
        favouriteColour: 'blue',
      },
    ])
    expect(requests()).toEqual([POST])
    expect(vendor.contacts).toHaveLength(1)
  })

  it('reads the record where the answer holds only a part', async () => {
    for (const writeReply of ['sent', 'ids'] as const) {
      const { contacts, requests } = setup({}, { writeReply })
      expect(await contacts.create(ANA)).toMatchObject({ ...ANA, createdAt: expect.any(String) })
      expect(requests()).toEqual([POST, GET])
      expect(await contacts.create({ name: 'Nobody' })).toMatchObject({ name: 'Nobody' })
      expect(requests()).toEqual([POST, LIST])
    }
    const { contacts } = setup({}, { writeReply: 'ids', idFilter: 'nothing' })
    expect(await contacts.create({ name: 'Nobody' })).toMatchObject({ name: 'Nobody' })
  })

  it('with a taken key is a conflict where the server says so, and a second contact where it does not', async () => {
    const unique = setup({}, { duplicates: 'conflict' })
    await unique.contacts.create(ANA)
    expect(await failure(unique.contacts.create(ANA))).toMatchObject({ code: 'conflict', status: 409 })
    const shared = setup()
    await shared.contacts.create(ANA)
    await shared.contacts.create(ANA)
    expect(shared.vendor.contacts).toHaveLength(2)
  })

  it('is a conflict where the server answers the contact that was there', async () => {
    const { contacts, vendor } = setup({}, { duplicates: 'existing' })
    await contacts.create(ANA)
    expect(await failure(contacts.create({ ...ANA, name: 'Bea' }))).toMatchObject({ code: 'conflict' })
    expect(vendor.contacts).toMatchObject([{ name: 'Ana' }])
  })

  it.each([{ tags: ['new'] }, { phone: '+352 222' }])(
    'is a conflict where that one has another %j',
    async (input) => {
      const { contacts } = setup({}, { duplicates: 'existing' })
      await contacts.create({ email: 'a@ex.org', tags: ['old'], phone: '+351 111' })
      const error = await failure(contacts.create({ email: 'a@ex.org', ...input }))
      expect(error).toMatchObject({
        code: 'conflict',
        message: expect.stringContaining(Object.keys(input)[0] ?? ''),
      })
    },
  )

  it('whose contact cannot be read back says that it was made, and not to try again', async () => {
    const { contacts, vendor, requests } = setup({}, { writeReply: 'ids' })
    vendor.faults.add({ method: 'GET', status: 503, times: 9 })
    const error = await failure(contacts.create({ email: 'a@ex.org' }))
    expect(error).toMatchObject({
      code: 'unavailable',
      retryable: false,
      message: expect.stringContaining(vendor.contacts[0]?._id ?? '-'),
    })
    expect(requests().filter((request) => request === POST)).toHaveLength(1)
  })

  it('takes a spelling of the server’s own for what was written', async () => {
    const { contacts } = setup({}, { emailCase: 'folded' })
    expect((await contacts.create({ email: 'Ana@EX.org' })).email).toBe('ana@ex.org')
  })

  it('reports keys of one’s own that are not kept', async () => {
    const { contacts } = setup({}, { customKeys: 'drop' })
    expect(await failure(contacts.create(ANA, { vendor: { fields: { mine: 1 } } }))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'vendor.fields.mine' }],
    })
  })

  it('refuses vendor fields that have a name of their own, before anything is sent', async () => {
    const { contacts, vendor } = setup()
    expect(await failure(contacts.create(ANA, { vendor: { fields: { email: 'x' } } }))).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'vendor.fields.email' }],
    })
    expect(vendor.requests).toEqual([])
  })

  it('needs a key where the server says so', async () => {
    const { contacts } = setup({}, { createNeedsKey: true })
    expect(await failure(contacts.create({ name: 'Ana' }))).toMatchObject({ code: 'invalid_input' })
  })
})

describe('a create whose answer is lost', () => {
  const LOST = [
    { cut: 'answer' },
    { status: 503, applied: true },
    { truncateBytes: 20 },
    { html: true, applied: true },
  ] as const
  const NEVER = [{ cut: 'request' }, { status: 503 }, { html: true }, { failure: true }] as const

  it.each(LOST)('is found by its key, not sent again (%j)', async (fault) => {
    for (const input of [ANA, { email: 'b@ex.org', name: 'Bo' }]) {
      const { contacts, vendor, requests } = setup()
      vendor.faults.add({ method: 'POST', path: '/contact', ...fault })
      expect(await contacts.create(input)).toMatchObject({ name: input.name })
      expect(vendor.contacts).toHaveLength(1)
      expect(requests()).toEqual([POST, LIST])
    }
  })

  it.each(NEVER)('is sent once more when the contact is surely not there (%j)', async (fault) => {
    for (const notFound of ['404', '400', 'success-false', 'null-data'] as const) {
      const { contacts, vendor, requests } = setup({}, { notFound })
      vendor.faults.add({ method: 'POST', path: '/contact', ...fault })
      expect(await contacts.create(ANA)).toMatchObject(ANA)
      expect(vendor.contacts).toHaveLength(1)
      expect(requests()).toEqual([POST, LIST, GET, POST])
    }
  })

  it('is not sent a third time', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'request', times: 9 })
    expect(await failure(contacts.create(ANA))).toMatchObject({ code: 'network' })
    expect(requests().filter((request) => request === POST)).toHaveLength(2)
  })

  it('is found when the second one’s answer is lost too', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'request' })
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'answer' })
    expect(await contacts.create(ANA)).toMatchObject(ANA)
    expect(vendor.contacts).toHaveLength(1)
  })

  it.each([
    { externalId: 'crm-7', name: 'Older' },
    { email: 'ana@ex.org', name: 'Older' },
  ])('is not taken for another contact with the same key (%j)', async (other) => {
    const { contacts, vendor } = setup()
    await contacts.create(other)
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'request' })
    const input = 'externalId' in other ? ANA : { email: ANA.email, name: 'Ana' }
    const error = await failure(contacts.create(input))
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('look the record up') })
    expect(vendor.contacts).toHaveLength(1)
  })

  it('is not taken for an older contact that is just the same', async () => {
    const { contacts, vendor, clock } = setup()
    await contacts.create(ANA)
    await clock.sleep(29_000)
    for (let minute = 0; minute < 10; minute++) await clock.sleep(59_000)
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'request' })
    expect(await failure(contacts.create(ANA))).toMatchObject({ code: 'network' })
  })

  it('is reported where there is nothing to look it up by', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'answer' })
    const error = await failure(contacts.create({ name: 'Nobody' }))
    expect(error).toMatchObject({
      code: 'network',
      message: expect.stringContaining('may have been applied'),
    })
    expect(requests()).toEqual([POST])
  })

  it('is looked up, and never sent again, where nothing is to be repeated', async () => {
    const { contacts, vendor, requests } = setup({ retry: false })
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'answer' })
    expect(await contacts.create(ANA)).toMatchObject(ANA)
    requests()
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'request' })
    expect(await failure(contacts.create({ ...ANA, externalId: 'crm-8' }))).toMatchObject({ code: 'network' })
    expect(requests()).toEqual([POST, LIST, GET])
  })

  it('is not sent again when the lookup fails for another reason', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'request' })
    vendor.faults.add({ method: 'GET', status: 500, times: 9 })
    // The failure that is told is the one whose outcome is not known.
    expect(await failure(contacts.create(ANA))).toMatchObject({ code: 'network', retryable: false })
    expect(requests().filter((request) => request === POST)).toHaveLength(1)
  })

  it('comes out as one where the first arrives late and keys are unique', async () => {
    const there = setup(
      {
        fetch: async (input, init) => {
          const isCreate = init?.method === 'POST' && String(input).endsWith('/contact')
          if (!isCreate || held) return there.vendor.fetch(input, init)
          held = async () => {
            await there.vendor.fetch(input, init)
          }
          throw new TypeError('fetch failed')
        },
      },
      { duplicates: 'conflict' },
    )
    let held: (() => Promise<void>) | undefined
    const { contacts, vendor } = there
    const creating = contacts.create(ANA)
    // Just before the second one, the first arrives.
    const { fetch } = vendor
    Object.assign(vendor, {
      fetch: async (...args: Parameters<typeof fetch>) => {
        if (args[1]?.method === 'POST' && String(args[0]).endsWith('/contact')) {
          Object.assign(vendor, { fetch })
          await held?.()
        }
        return fetch(...args)
      },
    })
    expect(await creating).toMatchObject(ANA)
    expect(vendor.contacts).toHaveLength(1)
  })
})

describe('upsert', () => {
  it('costs two requests to create, two to find nothing to do, three to change', async () => {
    const { contacts, requests } = setup()
    expect((await contacts.upsert(ANA, { by: 'externalId' })).outcome).toBe('created')
    expect(requests()).toEqual([GET, POST])
    expect((await contacts.upsert(ANA, { by: 'externalId' })).outcome).toBe('unchanged')
    expect(requests()).toEqual([GET, LIST])
    const changed = await contacts.upsert({ ...ANA, customFields: { plan: 'team' } }, { by: 'externalId' })
    expect([changed.outcome, changed.contact.customFields]).toEqual(['updated', { plan: 'team' }])
    expect(requests()).toEqual([GET, LIST, PATCH])
    expect((await contacts.upsert({ ...ANA, name: 'Bea' }, { by: 'email' })).outcome).toBe('updated')
    expect(requests()).toEqual([GET, LIST, PATCH])
  })

  it('costs one request less where the key is said to be unique', async () => {
    const { contacts, requests } = setup({ uniqueKeys: ['externalId'] })
    await contacts.upsert(ANA, { by: 'externalId' })
    requests()
    await contacts.upsert(ANA, { by: 'externalId' })
    expect(requests()).toEqual([GET])
    await contacts.upsert({ ...ANA, name: 'Bea' }, { by: 'externalId' })
    expect(requests()).toEqual([GET, PATCH])
  })

  it.each(['404', '400', 'success-false', 'null-data'] as const)(
    'creates on a recognised not-found (%s)',
    async (notFound) => {
      const { contacts, vendor } = setup({}, { notFound })
      for (const by of ['externalId', 'email'] as const) await contacts.upsert(ANA, { by })
      expect(vendor.contacts).toHaveLength(1)
    },
  )

  it.each([
    [{ status: 500 }, 'unavailable'],
    [{ status: 400 }, 'invalid_input'],
    [{ status: 401 }, 'unauthenticated'],
    [{ status: 403 }, 'forbidden'],
    [{ status: 404, html: true }, 'bad_response'],
    [{ status: 404, body: { message: 'Hook not found', statusCode: 404 } }, 'forbidden'],
    [{ status: 429 }, 'rate_limited'],
    [{ html: true }, 'unavailable'],
    [{ cut: 'request' }, 'network'],
    [{ cut: 'answer' }, 'network'],
    [{ truncateBytes: 5 }, 'bad_response'],
    [{ failure: 'Something broke' }, 'unavailable'],
    [{ failure: true }, 'unavailable'],
    [{ body: 'not json', status: 200 }, 'bad_response'],
    [{ malformed: { record: () => ({ name: 'no id' }) } }, 'bad_response'],
  ] as const)('never creates on anything else: %j', async (fault, code) => {
    const { contacts, vendor } = setup()
    await contacts.create(ANA)
    vendor.faults.add({ method: 'GET', times: Number.POSITIVE_INFINITY, ...fault })
    expect(await failure(contacts.upsert(ANA, { by: 'externalId' }))).toMatchObject({ code })
    expect(vendor.contacts).toHaveLength(1)
  })

  it('of several is ambiguous, and of a deleted contact changes that one', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ email: 'twin@ex.org' }, { email: 'twin@ex.org' }, { email: 'gone@ex.org', deleted: true }])
    expect(
      await failure(contacts.upsert({ email: 'twin@ex.org', name: 'x' }, { by: 'email' })),
    ).toMatchObject({
      code: 'ambiguous',
    })
    const { contact, outcome } = await contacts.upsert({ email: 'gone@ex.org', name: 'x' }, { by: 'email' })
    expect([contact.deleted, outcome]).toEqual([true, 'updated'])
    expect(vendor.contacts).toHaveLength(3)
  })

  it('of many, with the same key twice, makes one contact for each key', async () => {
    const { contacts, vendor } = setup()
    const rows = Array.from({ length: 30 }, (_, n) => ({ externalId: `crm-${n % 20}`, name: `Person ${n}` }))
    const { succeeded } = await contacts.upsertMany(rows, { by: 'externalId' })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 20 }, () => 'created'),
      ...Array.from({ length: 10 }, () => 'updated'),
    ])
    expect(vendor.contacts).toHaveLength(20)
  })

  it('survives lost answers at every step without a second contact', async () => {
    for (const method of ['GET', 'POST', 'PATCH']) {
      for (const cut of ['request', 'answer'] as const) {
        const { contacts, vendor } = setup()
        vendor.faults.add({ method, cut })
        await contacts.upsert(ANA, { by: 'externalId' })
        await contacts.upsert({ ...ANA, name: 'Bea' }, { by: 'externalId' })
        expect(vendor.contacts).toMatchObject([{ name: 'Bea' }])
      }
    }
  })
})
