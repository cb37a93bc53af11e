import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { ana, C, READ } from './testing/ana.ts'
import { setup } from './testing/setup.ts'

describe('update: the fewest requests', () => {
  const PATCH = 'PATCH /contact-methods/e1'

  it('none when nothing differs', async () => {
    const { contacts, requests } = ana()
    await contacts.update(C, { email: 'ana@example.com', phone: '+52 55 1234 5678' })
    expect(requests()).toEqual([READ])
  })

  it('an email: one change of the primary, which keeps what is not said', async () => {
    const { contacts, requests, stored, vendor } = ana()
    const contact = await contacts.update(C, { email: 'new@example.com' })
    expect(contact).toMatchObject({ email: 'new@example.com', contactMethods: { length: 5 } })
    expect(vendor.requests.at(-1)?.json).toEqual({ value: 'new@example.com' })
    expect(requests()).toEqual([READ, PATCH])
    expect(stored('e1')).toMatchObject({
      label: 'Personal',
      externalId: 'crm-e1',
      metadata: { source: 'crm', optIn: true },
    })
  })

  it('an email that another method has: that becomes the primary, the server clears the other', async () => {
    const { contacts, requests, vendor, values } = ana()
    const contact = await contacts.update(C, { email: 'work@example.com' })
    expect(contact.email).toBe('work@example.com')
    expect(contact.contactMethods[0]).toMatchObject({ id: 'e1', primary: false, verified: true })
    expect(vendor.requests[1]?.json).toEqual({ isPrimary: true })
    // Read again, because the answer does not tell what became of the other.
    expect(requests()).toEqual([READ, 'PATCH /contact-methods/e2', READ])
    expect(values().slice(0, 2)).toEqual(['email ana@example.com', 'email work@example.com *'])
  })

  it('an email where there is none: one create', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed([{ id: 'f1', clientId: C, type: 'fax', value: '1' }])
    expect((await contacts.update(C, { email: 'ana@example.com' })).email).toBe('ana@example.com')
    expect(requests()).toEqual([READ, 'POST /contact-methods'])
  })

  it('email: null removes the primary, and no other', async () => {
    const { contacts, requests } = ana()
    const contact = await contacts.update(C, { email: null })
    expect(contact.email).toBeUndefined()
    expect(contact.contactMethods.map(({ id }) => id)).toEqual(['e2', 'p1', 'm1', 'f1'])
    expect(requests()).toEqual([READ, 'DELETE /contact-methods/e1'])
  })

  it('several changes of one kind: a batch', async () => {
    const { contacts, requests, vendor } = ana()
    await contacts.update(C, { email: 'new@example.com', phone: '+52 55 9' })
    expect(vendor.requests[1]?.json).toEqual({
      items: [
        { id: 'e1', data: { value: 'new@example.com' } },
        { id: 'p1', data: { value: '+52 55 9' } },
      ],
      atomic: true,
    })
    expect(requests()).toEqual([READ, 'PATCH /contact-methods/batch'])
  })

  it.each(['merge', 'replace'] as const)('a mixture: one sync of what changes (%s)', async (syncUpdate) => {
    const { contacts, requests, vendor, entries, stored } = ana({}, { syncUpdate })
    const untouched = structuredClone([stored('e2'), stored('m1')])
    const [e1, e2, p1, m1] = await entries()
    if (!e1 || !e2 || !p1 || !m1) throw new Error('five were seeded')
    const contact = await contacts.update(C, {
      contactMethods: [e1, e2, m1, { ...p1, label: 'Casa' }, { type: 'other', value: 'wechat: ana' }],
    })
    const { items, replaceMode } = Object(vendor.requests[1]?.json)
    expect([items.length, replaceMode]).toEqual([3, false])
    expect(requests()).toEqual([READ, 'POST /clients/{id}/contact-methods/sync'])
    expect([stored('e2'), stored('m1')]).toEqual(untouched)
    expect(stored('p1')).toMatchObject({ label: 'Casa', isPrimary: true })
    expect(stored('f1')).toBeUndefined()
    expect(contact.contactMethods.map(({ id, value }) => (value.startsWith('wechat') ? 'new' : id))).toEqual([
      'e1',
      'e2',
      'p1',
      'm1',
      'new',
    ])
  })

  it.each([{ syncUpdate: 'merge' }, { syncUpdate: 'replace', syncDelete: 'whole' }] as const)(
    'a sync is right whatever the server makes of absent members (%#)',
    async (switches) => {
      const { contacts, entries, stored } = ana({}, switches)
      const [e1, ...rest] = await entries()
      if (!e1) throw new Error('five were seeded')
      const before = structuredClone(stored('e1'))
      await contacts.update(C, { contactMethods: [{ ...e1, label: 'Casa' }, ...rest.slice(0, 3)] })
      expect(stored('e1')).toEqual({ ...before, label: 'Casa', updatedAt: expect.any(String) })
      expect(stored('f1')).toBeUndefined()
    },
  )

  it('contactMethods without ids finds its methods by type and value', async () => {
    const { contacts, stored, requests } = ana()
    const kept = structuredClone(stored('e2'))
    await contacts.update(C, {
      contactMethods: [
        { type: 'email', value: 'ana@example.com', primary: true },
        { type: 'email', value: 'work@example.com' },
      ],
    })
    expect(stored('e2')).toEqual(kept)
    expect(stored('e1')).toMatchObject({
      isVerified: true,
      label: 'Personal',
      metadata: { source: 'crm', optIn: true },
    })
    expect(requests()).toEqual([READ, 'POST /clients/{id}/contact-methods/sync'])
  })

  it('more than 250 changes are split', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(
      Array.from({ length: 300 }, (_, n) => ({ clientId: C, type: 'other' as const, value: `v${n}` })),
    )
    const contactMethods = [{ type: 'other' as const, value: 'only' }]
    const contact = await contacts.update(C, { contactMethods })
    expect(contact.contactMethods).toMatchObject([{ value: 'only' }])
    expect(vendor.requests.filter(({ path }) => path.endsWith('/sync'))).toHaveLength(2)
  })

  it('that would leave no method is refused, before any write', async () => {
    const { contacts, vendor } = ana()
    for (const patch of [{ contactMethods: [] }, { contactMethods: null }]) {
      const error = await failure(contacts.update(C, patch))
      expect(error).toMatchObject({ code: 'invalid_input', issues: [{ path: 'contactMethods' }] })
    }
    vendor.seed([{ clientId: 'one', type: 'phone', value: '+52 1', isPrimary: true }])
    expect(await failure(contacts.update('one', { phone: null }))).toMatchObject({
      issues: [{ path: 'phone' }],
    })
    expect(vendor.contactMethods).toHaveLength(6)
  })

  it('with an id that is none of the client’s is refused', async () => {
    const { contacts, vendor } = ana()
    vendor.seed([{ id: 'z', clientId: 'other', type: 'fax', value: '1' }])
    const contactMethods = [{ id: 'z', type: 'fax' as const, value: '1' }]
    expect(await failure(contacts.update(C, { contactMethods }))).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'contactMethods.0.id' }],
    })
  })

  it('keeps a type that is not known', async () => {
    const { contacts, vendor } = setup({ retry: false })
    vendor.seed([
      { id: 'a', clientId: C, type: 'fax', value: 'ana' },
      { id: 'b', clientId: C, type: 'email', value: 'a@x.org' },
    ])
    const record = (given: object) => ({ ...given, type: 'telegram' })
    vendor.faults.add({ path: '/contact-methods', malformed: { index: 1, record } })
    const contactMethods = [{ id: 'a', type: 'other' as const, value: 'ana', label: 'Tg' }]
    await failure(contacts.update(C, { contactMethods }))
    const { items } = Object(vendor.requests[1]?.json)
    expect(items.find(({ id }: { id: string }) => id === 'a')).toMatchObject({
      type: 'telegram',
      label: 'Tg',
    })
  })

  it('cannot change verification, and says nothing of what is the same', async () => {
    const { contacts, entries, vendor } = ana()
    const [e1, ...rest] = await entries()
    if (!e1) throw new Error('five were seeded')
    await contacts.update(C, { contactMethods: [e1, ...rest] })
    expect(vendor.requests).toHaveLength(1)
    const changed = { ...e1, verified: false }
    expect(await failure(contacts.update(C, { contactMethods: [changed, ...rest] }))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'contactMethods.0.verified' }],
    })
    const other = { ...e1, value: 'new@example.com' }
    expect(await failure(contacts.update(C, { contactMethods: [other, ...rest] }))).toMatchObject({
      code: 'unsupported_field',
    })
  })
})
