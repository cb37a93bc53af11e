import { describe, expect, it, vi } from 'vitest'
import type { Capabilities } from '../adapter/capabilities.ts'
import type { ContactsWarning } from '../adapter/context.ts'
import type { ContactInput, ContactPatch } from '../model/input.ts'
import { createContacts } from './create-contacts.ts'
import { scanCapabilities } from './testing/capabilities.ts'
import { ana, nativeClient, people, scanningClient } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'

describe('create', () => {
  it('gives the record as stored', async () => {
    const { contacts, stored } = nativeClient({ contacts: [] })
    const contact = await contacts.create({ name: 'Ana Souza', tags: ['vip'], customFields: { plan: 'pro' } })
    expect(contact).toMatchObject({
      provider: 'fake',
      name: 'Ana Souza',
      tags: ['vip'],
      customFields: { plan: 'pro' },
    })
    expect(stored.get(contact.id)).toEqual(contact)
  })

  it('hands the adapter only what was given, checked', async () => {
    const { contacts, calls } = nativeClient()
    await contacts.create({
      name: 'Ana',
      nickname: undefined,
      note: null,
      verifiedAt: '2026-01-31T10:00:00+01:00',
      customFields: { plan: undefined, seats: -0 },
    })
    expect(calls[0]?.args[0]).toStrictEqual({
      name: 'Ana',
      note: null,
      verifiedAt: '2026-01-31T09:00:00.000Z',
      customFields: { seats: 0 },
    })
  })

  it.each<[unknown, string[]]>([
    [{ name: ' ' }, ['name']],
    [{ email: 'ana', phone: 'none', tags: [''] }, ['email', 'phone', 'tags.0']],
    [{ fullName: 'Ana' }, ['fullName']],
    [{ customFields: { a: { b: Number.NaN } } }, ['customFields.a.b']],
    [{ contactMethods: [{ type: 'email' }] }, ['contactMethods.0.value']],
    [JSON.parse('{"__proto__":{"name":"Ana"}}'), ['__proto__']],
    [null, ['']],
    [[{ name: 'Ana' }], ['']],
    [new Date(0), ['']],
  ])('refuses %o with every issue, before any request', async (input, paths) => {
    const { contacts, calls } = nativeClient()
    const error = await contactsErrorOf(() => contacts.create(input as ContactInput))
    expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: 'create' })
    expect(error.issues?.map(({ path }) => path)).toEqual(paths)
    expect(error.message).toContain('Nothing was written.')
    for (const path of paths) expect(error.message).toContain(path)
    expect(calls).toEqual([])
  })

  it('does not repeat in an error what was given', async () => {
    const { contacts } = nativeClient()
    const input = { email: 'opensesame', phone: 'opensesame', customFields: { token: Symbol('opensesame') } }
    const error = await contactsErrorOf(() => contacts.create(input as unknown as ContactInput))
    expect(error.issues).toHaveLength(3)
    expect(JSON.stringify(error)).not.toContain('opensesame')
  })

  it('passes on what the adapter throws, with its name', async () => {
    const { contacts } = nativeClient()
    const error = await contactsErrorOf(() => contacts.create({ externalId: 'user-1' }))
    expect(error).toMatchObject({ code: 'conflict', provider: 'fake', operation: 'create' })
  })
})

describe('fields that the provider cannot store', () => {
  const input: ContactInput = { name: 'Ana', note: 'vip', tags: ['a'], status: null }

  it('are an error that names all of them, before any request', async () => {
    const { contacts, calls } = scanningClient()
    // @ts-expect-error `givenName` is no field of this provider
    await contactsErrorOf(() => contacts.create({ givenName: 'Ana' }))
    const error = await contactsErrorOf(() => contacts.create(input))
    expect(error).toMatchObject({ code: 'unsupported_field', provider: 'fake', operation: 'create' })
    expect(error.issues?.map(({ path }) => path)).toEqual(['note', 'tags'])
    expect(error.message).toContain('note')
    expect(error.message).toContain("unsupportedFields: 'drop'")
    expect(calls).toEqual([])
  })

  it('are left out with a warning each, where the client was told to', async () => {
    const warnings: ContactsWarning[] = []
    const onWarning = (warning: ContactsWarning): void => void warnings.push(warning)
    const { contacts, calls } = scanningClient({}, { unsupportedFields: 'drop', onWarning })
    await contacts.create(input)
    expect(calls[0]?.args[0]).toEqual({ name: 'Ana' })
    const warning = { code: 'unsupported_field', provider: 'fake', operation: 'create' }
    expect(warnings).toEqual([
      { ...warning, field: 'note', message: 'fake cannot store note: it has no such field.' },
      { ...warning, field: 'tags', message: 'fake cannot store tags: it has no such field.' },
    ])
  })

  it('may be cleared, as there is nothing', async () => {
    const { contacts, calls } = scanningClient()
    const patch: ContactPatch = { nickname: null, note: null, tags: null }
    await contacts.update('c1', patch)
    expect(calls[0]?.args[1]).toEqual({ nickname: null })
  })

  it('are not those that only follow from others', async () => {
    // No contactMethods there: the primaries are all that it can take.
    const warn = vi.fn()
    const dropping = scanningClient({}, { unsupportedFields: 'drop', onWarning: warn })
    const methods: ContactInput = {
      contactMethods: [{ type: 'email', value: 'ana@example.com', primary: true }],
    }
    await dropping.contacts.create(methods)
    // That the list has no phone says nothing where the list is not stored: it must not clear the phone.
    expect(dropping.calls[0]?.args[0]).toEqual({ email: 'ana@example.com' })
    expect(warn.mock.calls.map(([warning]) => warning.field)).toEqual(['contactMethods'])
  })

  it('are reported once in each operation', async () => {
    for (const run of [
      (contacts: ReturnType<typeof scanningClient>['contacts']) => contacts.create(input),
      (contacts: ReturnType<typeof scanningClient>['contacts']) => contacts.update('c1', input),
      (contacts: ReturnType<typeof scanningClient>['contacts']) =>
        contacts.upsert({ ...input, externalId: 'user-1' }, { by: 'externalId', scan: true }),
      (contacts: ReturnType<typeof scanningClient>['contacts']) => contacts.createMany([input]),
      (contacts: ReturnType<typeof scanningClient>['contacts']) =>
        contacts.updateMany([{ ref: 'c1', patch: input }]),
      (contacts: ReturnType<typeof scanningClient>['contacts']) =>
        contacts.upsertMany([{ ...input, externalId: 'user-1' }], { by: 'externalId', scan: true }),
    ]) {
      const onWarning = vi.fn()
      await run(scanningClient({}, { unsupportedFields: 'drop', onWarning }).contacts)
      expect(onWarning.mock.calls.map(([warning]) => warning.field)).toEqual(['note', 'tags'])
    }
  })

  it('can be parts of a field, which the adapter finds', async () => {
    const before = ({
      method,
      context,
    }: {
      method: string
      context: { dropField(path: string, why: string): void }
    }) => {
      if (method === 'create') context.dropField('customFields.plan', 'it takes no such key')
    }
    const strict = nativeClient({ before })
    const error = await contactsErrorOf(() => strict.contacts.create({ customFields: { plan: 'pro' } }))
    expect(error).toMatchObject({
      code: 'unsupported_field',
      operation: 'create',
      issues: [{ path: 'customFields.plan', message: 'it takes no such key' }],
    })
    expect(strict.stored.size).toBe(people.length)
    const onWarning = vi.fn()
    const loose = nativeClient({ before }, { unsupportedFields: 'drop', onWarning })
    await loose.contacts.create({ customFields: { plan: 'pro' } })
    expect(onWarning).toHaveBeenCalledExactlyOnceWith({
      code: 'unsupported_field',
      provider: 'fake',
      operation: 'create',
      field: 'customFields.plan',
      message: 'fake cannot store customFields.plan: it takes no such key.',
    })
  })
})

describe('update', () => {
  it('gives the record as stored', async () => {
    const { contacts } = nativeClient()
    const contact = await contacts.update('c1', {
      name: 'Ana Souza',
      email: null,
      customFields: { plan: 'pro' },
    })
    expect(contact).toMatchObject({
      id: 'c1',
      name: 'Ana Souza',
      phone: '+351 1',
      customFields: { plan: 'pro' },
    })
    expect('email' in contact).toBe(false)
  })

  it('checks the patch, and that no id is changed', async () => {
    const { contacts, calls } = nativeClient()
    const error = await contactsErrorOf(() => contacts.update('c1', { id: 'c9', name: '' } as ContactPatch))
    expect(error.issues).toEqual([
      { path: 'name', message: 'must not be blank: send null to clear it, or leave it out' },
      { path: 'id', message: 'cannot be changed' },
    ])
    expect(calls).toEqual([])
  })

  it('writes nothing when there is nothing to change, and reads the contact', async () => {
    const { contacts, methods } = nativeClient()
    expect(await contacts.update('c1', {})).toEqual(ana)
    expect(await contacts.update(ana, { name: undefined })).toEqual(ana)
    expect(methods()).toEqual(['get', 'get'])
    const scanning = scanningClient()
    expect(await scanning.contacts.update({ email: 'ana@example.com' }, {}, { scan: true })).toEqual(ana)
    expect(new Set(scanning.methods())).toEqual(new Set(['list']))
  })

  it('sends a patch that only the vendor understands', async () => {
    const { contacts, methods } = nativeClient()
    await contacts.update('c1', {}, { vendor: { pipeline: 'sales' } })
    expect(methods()).toEqual(['update'])
  })
})

describe('vendor', () => {
  it('reaches the adapter in every write', async () => {
    const vendor = { pipeline: 'sales' }
    const native = nativeClient()
    await native.contacts.create({ name: 'Cid' }, { vendor })
    await native.contacts.update('c1', { name: 'Ana Souza' }, { vendor })
    await native.contacts.upsert({ externalId: 'user-2' }, { by: 'externalId', vendor })
    await native.contacts.createMany([{ name: 'Dora' }], { vendor })
    await native.contacts.updateMany([{ ref: 'c1', patch: { name: 'Ana' } }], { vendor })
    await native.contacts.upsertMany([{ externalId: 'user-2' }], { by: 'externalId', vendor })
    const scanning = scanningClient()
    await scanning.contacts.upsert({ externalId: 'user-1' }, { by: 'externalId', scan: true, vendor })
    await scanning.contacts.createMany([{ name: 'Dora' }], { vendor })
    const writes = [...native.calls, ...scanning.calls].filter(
      ({ method }) => !['list', 'get'].includes(method),
    )
    expect(writes.map(({ method }) => method)).toEqual([
      'create',
      'update',
      'upsert',
      'createMany',
      'updateMany',
      'upsertMany',
      'update',
      'create',
    ])
    for (const { context } of writes) expect(context.vendor).toStrictEqual(vendor)
  })
})

describe('a field that another operation stores', () => {
  const fields = ['name', 'email'] as const
  const capabilities = {
    ...scanCapabilities,
    create: { mode: 'native', fields: [...fields, 'timezone'] },
    update: { ...scanCapabilities.update, fields: [...fields, 'note'] },
    upsert: { ...scanCapabilities.upsert, by: [], scan: ['email'], fields },
  } as const satisfies Capabilities
  const made = () => createContacts(fakeAdapter(capabilities, { contacts: people }))

  it.each<[string, object, string]>([
    ['update', { timezone: null }, 'create'],
    ['update', { timezone: 'UTC' }, 'create'],
    ['upsert', { timezone: null }, 'create'],
    ['upsert', { note: null }, 'update'],
  ])('is not cleared in silence: %s %o', async (operation, patch, other) => {
    const contacts = made()
    const error = await contactsErrorOf(() =>
      operation === 'update'
        ? contacts.update('c1', patch)
        : contacts.upsert({ email: 'ana@example.com', ...patch }, { by: 'email', scan: true }),
    )
    expect(error).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: Object.keys(patch)[0], message: `it is stored by ${other} alone` }],
    })
  })

  it('is nothing to be cleared of a new contact, and neither is one that no operation stores', async () => {
    const contacts = made()
    const nothing: object = { note: null, status: null, name: 'Bo' }
    expect(await contacts.create(nothing)).toMatchObject({ name: 'Bo' })
    const gone: object = { status: null, name: 'Bo' }
    expect(await contacts.update('c1', gone)).toMatchObject({ name: 'Bo' })
  })
})
