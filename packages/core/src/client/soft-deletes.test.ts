import { describe, expect, it } from 'vitest'
import { createContacts } from './create-contacts.ts'
import { scanCapabilities } from './testing/capabilities.ts'
import { contactsErrorOf } from './testing/failure.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'
import { type FakeContact, fakeContact } from './testing/fake-contacts.ts'

const NOT_DELETED = { field: 'deleted', operator: 'ne', value: true }

const people: readonly FakeContact[] = [
  fakeContact('a', { name: 'Ana', email: 'ana@example.com', externalId: 'x-1' }),
  { ...fakeContact('b', { name: 'Bo', email: 'bo@example.com', externalId: 'x-1' }), deleted: true },
  fakeContact('c', { name: 'Cy', email: 'cy@example.com' }),
]

/** A provider that keeps deleted contacts, and filters by that itself or not. */
function setup(pushes: boolean, more: { readonly softDeletes?: boolean; readonly total?: boolean } = {}) {
  const list = {
    ...scanCapabilities.list,
    softDeletes: true,
    where: pushes ? ({ deleted: ['eq', 'ne'] } as const) : {},
    ...more,
  }
  const adapter = fakeAdapter({ ...scanCapabilities, list }, { contacts: people, pageSize: 10 })
  return createContacts(adapter)
}

const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id)

describe.each([true, false])('a provider that keeps deleted contacts (filters itself: %s)', (pushes) => {
  it('leaves them out of a listing, unless they are asked for', async () => {
    const client = setup(pushes)
    expect(ids(await client.list().toArray())).toEqual(['a', 'c'])
    expect(ids(await client.list({ includeDeleted: false }).toArray())).toEqual(['a', 'c'])
    expect(ids(await client.list({ includeDeleted: true }).toArray())).toEqual(['a', 'b', 'c'])
    expect(ids((await client.list({ where: { name: { in: ['Bo', 'Cy'] } } })).items)).toEqual(['c'])
  })

  it('goes by a condition on deleted where there is one', async () => {
    const client = setup(pushes)
    expect(ids(await client.list({ where: { deleted: true } }).toArray())).toEqual(['b'])
    expect(ids(await client.list({ where: { deleted: { exists: true } } }).toArray())).toEqual([
      'a',
      'b',
      'c',
    ])
    expect(ids(await client.list({ where: { deleted: false }, includeDeleted: true }).toArray())).toEqual([
      'a',
      'c',
    ])
  })

  it('counts, searches and scans likewise', async () => {
    const client = setup(pushes)
    expect(await client.count()).toBe(2)
    expect(await client.count({ includeDeleted: true })).toBe(3)
    expect(await client.count({ where: { deleted: true } })).toBe(1)
    expect(ids(await client.search('bo').toArray())).toEqual([])
    expect((await client.get({ externalId: 'x-1' }, { scan: true })).id).toBe('a')
    expect(await client.find({ email: 'bo@example.com' }, { scan: true })).toBeUndefined()
  })

  it('says so in explain', () => {
    const client = setup(pushes)
    const side = pushes ? 'pushedDown' : 'evaluatedHere'
    expect(client.explain()[side]).toEqual([NOT_DELETED])
    expect(client.explain({ includeDeleted: true })[side]).toEqual([])
    const plan = client.explain({ where: { name: 'Ana' } })
    expect([...plan.pushedDown, ...plan.evaluatedHere]).toContainEqual(NOT_DELETED)
  })

  it('tells a total only where the provider has left them out itself', async () => {
    const client = setup(pushes, { total: true })
    expect((await client.list()).total).toBe(pushes ? 2 : undefined)
    expect(client.explain().total).toBe(pushes)
    expect((await client.list({ includeDeleted: true })).total).toBe(3)
  })
})

describe('a provider that keeps no deleted contacts', () => {
  it('gets no condition', async () => {
    const client = setup(true, { softDeletes: false })
    expect(client.explain().pushedDown).toEqual([])
    expect(ids(await client.list().toArray())).toEqual(['a', 'b', 'c'])
  })
})

it('includeDeleted must be true or false', async () => {
  const error = await contactsErrorOf(() => setup(true).list({ includeDeleted: 'yes' as never }))
  expect(error.code).toBe('invalid_input')
})
