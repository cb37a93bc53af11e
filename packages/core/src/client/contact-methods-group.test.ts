import { describe, expect, it } from 'vitest'
import type { ContactMethodType } from '../model/contact-method.ts'
import type { ContactMethodInput, ContactMethodPatch } from '../model/contact-method-input.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import { createContacts } from './create-contacts.ts'
import { contactsErrorOf } from './testing/failure.ts'
import type { FakeCall } from './testing/fake-adapter.ts'
import { groupedAdapter } from './testing/grouped-adapter.ts'

failOnUnhandledRejections()

function client(before?: (call: FakeCall) => unknown) {
  const { api: calls, ...adapter } = groupedAdapter(before)
  const contacts = createContacts({ ...adapter, api: calls })
  return { contacts, calls, methods: () => calls.map(({ method }) => method) }
}

describe('contactMethods', () => {
  const input: ContactMethodInput = {
    type: 'email',
    value: 'ana@example.com',
    verifiedAt: '2026-01-31T10:00:00+01:00',
  }
  const checked = { type: 'email', value: 'ana@example.com', verifiedAt: '2026-01-31T09:00:00.000Z' }

  it('are read by id, external id and metadata', async () => {
    const { contacts, calls } = client()
    expect((await contacts.contactMethods.get('m1')).id).toBe('m1')
    await contacts.contactMethods.getByExternalId('x1')
    await contacts.contactMethods.getByMetadata('room', '3')
    expect(calls.map(({ method, args }) => [method, ...args])).toEqual([
      ['contactMethods.get', 'm1'],
      ['contactMethods.getByExternalId', 'x1'],
      ['contactMethods.getByMetadata', 'room', '3'],
    ])
  })

  it('are added, checked, to a contact that is named in any way', async () => {
    const { contacts, calls } = client()
    expect((await contacts.contactMethods.create({ externalId: 'user-1' }, input)).value).toBe(
      'ana@example.com',
    )
    expect(calls.map(({ method }) => method)).toEqual(['get', 'contactMethods.create'])
    expect(calls[1]?.args).toEqual(['c1', checked])
  })

  it('are changed, checked', async () => {
    const { contacts, calls } = client()
    await contacts.contactMethods.update('m1', { label: null, value: undefined })
    expect(calls[0]?.args).toStrictEqual(['m1', { label: null }])
  })

  it('are removed and made primary', async () => {
    const { contacts, calls } = client()
    expect(await contacts.contactMethods.delete('m1')).toBeUndefined()
    expect((await contacts.contactMethods.setPrimary('m2')).primary).toBe(true)
    expect(calls.map(({ method, args }) => [method, ...args])).toEqual([
      ['contactMethods.delete', 'm1'],
      ['contactMethods.setPrimary', 'm2'],
    ])
  })

  it('have one primary a type, or none', async () => {
    const { contacts, calls } = client()
    expect((await contacts.contactMethods.getPrimary('c1', 'email'))?.id).toBe('m1')
    expect(await contacts.contactMethods.getPrimary('c1', 'fax')).toBeUndefined()
    expect(calls[0]?.args).toEqual(['c1', 'email'])
  })

  it('are made to be these', async () => {
    const { contacts, calls } = client()
    const { created, deleted } = await contacts.contactMethods.sync('c1', [input])
    expect(created.map(({ value }) => value)).toEqual(['ana@example.com'])
    expect(deleted).toEqual(['m9'])
    expect(calls[0]?.args).toEqual(['c1', [checked]])
  })

  it('are added many in a request, the bad ones apart', async () => {
    const { contacts, calls } = client()
    const items = [input, { type: 'email', value: 'ana' } as const, { ...input, value: 'b@example.com' }]
    const { succeeded, failed } = await contacts.contactMethods.createMany({ externalId: 'user-1' }, items)
    expect(succeeded.map(({ index, contactMethod }) => [index, contactMethod.value])).toEqual([
      [0, 'ana@example.com'],
      [2, 'b@example.com'],
    ])
    expect(failed.map(({ index, error }) => [index, error.code, error.operation])).toEqual([
      [1, 'invalid_input', 'contactMethods.createMany'],
    ])
    expect(calls.map(({ method }) => method)).toEqual(['get', 'contactMethods.createMany'])
    expect(calls[1]?.args).toEqual([
      'c1',
      [checked, { ...checked, value: 'b@example.com' }],
      { atomic: false },
    ])
  })

  it('are added in requests of 250, the contact looked up once', async () => {
    const { contacts, calls } = client()
    const items = Array.from({ length: 251 }, (_, index) => ({ type: 'other', value: `v${index}` }) as const)
    expect((await contacts.contactMethods.createMany({ externalId: 'user-1' }, items)).total).toBe(251)
    expect(calls.map(({ method, args }) => [method, (args[1] as unknown[] | undefined)?.length])).toEqual([
      ['get', undefined],
      ['contactMethods.createMany', 250],
      ['contactMethods.createMany', 1],
    ])
  })

  it('are added all or none', async () => {
    const { contacts, calls } = client()
    await contacts.contactMethods.createMany('c1', [input], { atomic: true })
    expect(calls[0]?.args[2]).toEqual({ atomic: true })
    const run = () =>
      contacts.contactMethods.createMany('c1', [input, { ...input, value: '' }], { atomic: true })
    const error = await contactsErrorOf(run)
    expect(error).toMatchObject({
      code: 'invalid_input',
      provider: 'fake',
      operation: 'contactMethods.createMany',
    })
    expect(calls).toHaveLength(1)
  })

  it('are not added at all when the contact is not found', async () => {
    const run = () => client().contacts.contactMethods.createMany({ externalId: 'nobody' }, [input])
    expect(await contactsErrorOf(run)).toMatchObject({
      code: 'not_found',
      operation: 'contactMethods.createMany',
    })
  })

  it('are checked before any request, the lookup of the contact included', async () => {
    const { contacts, calls } = client()
    const { contactMethods: group } = contacts
    const ref = { externalId: 'user-1' }
    const bad = { type: 'email', value: 'ana' } as const
    const runs = [
      () => group.get(''),
      () => group.getByExternalId(' '),
      () => group.getByMetadata('', 'x'),
      () => group.getByMetadata('room', 3 as unknown as string),
      () => group.create(ref, bad),
      () => group.create(ref, null as unknown as ContactMethodInput),
      () => group.update('', {}),
      () => group.update('m1', { id: 'm2' } as ContactMethodPatch),
      () => group.delete(''),
      () => group.getPrimary(ref, 'pager' as ContactMethodType),
      () => group.setPrimary(''),
      () => group.sync(ref, [bad]),
      () => group.sync(ref, null as unknown as ContactMethodInput[]),
      () =>
        group.sync(ref, [
          { ...input, primary: true },
          { ...input, primary: true },
        ]),
    ]
    for (const run of runs) {
      const error = await contactsErrorOf(run)
      expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake' })
      expect(error.operation).toMatch(/^contactMethods\./)
    }
    expect(calls).toEqual([])
  })
})
