import { type ContactInput, type ContactsWith, copyContacts, type RefKey } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { clients } from '../providers.ts'
import { servedCognipeer } from './served.ts'

type Target = ContactsWith<'list' | 'upsertMany'>

/** The targets of a copy, with the key that takes the place of an external id. */
const TARGETS: readonly { readonly to: string; readonly make: () => Target; readonly by: RefKey }[] = [
  { to: 'memory', make: () => clients.memory(), by: 'externalId' },
  { to: 'memory', make: () => clients.memory(), by: 'id' },
  { to: 'chatbotkit', make: () => clients.chatbotkit(), by: 'externalId' },
  { to: 'cognipeer', make: () => clients.cognipeer(), by: 'externalId' },
  { to: 'contact-methods', make: () => clients['contact-methods'](), by: 'id' },
]

const all = (contacts: Target) => contacts.list().toArray()

describe.each(TARGETS)('a copy to $to by $by', ({ make, by }) => {
  it('never makes one of two people, of whom one has for its external id the id of the other', async () => {
    for (const inputs of [
      [{ email: 'a@example.com' }, { externalId: 'mem_000001', email: 'b@example.com' }],
      [{ externalId: 'mem_000002', email: 'b@example.com' }, { email: 'a@example.com' }],
    ]) {
      const [from, to] = [clients.memory(), make()]
      for (const input of inputs) await from.create(input)
      expect(await copyContacts(from, to, { by })).toMatchObject({ created: 2, failed: [] })
      const copied = await all(to)
      expect(copied.map(({ email }) => email).sort()).toEqual(['a@example.com', 'b@example.com'])
    }
  })

  it('keeps apart the people of two sources whose ids are alike', async () => {
    const to = make()
    await copyContacts(memory({ contacts: [{ email: 'a@example.com' }] }), to, { by })
    const other = servedCognipeer()
    other.vendor.seed([{ _id: 'mem_000001', email: 'b@example.com' }])
    expect(await copyContacts(other.contacts, to, { by })).toMatchObject({ created: 1, failed: [] })
    expect(await all(to)).toHaveLength(2)
  })

  it('tells of a second contact with the same key, and leaves the first as it is', async () => {
    const other = servedCognipeer()
    other.vendor.seed([
      { _id: 'c-1', integrationId: 'user-1', email: 'a@example.com' },
      { _id: 'c-2', integrationId: 'user-2', email: 'b@example.com' },
      { _id: 'c-3', integrationId: 'user-1', email: 'c@example.com' },
    ])
    for (const dryRun of [true, false]) {
      const to = make()
      const report = await copyContacts(other.contacts, to, { by, dryRun })
      expect(report).toMatchObject({ read: 3, created: 2, updated: 0, unchanged: 0 })
      expect(report.failed).toMatchObject([{ id: 'c-3', error: { code: 'conflict', applied: 'no' } }])
      if (dryRun) continue
      expect((await all(to)).map(({ email }) => email).sort()).toEqual(['a@example.com', 'b@example.com'])
    }
  })
})

describe('a copy by an address', () => {
  const ANA: ContactInput = { externalId: 'ana', name: 'Ana' }
  const BO: ContactInput = { externalId: 'bo', name: 'Bo' }

  it.each([
    { by: 'email', one: 'Ana@Example.com', other: 'ana@example.com' },
    { by: 'phone', one: '+1 (415) 555-2671', other: '+14155552671' },
  ] as const)('by $by takes two spellings of one key for one key', async ({ by, one, other }) => {
    for (const to of [clients.memory(), clients.chatbotkit(), clients.cognipeer()]) {
      const from = clients.memory()
      await from.create({ ...ANA, [by]: one })
      await from.create({ ...BO, [by]: other })
      const report = await copyContacts(from, to, { by, scan: true })
      expect(report).toMatchObject({ created: 1, failed: [{ error: { code: 'conflict' } }] })
      expect((await all(to)).map(({ name }) => name)).toEqual(['Ana'])
    }
  })

  it('takes spellings for one key that only the target takes for one', async () => {
    const [from, to] = [clients.memory(), clients.chatbotkit()]
    await from.create({ ...ANA, phone: '+1 415 555 2671' })
    await from.create({ ...BO, phone: '(415) 555-2671' })
    const report = await copyContacts(from, to, { by: 'phone', scan: true })
    expect(report).toMatchObject({ created: 1, failed: [{ error: { code: 'conflict' } }] })
    expect((await all(to)).map(({ name }) => name)).toEqual(['Ana'])
  })

  it('keeps two extensions of one number apart', async () => {
    for (const to of [clients.memory(), clients.cognipeer()]) {
      const from = clients.memory()
      await from.create({ ...ANA, phone: '+1 415 555 2671 ext. 101' })
      await from.create({ ...BO, phone: '+1 415 555 2671 ext. 102' })
      expect(await copyContacts(from, to, { by: 'phone' })).toMatchObject({ created: 2, failed: [] })
      expect(await copyContacts(from, to, { by: 'phone' })).toMatchObject({ unchanged: 2, failed: [] })
    }
  })
})

describe('a copy onto a contact that the target keeps as deleted', () => {
  const ANA = { externalId: 'user-1', name: 'Ana' }

  it('is written, so that listings show it, where the target takes it back', async () => {
    const from = memory({ contacts: [ANA] })
    const to = memory({ contacts: [{ ...ANA, deleted: true }] })
    expect(await copyContacts(from, to, { dryRun: true })).toMatchObject({ unchanged: 0, updated: 1 })
    expect(await copyContacts(from, to)).toMatchObject({ unchanged: 0, updated: 1 })
    expect(await to.list().toArray()).toMatchObject([ANA])
    expect(await copyContacts(from, to)).toMatchObject({ unchanged: 1 })
  })

  it('is written and told of where the target leaves it deleted', async () => {
    const from = memory({ contacts: [ANA] })
    const { contacts: to, vendor, sent } = servedCognipeer()
    vendor.seed([{ integrationId: 'user-1', name: 'Ana', deleted: true }])
    const dry = await copyContacts(from, to, { dryRun: true })
    expect(dry).toMatchObject({ unchanged: 0, updated: 1 })
    const report = await copyContacts(from, to)
    expect(report).toMatchObject({ unchanged: 0, updated: 1, stillDeleted: ['mem_000001'] })
    expect(sent.filter((request) => request.startsWith('PATCH'))).toHaveLength(1)
    expect(vendor.contacts).toHaveLength(1)
  })

  it('is seen by an upsert too, which warns', async () => {
    const { contacts, vendor } = servedCognipeer()
    vendor.seed([{ integrationId: 'user-1', name: 'Ana', deleted: true }])
    const warnings: string[] = []
    const onWarning = ({ code }: { readonly code: string }) => warnings.push(code)
    const { outcome } = await contacts.upsert(ANA, { by: 'externalId', onWarning })
    expect({ outcome, warnings }).toEqual({ outcome: 'updated', warnings: ['still_deleted'] })
    const revived = servedCognipeer(async ({ method, init, json }, pass) => {
      const { data } = json
      if (method !== 'PATCH' || typeof data !== 'object') return pass()
      return pass({ ...init, body: JSON.stringify({ ...json, data: { ...data, deleted: false } }) })
    })
    revived.vendor.seed([{ integrationId: 'user-1', name: 'Ana', deleted: true }])
    expect((await revived.contacts.upsert(ANA, { by: 'externalId' })).outcome).toBe('updated')
    expect(await revived.contacts.list().toArray()).toMatchObject([ANA])
  })
})
