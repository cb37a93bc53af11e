import { describe, expect, test } from 'vitest'
import { memory } from '../index.ts'

const methods = [
  { id: 'a', type: 'email', value: 'a@example.com', primary: true, label: 'work', verified: true },
  { id: 'b', type: 'email', value: 'b@example.com' },
  { id: 'p', type: 'phone', value: '+1415' },
] as const

function example() {
  let now = Date.parse('2026-01-31T09:00:00Z')
  const contacts = memory({
    contacts: [{ id: 'ana', contactMethods: methods }],
    clock: { now: () => (now += 1000) },
  })
  const shown = async () =>
    (await contacts.get('ana')).contactMethods.map(
      ({ id, value, primary }) => `${id} ${value}${primary ? ' *' : ''}`,
    )
  return { contacts, shown }
}

describe('writing email', () => {
  test('changes the primary method, which is then no longer verified', async () => {
    const { contacts, shown } = example()
    const ana = await contacts.update('ana', { email: 'c@example.com' })
    expect(await shown()).toEqual(['a c@example.com *', 'b b@example.com', 'p +1415'])
    expect(ana.contactMethods[0]).toMatchObject({ label: 'work' })
    expect(ana.contactMethods[0]).not.toHaveProperty('verified')
  })

  test('makes the method that has the value already the primary one', async () => {
    const { contacts, shown } = example()
    await contacts.update('ana', { email: 'b@example.com' })
    expect(await shown()).toEqual(['a a@example.com', 'b b@example.com *', 'p +1415'])
  })

  test('adds a method when there is no primary', async () => {
    const { contacts, shown } = example()
    await contacts.update('ana', { phone: '+4420' })
    expect(await shown()).toEqual([
      'a a@example.com *',
      'b b@example.com',
      'p +1415',
      'contactMethod_000001 +4420 *',
    ])
  })

  test('as null removes the primary method alone', async () => {
    const { contacts, shown } = example()
    const ana = await contacts.update('ana', { email: null })
    expect(await shown()).toEqual(['b b@example.com', 'p +1415'])
    expect(ana).not.toHaveProperty('email')
    expect(await contacts.find({ email: 'a@example.com' })).toBeUndefined()
  })
})

describe('writing contactMethods', () => {
  test('keeps what is not said of a method that stays', async () => {
    const { contacts } = example()
    const ana = await contacts.update('ana', {
      contactMethods: [
        { type: 'email', value: 'a@example.com', primary: true },
        { id: 'b', type: 'email', value: 'new@example.com', label: 'home' },
      ],
    })
    expect(ana.contactMethods).toMatchObject([
      { id: 'a', label: 'work', verified: true, primary: true, updatedAt: ana.createdAt },
      { id: 'b', value: 'new@example.com', label: 'home', primary: false },
    ])
    expect(ana.contactMethods).toHaveLength(2)
  })

  test('refuses an id that no method of the contact has', async () => {
    const { contacts, shown } = example()
    const before = await shown()
    const patch = { contactMethods: [{ id: 'x', type: 'fax', value: '1' }] } as const
    await expect(contacts.update('ana', { contactMethods: [...patch.contactMethods] })).rejects.toMatchObject(
      {
        code: 'invalid_input',
        issues: [{ path: 'contactMethods.0.id' }],
      },
    )
    expect(await shown()).toEqual(before)
  })

  test('of the same again is an upsert that changes nothing', async () => {
    const { contacts } = example()
    const input = {
      id: 'ana',
      contactMethods: methods.map(({ type, value }) => ({ type, value, primary: value.startsWith('a@') })),
    }
    expect((await contacts.upsert(input, { by: 'id' })).outcome).toBe('unchanged')
  })
})

describe('the group', () => {
  test('demotes the earlier primary, and leaves other types alone', async () => {
    const { contacts, shown } = example()
    await contacts.contactMethods.setPrimary('p')
    await contacts.contactMethods.setPrimary('b')
    expect(await shown()).toEqual(['a a@example.com', 'b b@example.com *', 'p +1415 *'])
    await contacts.contactMethods.update('p', { type: 'email', primary: true })
    expect(await shown()).toEqual(['a a@example.com', 'b b@example.com', 'p +1415 *'])
    expect(await contacts.get('ana')).toMatchObject({ email: '+1415' })
    expect(await contacts.get('ana')).not.toHaveProperty('phone')
  })

  test('pages on after methods were removed and added', async () => {
    const { contacts } = example()
    const { items, nextCursor } = await contacts.contactMethods.list('ana', { pageSize: 1 })
    expect(items.map(({ id }) => id)).toEqual(['a'])
    await contacts.contactMethods.delete('a')
    await contacts.contactMethods.create('ana', { type: 'fax', value: '1' })
    const left = await contacts.contactMethods.list('ana', { cursor: nextCursor }).toArray()
    expect(left.map(({ value }) => value)).toEqual(['b@example.com', '+1415', '1'])
    await expect(contacts.contactMethods.list('ana', { cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  test('tells when several methods have the key', async () => {
    const { contacts } = example()
    await contacts.contactMethods.update('a', { externalId: 'same', customFields: { k: 'v' } })
    await contacts.contactMethods.update('b', { externalId: 'same', customFields: { k: 'v' } })
    await expect(contacts.contactMethods.getByExternalId('same')).rejects.toMatchObject({ code: 'ambiguous' })
    await expect(contacts.contactMethods.getByMetadata('k', 'v')).rejects.toMatchObject({ code: 'ambiguous' })
    await contacts.contactMethods.update('b', { externalId: null, customFields: { k: null, other: 1 } })
    expect((await contacts.contactMethods.getByExternalId('same')).id).toBe('a')
    expect((await contacts.contactMethods.get('b')).customFields).toEqual({ other: 1 })
  })

  test('sync of what is there already is no change', async () => {
    const { contacts } = example()
    const before = await contacts.get('ana')
    await contacts.contactMethods.sync('ana', [...methods])
    expect(await contacts.get('ana')).toEqual(before)
  })

  test('gives an id of its own to what is created', async () => {
    const { contacts } = example()
    const input = { id: 'mine', type: 'fax', value: '1' } as const
    await expect(contacts.contactMethods.create('ana', input)).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await expect(contacts.contactMethods.create('nobody', { type: 'fax', value: '1' })).rejects.toMatchObject(
      {
        code: 'not_found',
      },
    )
  })
})
