import { describe, expect, it } from 'vitest'
import { failure, first, setup } from './testing/setup.ts'

const full = {
  display_name: 'Ana Souza',
  first_name: 'Ana',
  last_name: 'Souza',
  email: 'ana@example.com',
  phone_number: '+14155552671',
  avatar_url: 'https://example.com/a.png',
  remark: 'prefers mornings',
  language: 'pt-BR',
  labels: ['vip'],
}

const cleared = {
  name: null,
  givenName: null,
  familyName: null,
  email: null,
  phone: null,
  avatarUrl: null,
  note: null,
  locale: null,
  tags: null,
} as const

describe('update', () => {
  it('sends the names of the vendor’s SDK, in one request, and gives the record as stored', async () => {
    const { contacts, vendor, requests } = setup()
    const { id } = first(vendor.seed([{ time_zone: 'Europe/Lisbon' }]))
    const contact = await contacts.update(id, {
      name: 'Ana Souza',
      givenName: 'Ana',
      familyName: 'Souza',
      email: 'ana@example.com',
      phone: '+14155552671',
      avatarUrl: 'https://example.com/a.png',
      note: 'prefers mornings',
      locale: 'pt-BR',
      tags: ['vip', 'pt'],
    })
    expect(vendor.requests[0]?.json).toEqual({
      name: 'Ana Souza',
      first_name: 'Ana',
      last_name: 'Souza',
      email: 'ana@example.com',
      phone: '+14155552671',
      avatar_url: 'https://example.com/a.png',
      remark: 'prefers mornings',
      language: 'pt-BR',
      labels: ['vip', 'pt'],
    })
    expect(requests()).toEqual(['PUT /contacts/{id}'])
    expect(contact).toMatchObject({
      provider: 'channel-inbox',
      id,
      name: 'Ana Souza',
      givenName: 'Ana',
      familyName: 'Souza',
      email: 'ana@example.com',
      phone: '+14155552671',
      avatarUrl: 'https://example.com/a.png',
      note: 'prefers mornings',
      locale: 'pt-BR',
      timezone: 'Europe/Lisbon',
      tags: ['vip', 'pt'],
      contactMethods: [
        { type: 'email', value: 'ana@example.com', primary: true },
        { type: 'phone', value: '+14155552671', primary: true },
      ],
    })
    expect(vendor.contacts[0]).toMatchObject({ ...full, labels: ['vip', 'pt'] })
  })

  it('clears with empty text, and leaves what was not named', async () => {
    const { contacts, vendor } = setup()
    const { id } = first(vendor.seed([full]))
    const after = await contacts.update(await contacts.get(id), { ...cleared, note: undefined })
    expect(after.note).toBe('prefers mornings')
    for (const field of ['name', 'givenName', 'familyName', 'email', 'phone', 'avatarUrl', 'locale']) {
      expect(after).not.toHaveProperty(field)
    }
    expect([after.contactMethods, after.tags]).toEqual([[], []])
    expect(vendor.contacts[0]).toMatchObject({
      display_name: '',
      phone_number: '',
      remark: 'prefers mornings',
    })
  })

  it('carries the vendor’s own fields', async () => {
    const { contacts, vendor } = setup()
    const { id } = first(vendor.seed([{ gender: 'male' }]))
    const contact = await contacts.update(id, {}, { vendor: { area_code: '351', gender: null } })
    expect(contact.raw).toMatchObject({ area_code: '351', gender: '' })
  })

  it('refuses a vendor field that the inbox is not known to take', async () => {
    const { contacts, vendor, requests } = setup()
    const { id } = first(vendor.seed([{}]))
    const fields: { gender?: string; channel_id: string } = { channel_id: 'ch_1' }
    const error = await failure(contacts.update(id, { name: 'Ana' }, { vendor: fields }))
    expect(error).toMatchObject({ code: 'unsupported_field', issues: [{ path: 'vendor.channel_id' }] })
    expect(requests()).toEqual([])
  })

  it('writes nothing for an empty patch', async () => {
    const { contacts, vendor, requests } = setup()
    const { id } = first(vendor.seed([full]))
    expect(await contacts.update(id, {})).toMatchObject({ name: 'Ana Souza' })
    expect(requests()).toEqual(['GET /contacts/{id}'])
  })

  it.each([
    ['externalId', 'x'],
    ['customFields', { a: 1 }],
    ['nickname', 'x'],
    ['timezone', 'UTC'],
    ['status', 'x'],
  ])('refuses %s, which the inbox has not', async (field, value) => {
    const { contacts, vendor, requests } = setup()
    const { id } = first(vendor.seed([full]))
    const patch: { name?: string } = Object.fromEntries([[field, value]])
    expect(await failure(contacts.update(id, patch))).toMatchObject({ code: 'unsupported_field' })
    expect(requests()).toEqual([])
  })

  it('is sent again when its answer was lost, because twice is as once', async () => {
    for (const fault of [{ cut: 'answer' }, { html: true, applied: true }, { truncateBytes: 9 }] as const) {
      const { contacts, vendor, requests } = setup()
      const { id } = first(vendor.seed([full]))
      vendor.faults.add({ method: 'PUT', ...fault })
      expect(await contacts.update(id, { name: 'Bo' })).toMatchObject({ name: 'Bo' })
      expect(requests()).toEqual(['PUT /contacts/{id}', 'PUT /contacts/{id}'])
    }
  })

  it.each([400, 404] as const)(
    'of a contact that is not there is not_found, under %i too',
    async (notFoundStatus) => {
      const { contacts } = setup({}, { notFoundStatus })
      expect(await failure(contacts.update('con_none', { name: 'Bo' }))).toMatchObject({
        code: 'not_found',
        status: notFoundStatus,
      })
      expect(await failure(contacts.get('con_none'))).toMatchObject({ code: 'not_found', retryable: false })
      expect(await contacts.find('con_none')).toBeUndefined()
    },
  )

  it('reads contacts that have _id', async () => {
    const { contacts, vendor } = setup({}, { contactIds: '_id' })
    const { id } = first(vendor.seed([full]))
    expect(await contacts.update(id, { name: 'Bo' })).toMatchObject({ id, name: 'Bo' })
  })

  it('changes many', async () => {
    const { contacts, vendor } = setup()
    const [a, b] = vendor.seed([full, { email: 'bo@example.com' }])
    const { succeeded, failed } = await contacts.updateMany(
      [
        { ref: a?.id ?? '', patch: { note: 'x' } },
        { ref: { email: 'bo@example.com' }, patch: { note: 'y' } },
        { ref: 'con_none', patch: { note: 'z' } },
      ],
      { scan: true },
    )
    expect([succeeded.length, failed.map(({ index }) => index)]).toEqual([2, [2]])
    expect(vendor.contacts.map(({ remark }) => remark)).toEqual(['x', 'y'])
    expect(b?.remark).toBe('')
  })
})

describe('an update that the server takes and does not carry out', () => {
  it('is an error that names the fields, in the dialect that does not fit', async () => {
    const { contacts, vendor } = setup({}, { requests: 'web' })
    const { id } = first(vendor.seed([full]))
    const contact = await contacts.get(id)
    expect(await failure(contacts.update(contact, { phone: '+351912345678', note: 'new' }))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'phone' }],
      operation: 'update',
      applied: 'yes',
      message: expect.stringContaining(id),
    })
    expect(vendor.contacts[0]).toMatchObject({ phone_number: '+14155552671', remark: 'new' })
  })

  it('is a warning when told so', async () => {
    const warnings: unknown[] = []
    const options = {
      unsupportedFields: 'drop',
      onWarning: (warning: object) => warnings.push(warning),
    } as const
    const { contacts, vendor } = setup(options, { requests: 'spec' })
    const { id } = first(vendor.seed([full]))
    const before = await contacts.get(id)
    const contact = await contacts.update(before, { email: 'bo@example.com', note: 'new', name: 'Bo' })
    expect(contact).toMatchObject({ email: 'bo@example.com', note: 'prefers mornings' })
    expect(warnings).toMatchObject([
      { code: 'unsupported_field', field: 'name' },
      { code: 'unsupported_field', field: 'note' },
    ])
  })

  it('counts a field that was to be cleared', async () => {
    const { contacts, vendor } = setup({}, { emptyText: 'ignored' })
    const { id } = first(vendor.seed([full]))
    expect(await failure(contacts.update(id, { email: null }))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'email' }],
    })
    const refusing = setup({}, { emptyText: 'refused' })
    const other = first(refusing.vendor.seed([full]))
    expect(await failure(refusing.contacts.update(other.id, { email: null }))).toMatchObject({
      code: 'invalid_input',
    })
  })

  it('is not seen in another spelling, which is a warning', async () => {
    const warned: unknown[] = []
    const { contacts, vendor } = setup({ onWarning: ({ code, field }) => warned.push([code, field]) })
    const { id } = first(vendor.seed([full]))
    const stored = {
      ...full,
      id,
      display_name: 'Ana  Maria',
      email: 'ana@example.com',
      phone_number: '4155552671',
      avatar_url: 'https://cdn.example.com/1',
      language: 'pt_br',
    }
    vendor.faults.add({ method: 'PUT', status: 200, body: stored })
    const contact = await contacts.update(id, {
      name: 'ana maria ',
      email: 'Ana@Example.com',
      phone: '+1 (415) 555-2671',
      avatarUrl: 'https://example.com/new.png',
      locale: 'pt-BR',
    })
    expect(contact.phone).toBe('4155552671')
    const rewritten = ['name', 'email', 'phone', 'avatarUrl', 'locale'].map((field) => [
      'rewritten_field',
      field,
    ])
    expect(warned).toEqual(rewritten)
  })
})

describe.each(['web', 'spec'] as const)('the dialect %s', (dialect) => {
  const sent = {
    web: { first_name: 'Bo', phone_number: '+351912345678', email: 'bo@example.com' },
    spec: { display_name: 'Bo', phone_number: '+351912345678', email: 'bo@example.com' },
  }
  it('uses the names that its description has', async () => {
    const { contacts, vendor } = setup({ dialect }, { requests: dialect })
    const { id } = first(vendor.seed([{}]))
    const name = dialect === 'web' ? { givenName: 'Bo' } : { name: 'Bo' }
    const contact = await contacts.update(id, { ...name, phone: '+351912345678', email: 'bo@example.com' })
    expect(contact).toMatchObject({ name: 'Bo', phone: '+351912345678', email: 'bo@example.com' })
    expect(vendor.requests[0]?.json).toEqual(sent[dialect])
  })

  it('refuses the fields that its description has not, before it sends anything', async () => {
    const { contacts, vendor, requests } = setup({ dialect }, { requests: dialect })
    const { id } = first(vendor.seed([full]))
    const patch = dialect === 'web' ? { name: 'Bo' } : { note: 'x' }
    expect(await failure(contacts.update(id, patch))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: dialect === 'web' ? 'name' : 'note' }],
    })
    expect(requests()).toEqual([])
  })

  it('takes the vendor’s own fields where its description has them', async () => {
    const { contacts, vendor, requests } = setup({ dialect }, { requests: dialect })
    const { id } = first(vendor.seed([full]))
    const update = contacts.update(id, { email: 'bo@example.com' }, { vendor: { gender: 'f' } })
    if (dialect === 'web') expect((await update).raw).toMatchObject({ gender: 'f' })
    else {
      expect(await failure(update)).toMatchObject({
        code: 'unsupported_field',
        issues: [{ path: 'vendor.gender' }],
      })
      expect(requests()).toEqual([])
    }
  })

  it('reads the contact when nothing is left to be sent', async () => {
    const { contacts, vendor, requests } = setup(
      { dialect, unsupportedFields: 'drop' },
      { requests: dialect },
    )
    const { id } = first(vendor.seed([full]))
    const patch = dialect === 'web' ? { name: 'Bo' } : { note: 'x' }
    expect(await contacts.update(id, patch)).toMatchObject({ name: 'Ana Souza' })
    expect(requests()).toEqual(['GET /contacts/{id}'])
  })
})
