import { describe, expect, it } from 'vitest'
import type { ContactInput, WritableField } from '../model/input.ts'
import { createContacts } from './create-contacts.ts'
import { nativeCapabilities, scanCapabilities } from './testing/capabilities.ts'
import { people } from './testing/clients.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'
import { applyWrite } from './testing/fake-contacts.ts'

const canonical = (field: WritableField, value: string): string =>
  field === 'phone' ? value.replace(/[^+\d]/g, '') : value

const byPhone = { scan: ['phone'] } as const

/** A provider that takes all spellings of a phone number for the same, and looks none of them up. */
function scanning() {
  const adapter = fakeAdapter(
    {
      ...scanCapabilities,
      get: { ...scanCapabilities.get, ...byPhone },
      find: { ...scanCapabilities.find, ...byPhone },
      update: { ...scanCapabilities.update, ...byPhone },
      delete: { ...scanCapabilities.delete, ...byPhone },
      upsert: { ...scanCapabilities.upsert, ...byPhone },
    },
    { contacts: people },
  )
  const { api } = adapter
  return { contacts: createContacts({ ...adapter, canonical }), api }
}

describe('a key that the provider takes in several spellings', () => {
  it('finds contacts in any of them', async () => {
    const { contacts } = scanning()
    expect((await contacts.get({ phone: '+3-5-1-1' }, { scan: true })).id).toBe('c1')
    expect((await contacts.find({ phone: '+351 (1)' }, { scan: true }))?.id).toBe('c1')
    expect(await contacts.find({ phone: '+3519' }, { scan: true })).toBeUndefined()
  })

  it('updates and deletes contacts in any of them, one by one and in batches', async () => {
    const { contacts, api } = scanning()
    await contacts.update({ phone: '+3511' }, { nickname: 'a' }, { scan: true })
    expect(api.contacts.get('c1')?.nickname).toBe('a')
    await contacts.updateMany([{ ref: { phone: '+35 11' }, patch: { nickname: 'b' } }], { scan: true })
    expect(api.contacts.get('c1')?.nickname).toBe('b')
    const { succeeded } = await contacts.deleteMany([{ phone: '+3 5 1 1' }], { scan: true })
    expect(succeeded).toHaveLength(1)
    expect(api.contacts.has('c1')).toBe(false)
  })

  it('does not make an upsert write another spelling of what is there', async () => {
    const { contacts, api } = scanning()
    const { outcome } = await contacts.upsert({ phone: '+35-11', name: 'Ana' }, { by: 'phone', scan: true })
    expect(outcome).toBe('unchanged')
    await contacts.upsert({ phone: '+35-11', name: 'Ana S.' }, { by: 'phone', scan: true })
    expect(api.calls.at(-1)?.args[1]).toEqual({ name: 'Ana S.' })
  })

  it('is one key in a batch, so that nothing is created twice', async () => {
    const { contacts, api } = scanning()
    const spellings = [{ phone: '+351 9' }, { phone: '+3519' }, { phone: '+35-19' }, { phone: '+351-1' }]
    const { succeeded } = await contacts.upsertMany(spellings, { by: 'phone', scan: true })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual([
      'created',
      'unchanged',
      'unchanged',
      'unchanged',
    ])
    expect(api.contacts.size).toBe(4)
  })

  it('is one key in a native batch too: never twice in a request', async () => {
    const adapter = fakeAdapter(
      { ...nativeCapabilities, upsert: { ...nativeCapabilities.upsert, by: ['phone'] } },
      { contacts: [] },
    )
    const contacts = createContacts({ ...adapter, canonical })
    await contacts.upsertMany([{ phone: '+351 9' }, { phone: '+3519' }], { by: 'phone' })
    expect(adapter.api.calls.map(({ args }) => args[0])).toEqual([
      [{ phone: '+351 9' }],
      [{ phone: '+3519' }],
    ])
  })

  it('makes the changes of one contact in order, named in several spellings', async () => {
    const order: unknown[] = []
    const { contacts, api } = scanning()
    const items = ['+3511', '+351 1'].map((phone, index) => ({
      ref: { phone },
      patch: { nickname: `n${index}` },
    }))
    await contacts.updateMany(items, { scan: true })
    for (const { method, args } of api.calls) if (method === 'update') order.push(args[1])
    expect(order).toEqual([{ nickname: 'n0' }, { nickname: 'n1' }])
  })
})

describe('a provider that rewrites what it is given', () => {
  it('to what is there already has changed nothing', async () => {
    const adapter = fakeAdapter(scanCapabilities, { contacts: people })
    const contacts = createContacts({
      ...adapter,
      // It keeps names in one case.
      update: async ({ value }, patch) => {
        const before = adapter.api.contacts.get(value)
        if (!before) throw new TypeError('There is none.')
        return { ...applyWrite(before, { ...patch, name: 'Ana' }), updatedAt: '2027-01-01T00:00:00.000Z' }
      },
    } as typeof adapter)
    const upsert = (input: ContactInput & { readonly externalId: string }) =>
      contacts.upsert(input, { by: 'externalId', scan: true })
    expect((await upsert({ externalId: 'user-1', name: 'ANA' })).outcome).toBe('unchanged')
    expect((await upsert({ externalId: 'user-1', name: 'ANA', nickname: 'a' })).outcome).toBe('updated')
    const vendor = { pipeline: 'sales' }
    const input = { externalId: 'user-1', name: 'ANA' }
    const { outcome } = await contacts.upsert(input, { by: 'externalId', scan: true, vendor })
    expect(outcome).toBe('updated')
  })
})
