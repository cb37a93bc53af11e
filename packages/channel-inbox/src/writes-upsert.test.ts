import { describe, expect, it } from 'vitest'
import { failure, first, setup } from './testing/setup.ts'

const ANA = { name: 'Ana Souza', email: 'ana@example.com', tags: ['vip'] }
const byEmail = { by: 'email', scan: true } as const

describe('upsert', () => {
  it('creates, leaves and changes, by email or phone', async () => {
    const { contacts, vendor, requests } = setup()
    expect(await contacts.upsert(ANA, byEmail)).toMatchObject({ outcome: 'created', contact: ANA })
    expect(requests()).toEqual(['GET /contacts?limit=100&skip=0&sort=-created_at', 'POST /contacts'])
    expect(await contacts.upsert({ ...ANA, email: 'Ana@Example.com' }, byEmail)).toMatchObject({
      outcome: 'unchanged',
    })
    expect(requests()).toHaveLength(1)
    const changed = await contacts.upsert({ ...ANA, tags: ['vip', 'pt'], phone: '+351 912 345 678' }, byEmail)
    expect(changed).toMatchObject({ outcome: 'updated', contact: { tags: ['vip', 'pt'], name: 'Ana Souza' } })
    expect(requests().slice(1)).toEqual(['PUT /contacts/{id}'])
    const byPhone = await contacts.upsert(
      { phone: '+351912345678', name: 'Ana' },
      { by: 'phone', scan: true },
    )
    expect(byPhone).toMatchObject({ outcome: 'updated', contact: { id: changed.contact.id, name: 'Ana' } })
    expect(vendor.contacts).toHaveLength(1)
  })

  it('clears tags, and finds none where there are none', async () => {
    const { contacts } = setup()
    await contacts.upsert(ANA, byEmail)
    expect(await contacts.upsert({ email: ANA.email, tags: [] }, byEmail)).toMatchObject({
      outcome: 'updated',
      contact: { tags: [] },
    })
    expect(await contacts.upsert({ email: ANA.email, tags: null }, byEmail)).toMatchObject({
      outcome: 'unchanged',
    })
  })

  it('at the same time makes one contact', async () => {
    const { contacts, vendor } = setup()
    const results = await Promise.all([1, 2, 3].map(() => contacts.upsert(ANA, byEmail)))
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'unchanged', 'unchanged'])
    expect(vendor.contacts).toHaveLength(1)
  })

  it('of a key that two contacts have is ambiguous', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ email: ANA.email }, { email: ANA.email }])
    expect(await failure(contacts.upsert(ANA, byEmail))).toMatchObject({ code: 'ambiguous' })
  })

  it('does not create again what may be there', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ method: 'POST', cut: 'answer' })
    expect(await failure(contacts.upsert(ANA, byEmail))).toMatchObject({ applied: 'unknown' })
    expect(await contacts.upsert(ANA, byEmail)).toMatchObject({ outcome: 'unchanged' })
    expect(vendor.contacts).toHaveLength(1)
    const other = setup()
    other.vendor.faults.add({ method: 'POST', cut: 'request' })
    const [lost, waiting] = await Promise.all([
      failure(other.contacts.upsert(ANA, byEmail)),
      failure(other.contacts.upsert(ANA, byEmail)),
    ])
    expect(lost).toMatchObject({ code: 'network', applied: 'unknown' })
    // It is not there, and may be on its way.
    expect(waiting).toMatchObject({ code: 'unavailable', applied: 'no' })
    expect(other.vendor.contacts).toEqual([])
  })

  it('refuses what an update could not change, before anything is sent', async () => {
    const { contacts, requests } = setup()
    const input: { email: string; name?: string } = { email: ANA.email }
    for (const [field, value] of Object.entries({ timezone: 'UTC', note: 'x' })) {
      expect(await failure(contacts.upsert({ ...input, [field]: value }, byEmail))).toMatchObject({
        code: 'unsupported_field',
        issues: [{ path: field }],
      })
    }
    expect(requests()).toEqual([])
  })

  it('tells what the dialect cannot change of a contact that is there', async () => {
    const { contacts, vendor } = setup({ dialect: 'web' }, { requests: 'web' })
    vendor.seed([{ email: ANA.email }])
    expect(await failure(contacts.upsert(ANA, byEmail))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'name' }],
    })
    const { outcome } = await contacts.upsert({ name: 'Bo', email: 'bo@example.com' }, byEmail)
    expect(outcome).toBe('created')
  })

  it('of many reads the listing once', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed([{ email: 'bo@example.com' }])
    const items = [ANA, { email: 'bo@example.com', name: 'Bo' }, { ...ANA, name: 'Ana' }]
    const { succeeded } = await contacts.upsertMany(items, byEmail)
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'updated'])
    expect(requests().filter((request) => request.startsWith('GET /contacts?'))).toHaveLength(1)
    expect(vendor.contacts).toHaveLength(2)
    expect(first(vendor.contacts)).toMatchObject({ display_name: 'Bo' })
  })
})
