import { describe, expect, it } from 'vitest'
import { setUp } from './testing/setup.ts'

const named = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: `Ana ${n}`, email: `ana${n}@example.com` }))

describe('native batches', () => {
  it('go in requests of as many people as the CRM takes', async () => {
    const { contacts, server } = setUp()
    const { succeeded } = await contacts.createMany(named(45))
    expect(succeeded.map(({ contact }) => contact.name)).toEqual(named(45).map(({ name }) => name))
    expect(server.requests).toEqual(['POST /people/batch', 'POST /people/batch', 'POST /people/batch'])
  })

  it('give each refused person an error of its own', async () => {
    const { contacts } = setUp()
    const taken = await contacts.create({ name: 'Eva', email: 'eva@example.com' })
    const { id: gone } = await contacts.create({ name: 'Gone' })
    await contacts.delete(gone)
    const created = await contacts.createMany([...named(1), { name: 'Eva', email: 'EVA@example.com' }])
    expect(created.failed).toMatchObject([
      { index: 1, error: { code: 'conflict', vendorCode: 'taken', operation: 'createMany' } },
    ])
    expect(created.failed[0]?.error.message).not.toMatch(/eva@/i)
    const updated = await contacts.updateMany([
      { ref: gone, patch: { name: 'Nobody' } },
      { ref: taken, patch: { name: 'Eva Luz' } },
    ])
    expect(updated.failed).toMatchObject([{ index: 0, error: { code: 'not_found' } }])
    expect(updated.succeeded).toMatchObject([
      { index: 1, contact: { name: 'Eva Luz', email: 'eva@example.com' } },
    ])
  })

  it('leave out a person with a part that cannot be stored, and send the others', async () => {
    const { contacts } = setUp()
    const labelled = [{ type: 'mobile', value: '+1415555010', label: 'work', primary: true }] as const
    const { succeeded, failed } = await contacts.createMany([
      ...named(1),
      { contactMethods: labelled },
      { name: 'Eva' },
    ])
    expect(succeeded.map(({ index }) => index)).toEqual([0, 2])
    expect(failed).toMatchObject([
      { index: 1, error: { code: 'unsupported_field', issues: [{ path: 'contactMethods.0.label' }] } },
    ])
    expect(await contacts.count()).toBe(2)
  })
})

describe('outcomes', () => {
  const ana = { externalId: 'm1', name: 'Ana', email: 'ana@example.com' }

  it('tell what was created, and no more', async () => {
    const { contacts, server } = setUp()
    const outcomes = [
      (await contacts.upsert(ana, { by: 'externalId' })).outcome,
      (await contacts.upsert(ana, { by: 'externalId' })).outcome,
    ]
    expect(outcomes).toEqual(['created', 'stored'])
    expect(server.requests).toEqual(Array(2).fill('PUT /people/by/attributes.member_no'))
    const { succeeded } = await contacts.upsertMany([ana, { email: 'eva@example.com' }], { by: 'email' })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['stored', 'created'])
    expect(server.requests.at(-1)).toBe('PUT /people/batch')
  })

  it('are exact for whoever asks, which costs a read', async () => {
    const { contacts, server } = setUp()
    const options = { by: 'email', outcome: 'exact' } as const
    const outcomes: string[] = []
    for (const input of [ana, ana, { ...ana, name: 'Ana Luz' }]) {
      outcomes.push((await contacts.upsert(input, options)).outcome)
    }
    expect(outcomes).toEqual(['created', 'unchanged', 'updated'])
    expect(server.requests.slice(0, 2)).toEqual([
      'GET /people/by/email/ana%40example.com',
      'PUT /people/by/email',
    ])
    const { succeeded } = await contacts.upsertMany([ana, { ...ana, externalId: 'm2' }], options)
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['updated', 'updated'])
  })
})
