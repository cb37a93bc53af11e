import { describe, expect, it } from 'vitest'
import type { Contact } from '../model/contact.ts'
import type { ContactRef } from '../model/ref.ts'
import { createContacts } from './create-contacts.ts'
import { nativeCapabilities, readOnlyCapabilities, scanCapabilities } from './testing/capabilities.ts'
import { ana, bob, nativeClient, people, scanningClient } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'
import { fakeContact } from './testing/fake-contacts.ts'

describe('get and find with native lookups', () => {
  it.each<[string, ContactRef, string]>([
    ['an id', 'c1', 'id'],
    ['{ id }', { id: 'c1' }, 'id'],
    ['{ externalId }', { externalId: 'user-1' }, 'externalId'],
    ['{ email }', { email: 'ana@example.com' }, 'email'],
    ['{ phone }', { phone: '+351 1' }, 'phone'],
    ['a contact', ana, 'id'],
  ])('take %s', async (_name, ref, key) => {
    for (const method of ['get', 'find'] as const) {
      const { contacts, calls } = nativeClient()
      expect(await contacts[method](ref)).toEqual(ana)
      expect(calls).toHaveLength(1)
      expect(calls[0]).toMatchObject({
        method: 'get',
        args: [{ key }],
        context: { call: { operation: method } },
      })
    }
  })

  it('differ in what they make of nobody', async () => {
    const { contacts } = nativeClient()
    const error = await contactsErrorOf(() => contacts.get({ email: 'nobody@example.com' }))
    expect(error).toMatchObject({ code: 'not_found', provider: 'fake', operation: 'get' })
    expect(await contacts.find({ email: 'nobody@example.com' })).toBeUndefined()
  })

  it('agree that several are ambiguous', async () => {
    const { contacts } = nativeClient()
    expect((await contactsErrorOf(() => contacts.get({ email: 'bob@example.com' }))).code).toBe('ambiguous')
    const error = await contactsErrorOf(() => contacts.find({ email: 'bob@example.com' }))
    expect(error).toMatchObject({ code: 'ambiguous', provider: 'fake', operation: 'find' })
  })

  it("refuse another provider's contact and what names nobody, and ask nothing", async () => {
    const { contacts, calls } = nativeClient()
    const foreign: Contact = { ...ana, provider: 'other' }
    const refs = [
      foreign,
      '',
      { id: ' ' },
      {},
      { id: 'c1', email: 'x@y' },
      null,
      undefined,
      7,
    ] as ContactRef[]
    for (const ref of refs) {
      for (const method of ['get', 'find'] as const) {
        const error = await contactsErrorOf(() => contacts[method](ref))
        expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: method })
      }
    }
    expect(calls).toEqual([])
  })

  it('hand on the options of the call', async () => {
    const { contacts, calls } = nativeClient()
    const { signal } = new AbortController()
    await contacts.get('c1', { signal, timeoutMs: 50, headers: { 'x-trace': '1' } })
    expect(calls[0]?.context).toMatchObject({ call: { signal, timeoutMs: 50, headers: { 'x-trace': '1' } } })
  })

  it('name a contact by another key where its id is no key of the operation', async () => {
    const adapter = fakeAdapter(
      {
        ...nativeCapabilities,
        get: { mode: 'native', by: ['externalId'] },
        find: { mode: 'native', by: ['externalId'] },
        upsert: { ...nativeCapabilities.upsert, by: ['externalId'] },
      },
      { contacts: people },
    )
    const contacts = createContacts(adapter)
    expect(await contacts.get(ana)).toEqual(ana)
    expect(adapter.api.calls[0]?.args).toEqual([{ key: 'externalId', value: 'user-1' }])
  })
})

describe('get and find by a scan', () => {
  it('must be asked for, and say so before anything is requested', async () => {
    for (const method of ['get', 'find'] as const) {
      const { contacts, calls } = scanningClient()
      // @ts-expect-error without `scan` it does not compile
      const error = await contactsErrorOf(() => contacts[method]({ email: 'ana@example.com' }))
      expect(error).toMatchObject({ code: 'unsupported', provider: 'fake', operation: method })
      expect(error.message).toContain('{ scan: true }')
      expect(error.message).toContain('by id')
      expect(calls).toEqual([])
    }
  })

  it('read the listing', async () => {
    const { contacts, calls } = scanningClient()
    expect(await contacts.get({ email: 'ana@example.com' }, { scan: true })).toEqual(ana)
    expect(await contacts.find({ externalId: 'user-2' }, { scan: true })).toEqual(bob)
    expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(['list']))
    expect(calls[0]?.context.call.operation).toBe('get')
  })

  it('read to the end to know that there is no second', async () => {
    const { contacts, calls } = scanningClient()
    await contacts.get({ email: 'ana@example.com' }, { scan: true })
    expect(calls).toHaveLength(2)
    const error = await contactsErrorOf(() => contacts.find({ email: 'bob@example.com' }, { scan: true }))
    expect(error).toMatchObject({ code: 'ambiguous', operation: 'find' })
  })

  it('read no further than to a second', async () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      fakeContact(`m${index}`, { email: 'same@example.com' }),
    )
    const { contacts, calls } = scanningClient({ contacts: many, pageSize: 2 })
    const error = await contactsErrorOf(() => contacts.delete({ email: 'same@example.com' }, { scan: true }))
    expect(error.code).toBe('ambiguous')
    // The page with both of them, and the one fetched ahead.
    expect(calls).toHaveLength(2)
  })

  it('have the provider filter by a key that has one spelling, where it can', async () => {
    const { list, ...rest } = scanCapabilities
    const where = { email: ['eq'], externalId: ['eq'] } as const
    const capabilities = { ...rest, list: { ...list, where } } as const
    const adapter = fakeAdapter(capabilities, { contacts: people })
    const contacts = createContacts(adapter)
    await contacts.get({ externalId: 'user-1' }, { scan: true })
    expect(adapter.api.calls.map(({ args }) => args[0])).toMatchObject([
      { where: [{ field: 'externalId', operator: 'eq', value: 'user-1' }] },
    ])
    adapter.api.calls.length = 0
    // An address in other letters is the same contact's, so the provider cannot be asked for one spelling.
    await contacts.get({ email: 'ANA@example.com' }, { scan: true })
    expect(adapter.api.calls[0]?.args[0]).toMatchObject({ where: [] })
  })

  it('are not made by a provider that declares none', async () => {
    const adapter = fakeAdapter(readOnlyCapabilities, { contacts: people })
    const ref = { email: 'ana@example.com' } as unknown as 'c1'
    const error = await contactsErrorOf(() => createContacts(adapter).get(ref, { scan: true }))
    expect(error).toMatchObject({ code: 'unsupported', operation: 'get' })
    expect(error.message).toMatch(/cannot get by email; it can by id\.$/)
    expect(adapter.api.calls).toEqual([])
  })

  it('find nobody', async () => {
    const { contacts } = scanningClient()
    const error = await contactsErrorOf(() => contacts.get({ email: 'nobody@example.com' }, { scan: true }))
    expect(error).toMatchObject({ code: 'not_found', operation: 'get' })
    expect(await contacts.find({ email: 'nobody@example.com' }, { scan: true })).toBeUndefined()
  })

  it('say that absence proves nothing where the listing is capped', async () => {
    const capabilities = { ...scanCapabilities, list: { ...scanCapabilities.list, complete: false } } as const
    const { upsert: _upsert, upsertMany: _upsertMany, ...rest } = capabilities
    const contacts = createContacts(fakeAdapter(rest))
    const error = await contactsErrorOf(() => contacts.get({ email: 'ana@example.com' }, { scan: true }))
    expect(error.message).toContain('does not reach every contact')
  })

  it('are not made for an id, which is looked up', async () => {
    const { contacts, calls } = scanningClient()
    await contacts.get('c1', { scan: true })
    expect(calls.map(({ method }) => method)).toEqual(['get'])
  })

  it('are refused for a key that is not scanned either', async () => {
    const { contacts, calls } = scanningClient()
    const ref = { phone: '+351 1' } as unknown as ContactRef
    // @ts-expect-error phone is no key of this provider's lookups
    const error = await contactsErrorOf(() => contacts.get(ref, { scan: true }))
    expect(error.code).toBe('unsupported')
    expect(error.message).toContain('it can by id, externalId with { scan: true }, email with { scan: true }')
    expect(calls).toEqual([])
  })

  it('work without a lookup of any kind beside', async () => {
    const { list } = scanCapabilities
    const adapter = fakeAdapter(
      { list, get: { mode: 'emulated', by: [], scan: ['email'] } },
      { contacts: people },
    )
    const contacts = createContacts(adapter)
    expect(await contacts.get({ email: 'ana@example.com' }, { scan: true })).toEqual(ana)
    // @ts-expect-error not without `scan`
    const error = await contactsErrorOf(() => contacts.get({ email: 'ana@example.com' }))
    expect(error.message).toMatch(/Pass \{ scan: true \} to have that done\.$/)
  })
})

describe('update and delete', () => {
  it('take the keys that the provider takes', async () => {
    const { contacts, calls } = nativeClient()
    await contacts.update({ externalId: 'user-1' }, { name: 'Ana' })
    await contacts.delete({ externalId: 'user-1' })
    expect(calls.map(({ method, args }) => [method, args[0]])).toEqual([
      ['update', { key: 'externalId', value: 'user-1' }],
      ['delete', { key: 'externalId', value: 'user-1' }],
    ])
  })

  it('look up what the provider looks up but does not write by', async () => {
    const { contacts, calls, stored } = nativeClient()
    const ref = { email: 'ana@example.com' } as unknown as ContactRef
    // @ts-expect-error at compile time only the keys of the operation itself
    await contacts.update(ref, { name: 'Ana' })
    // @ts-expect-error at compile time only the keys of the operation itself
    await contacts.delete(ref)
    expect(calls.map(({ method }) => method)).toEqual(['get', 'update', 'get', 'delete'])
    expect(calls[1]?.args[0]).toEqual({ key: 'id', value: 'c1' })
    expect(stored.has('c1')).toBe(false)
  })

  it('scan when asked to, and write by id', async () => {
    const { contacts, calls, stored } = scanningClient()
    const updated = await contacts.update({ email: 'ana@example.com' }, { name: 'Ana' }, { scan: true })
    expect(updated.name).toBe('Ana')
    await contacts.delete({ externalId: 'user-1' }, { scan: true })
    expect(stored.has('c1')).toBe(false)
    expect(calls.map(({ method }) => method)).toEqual(['list', 'list', 'update', 'list', 'list', 'delete'])
    expect(calls[0]?.context.call.operation).toBe('update')
  })

  it('write nothing when the scan was not asked for, finds nobody or several', async () => {
    const { contacts, calls } = scanningClient()
    const failures = [
      // @ts-expect-error without `scan` it does not compile
      await contactsErrorOf(() => contacts.update({ email: 'ana@example.com' }, { name: 'Ana' })),
      // @ts-expect-error without `scan` it does not compile
      await contactsErrorOf(() => contacts.delete({ email: 'ana@example.com' })),
      await contactsErrorOf(() => contacts.delete({ email: 'nobody@example.com' }, { scan: true })),
      await contactsErrorOf(() => contacts.delete({ email: 'bob@example.com' }, { scan: true })),
    ]
    expect(failures.map(({ code }) => code)).toEqual(['unsupported', 'unsupported', 'not_found', 'ambiguous'])
    expect(calls.every(({ method }) => method === 'list')).toBe(true)
  })

  it("refuse another provider's contact", async () => {
    const { contacts, calls } = nativeClient()
    const foreign: Contact = { ...ana, provider: 'other' }
    expect((await contactsErrorOf(() => contacts.update(foreign, { name: 'Ana' }))).code).toBe(
      'invalid_input',
    )
    expect((await contactsErrorOf(() => contacts.delete(foreign))).code).toBe('invalid_input')
    expect(calls).toEqual([])
  })

  it('fail with not_found for a contact that is gone', async () => {
    const { contacts } = nativeClient()
    await contacts.delete('c1')
    expect((await contactsErrorOf(() => contacts.delete('c1'))).code).toBe('not_found')
    expect((await contactsErrorOf(() => contacts.update('c1', { name: 'Ana' }))).code).toBe('not_found')
  })

  it('give nothing back of a delete', async () => {
    expect(await nativeClient().contacts.delete('c1')).toBeUndefined()
  })
})
