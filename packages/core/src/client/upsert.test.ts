import { describe, expect, it } from 'vitest'
import type { ContactInput } from '../model/input.ts'
import type { RefKey } from '../model/ref.ts'
import { createContacts } from './create-contacts.ts'
import { nativeCapabilities, scanCapabilities } from './testing/capabilities.ts'
import { ana, nativeClient, people, scanningClient } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'

const byExternalId = { by: 'externalId', scan: true } as const

describe('a native upsert', () => {
  it('is handed to the adapter with its key', async () => {
    const { contacts, calls } = nativeClient()
    const result = await contacts.upsert({ email: 'new@example.com', name: 'New' }, { by: 'email' })
    expect(result.outcome).toBe('created')
    expect(result.contact).toMatchObject({ email: 'new@example.com', name: 'New' })
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ method: 'upsert', context: { call: { operation: 'upsert' } } })
    expect(calls[0]?.args).toEqual([{ email: 'new@example.com', name: 'New' }, 'email'])
  })

  it('takes the key from the primary contact method too', async () => {
    const { contacts, calls } = nativeClient()
    const contactMethods = [{ type: 'email', value: 'ana@example.com', primary: true }] as const
    await contacts.upsert({ contactMethods } as never, { by: 'email' })
    expect(calls[0]?.args[0]).toMatchObject({ email: 'ana@example.com' })
  })
})

describe('the key of an upsert', () => {
  it.each<[string, ContactInput, string]>([
    ['is missing', { name: 'Ana' }, 'externalId'],
    ['is null', { externalId: null }, 'externalId'],
    ['is undefined', { externalId: undefined }, 'externalId'],
    ['is blank', { externalId: ' ' }, 'externalId'],
  ])('is refused when it %s, before any request', async (_name, given, path) => {
    const input = given as ContactInput & { externalId: string } // as JavaScript would give it
    for (const { contacts, calls } of [nativeClient(), scanningClient()]) {
      const error = await contactsErrorOf(() => contacts.upsert(input, byExternalId))
      expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: 'upsert' })
      expect(error.issues?.[0]?.path).toBe(path)
      expect(calls).toEqual([])
    }
  })

  it('must be one that there is', async () => {
    const { contacts, calls } = nativeClient()
    for (const by of ['name', 'raw', '', undefined, null]) {
      const error = await contactsErrorOf(() => contacts.upsert({ id: 'c1' }, { by: by as RefKey & 'id' }))
      expect(error).toMatchObject({ code: 'invalid_input', issues: [{ path: 'by' }] })
    }
    // @ts-expect-error there must be options
    expect((await contactsErrorOf(() => contacts.upsert({ name: 'Ana' }))).code).toBe('invalid_input')
    expect(calls).toEqual([])
  })

  it('must be one that the provider can go by', async () => {
    const { contacts, calls } = nativeClient()
    // @ts-expect-error the provider does not upsert by phone
    const error = await contactsErrorOf(() => contacts.upsert({ phone: '+351 1' }, { by: 'phone' }))
    expect(error).toMatchObject({ code: 'unsupported', operation: 'upsert' })
    expect(error.message).toContain('it can by id, externalId, email')
    expect(calls).toEqual([])
  })

  it('must be scanned for only when that was asked for', async () => {
    const { contacts, calls } = scanningClient()
    // @ts-expect-error without `scan` it does not compile
    const error = await contactsErrorOf(() => contacts.upsert({ externalId: 'user-1' }, { by: 'externalId' }))
    expect(error).toMatchObject({ code: 'unsupported', operation: 'upsert' })
    expect(error.message).toContain('{ scan: true }')
    expect(calls).toEqual([])
  })
})

describe('an emulated upsert', () => {
  it('creates what is not there', async () => {
    const { contacts, methods, stored } = scanningClient()
    const { contact, outcome } = await contacts.upsert({ externalId: 'user-9', name: 'Cid' }, byExternalId)
    expect(outcome).toBe('created')
    expect(contact).toMatchObject({ externalId: 'user-9', name: 'Cid' })
    expect(stored.size).toBe(4)
    expect(methods().at(-1)).toBe('create')
  })

  it('writes only what differs', async () => {
    const { contacts, calls } = scanningClient()
    const input = {
      externalId: 'user-1',
      name: 'Ana',
      nickname: 'aninha',
      customFields: { plan: 'pro' },
    }
    const { contact, outcome } = await contacts.upsert(input, byExternalId)
    expect(outcome).toBe('updated')
    expect(contact).toMatchObject({ id: 'c1', nickname: 'aninha', customFields: { plan: 'pro' } })
    expect(calls.at(-1)).toMatchObject({
      method: 'update',
      args: [
        { key: 'id', value: 'c1' },
        { nickname: 'aninha', customFields: { plan: 'pro' } },
      ],
      context: { call: { operation: 'upsert' } },
    })
  })

  it('writes nothing when nothing differs', async () => {
    const { contacts, methods } = scanningClient()
    const input = {
      externalId: 'user-1',
      name: 'Ana',
      nickname: null,
      customFields: { plan: null },
    }
    expect(await contacts.upsert(input, byExternalId)).toEqual({ contact: ana, outcome: 'unchanged' })
    expect(new Set(methods())).toEqual(new Set(['list']))
  })

  it('refuses to choose among several', async () => {
    const { contacts, methods } = scanningClient()
    const run = () => contacts.upsert({ email: 'bob@example.com', name: 'Bo' }, { by: 'email', scan: true })
    expect(await contactsErrorOf(run)).toMatchObject({
      code: 'ambiguous',
      provider: 'fake',
      operation: 'upsert',
    })
    expect(new Set(methods())).toEqual(new Set(['list']))
  })

  it('looks up natively where it can', async () => {
    const adapter = fakeAdapter(
      {
        ...scanCapabilities,
        get: { mode: 'native', by: ['id', 'externalId'] },
        upsert: { ...scanCapabilities.upsert, by: ['externalId'], scan: ['email'] },
      },
      { contacts: people },
    )
    const contacts = createContacts(adapter)
    const { outcome } = await contacts.upsert({ externalId: 'user-1', name: 'Ana S.' }, { by: 'externalId' })
    expect(outcome).toBe('updated')
    expect(adapter.api.calls.map(({ method }) => method)).toEqual(['get', 'update'])
  })

  it('does without find, get by the key, and all that it does not need', async () => {
    const { list, create, update, upsert } = scanCapabilities
    const adapter = fakeAdapter({ list, create, update, upsert }, { contacts: people })
    const contacts = createContacts(adapter)
    const outcomes: string[] = []
    for (const name of ['Ana', 'Ana S.']) {
      outcomes.push((await contacts.upsert({ externalId: 'user-1', name }, byExternalId)).outcome)
    }
    expect(outcomes).toEqual(['unchanged', 'updated'])
  })

  it('goes on by a scan where the native one does not go by the key', async () => {
    const capabilities = {
      ...nativeCapabilities,
      get: { mode: 'native', by: ['id'] },
      find: { mode: 'native', by: ['id'] },
      upsert: {
        mode: 'native',
        by: ['externalId'],
        scan: ['email'],
        fields: nativeCapabilities.upsert.fields,
      },
    } as const
    const adapter = fakeAdapter(capabilities, { contacts: people })
    const contacts = createContacts(adapter)
    await contacts.upsert({ externalId: 'user-1' }, { by: 'externalId' })
    expect(adapter.api.calls.map(({ method }) => method)).toEqual(['upsert'])
    const { outcome } = await contacts.upsert(
      { email: 'ana@example.com', name: 'A' },
      { by: 'email', scan: true },
    )
    expect(outcome).toBe('updated')
    expect(adapter.api.calls.at(-1)?.method).toBe('update')
  })

  it('does not change an id', async () => {
    const capabilities = {
      ...nativeCapabilities,
      upsert: { ...nativeCapabilities.upsert, mode: 'emulated' },
    } as const
    const adapter = fakeAdapter(capabilities, { contacts: people })
    const contacts = createContacts(adapter)
    const same = await contacts.upsert(
      { id: 'c1', externalId: 'user-1', name: 'Ana S.' },
      { by: 'externalId' },
    )
    expect(same.outcome).toBe('updated')
    expect(adapter.api.calls.at(-1)?.args[1]).toEqual({ name: 'Ana S.' })
    const run = () => contacts.upsert({ id: 'c9', externalId: 'user-1' }, { by: 'externalId' })
    expect(await contactsErrorOf(run)).toMatchObject({ code: 'conflict', operation: 'upsert' })
  })
})
