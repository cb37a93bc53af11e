import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import type { ContactMethodsContacts } from './contact-methods.ts'
import { ana, C, READ } from './testing/ana.ts'
import { setup } from './testing/setup.ts'

describe('update: clearing and metadata', () => {
  it.each(['replace', 'merge'] as const)(
    'custom fields of a method merge by key (server: %s)',
    async (metadataUpdate) => {
      const { contacts, entries } = ana({}, { metadataUpdate })
      const [e1, ...rest] = await entries()
      if (!e1) throw new Error('five were seeded')
      const write = (customFields: Record<string, string | null> | null) =>
        contacts.update(C, { contactMethods: [{ ...e1, customFields }, ...rest] })
      expect((await write({ plan: 'pro' })).contactMethods[0]?.customFields).toEqual({
        source: 'crm',
        optIn: true,
        plan: 'pro',
      })
      expect((await write({ source: null })).contactMethods[0]?.customFields).toEqual({
        optIn: true,
        plan: 'pro',
      })
      expect((await write(null)).contactMethods[0]).not.toHaveProperty('customFields')
      expect((await contacts.get(C)).contactMethods[0]).not.toHaveProperty('customFields')
    },
  )

  it('a label is cleared as empty text, which reads as none', async () => {
    const { contacts, entries, vendor } = ana()
    const [e1, ...rest] = await entries()
    if (!e1) throw new Error('five were seeded')
    const { contactMethods } = await contacts.update(C, { contactMethods: [{ ...e1, label: null }, ...rest] })
    expect(contactMethods[0]).not.toHaveProperty('label')
    expect(vendor.requests[1]?.json).toEqual({ label: '' })
  })

  it('an external id is cleared as null, or that it cannot be is said', async () => {
    const cleared = ana()
    const write = async ({ contacts, entries }: ReturnType<typeof ana>) => {
      const [e1, ...rest] = await entries()
      if (!e1) throw new Error('five were seeded')
      return contacts.update(C, { contactMethods: [{ ...e1, externalId: null, label: 'Casa' }, ...rest] })
    }
    expect((await write(cleared)).contactMethods[0]).not.toHaveProperty('externalId')
    const refused = ana({}, { nullExternalId: 'refuse' })
    expect(await failure(write(refused))).toMatchObject({
      code: 'unsupported_field',
      applied: 'yes',
      issues: [{ path: 'contactMethods.0.externalId' }],
    })
    const warnings: unknown[] = []
    const options = {
      unsupportedFields: 'drop',
      onWarning: (warning: unknown) => void warnings.push(warning),
    } as const
    const dropped = await write(ana(options, { nullExternalId: 'refuse' }))
    expect(dropped.contactMethods[0]).toMatchObject({ externalId: 'crm-e1', label: 'Casa' })
    expect(warnings).toHaveLength(1)
  })
})

describe('update: lost answers', () => {
  it.each<[string, Parameters<ContactMethodsContacts['update']>[1], string]>([
    ['a create', { phone: '+52 55 9', email: 'ana@example.com' }, 'fax-only'],
    ['a sync', { contactMethods: [{ type: 'email', value: 'n@example.com', primary: true }] }, C],
  ])('%s is not sent again', async (_, patch, id) => {
    const { contacts, vendor } = ana()
    vendor.seed([{ clientId: 'fax-only', type: 'fax', value: '1' }])
    vendor.faults.add({ method: 'POST', cut: 'answer' })
    const contact = await contacts.update(id, patch)
    expect(contact.email).toBe('email' in patch ? 'ana@example.com' : 'n@example.com')
    expect(vendor.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
    const values = vendor.contactMethods.filter(({ clientId }) => clientId === id).map(({ value }) => value)
    expect(new Set(values).size).toBe(values.length)
  })

  it('a create that was not applied fails', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ clientId: C, type: 'fax', value: '1' }])
    vendor.faults.add({ method: 'POST', cut: 'request' })
    expect(await failure(contacts.update(C, { email: 'ana@example.com' }))).toMatchObject({
      code: 'network',
      applied: 'unknown',
      retryable: false,
    })
    expect(vendor.contactMethods).toHaveLength(1)
  })

  it('a failure after a part was written says so', async () => {
    const { contacts, vendor } = setup({ retry: false })
    vendor.faults.add({ method: 'POST', skip: 1, status: 500 })
    const contactMethods = Array.from({ length: 260 }, (_, n) => ({ type: 'other' as const, value: `v${n}` }))
    expect(await failure(contacts.create({ id: C, contactMethods }))).toMatchObject({
      code: 'unavailable',
      applied: 'yes',
    })
    expect(vendor.contactMethods).toHaveLength(250)
  })

  it('an answer that cannot be read is of a write whose fate is unknown', async () => {
    const { contacts, vendor } = ana()
    const record = (given: object) => ({ ...given, value: null })
    vendor.faults.add({ method: 'PATCH', malformed: { index: 0, record } })
    expect(await failure(contacts.update(C, { email: 'new@example.com' }))).toMatchObject({
      code: 'bad_response',
      applied: 'unknown',
    })
  })

  it('changes and deletes are sent again, because that does the same', async () => {
    const { contacts, vendor } = ana()
    vendor.faults.add({ method: 'PATCH', cut: 'answer', times: 2 })
    expect((await contacts.update(C, { email: 'new@example.com' })).email).toBe('new@example.com')
    vendor.faults.add({ method: 'DELETE', status: 502, applied: true })
    expect((await contacts.update(C, { email: null })).email).toBeUndefined()
  })
})

describe('update: an answer that does not tell all', () => {
  it.each([
    { created: [], updated: [], deleted: [] },
    { created: [], updated: [], deleted: ['e1', 'e2', 'p1', 'f1'] },
    {
      created: [],
      updated: [{ id: 'm1', clientId: C, type: 'mobile', value: '+52 55 8765 4321', isPrimary: false }],
      deleted: ['e1', 'e2', 'p1', 'f1'],
    },
  ])('is made up for by reading the client again (%#)', async (body) => {
    const { contacts, vendor, requests } = ana()
    vendor.faults.add({ path: '/sync', body, applied: true })
    const contactMethods = [
      { id: 'm1', type: 'mobile' as const, value: '+52 55 8765 4321' },
      { type: 'other' as const, value: 'new' },
    ]
    const contact = await contacts.update(C, { contactMethods })
    expect(contact.contactMethods.map(({ value }) => value)).toEqual(['+52 55 8765 4321', 'new'])
    expect(requests().at(-1)).toBe(READ)
  })
})
