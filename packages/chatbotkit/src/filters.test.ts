import { compileConditions } from '@anycontact/core/adapter-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setup } from './testing/setup.ts'

describe('filters', () => {
  it.each([
    [{ plan: 'pro' }, 1, 0],
    [{ vip: true }, 1, 0],
    [{ 'address.city': 'Porto' }, 0, 1],
    [{ seats: 3 }, 0, 1],
    [{ vip: 'true' }, 0, 1],
    [{ plan: ' ' }, 0, 1],
    [{ plan: 'pro ' }, 0, 1],
    [{ 'a-b': 'x' }, 0, 1],
    [{ plan: { in: ['pro'] } }, 0, 1],
    [{ plan: { exists: true } }, 0, 1],
    [{ plan: 'pro', seats: 3 }, 1, 2],
  ])('explains %j', (customFields, pushed, here) => {
    const { contacts, requests } = setup()
    const plan = contacts.explain({ where: { customFields } })
    expect([plan.pushedDown.length, plan.evaluatedHere.length]).toEqual([pushed, here])
    expect(requests()).toEqual([])
  })

  it('takes a key that objects have by themselves for one like any other', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ name: 'Ana', meta: { constructor: 'x' } }, { name: 'Bo' }])
    const found = await contacts.list({ where: { customFields: { constructor: 'x' } } })
    expect(found.items.map(({ name }) => name)).toEqual(['Ana'])
  })

  it('wants all conditions on one field met', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ meta: { plan: 'pro' } }, { meta: { plan: 'free' } }])
    const where = { customFields: { plan: 'free' }, 'customFields.plan': 'pro' }
    expect(await contacts.list({ where }).toArray()).toEqual([])
    expect((await contacts.list({ where: { ...where, 'customFields.plan': 'free' } })).items).toHaveLength(1)
  })

  it('sends what the server filters by: of several values for one key the first, which is all that it reads', async () => {
    const { contacts, vendor } = setup()
    const customFields = { plan: 'free', vip: true, seats: 3 }
    await contacts.list({ where: { customFields } })
    await contacts.list({ where: { customFields, 'customFields.plan': 'pro' } }).toArray()
    expect(
      vendor.requests.map(({ query }) => [query['meta.plan'], query['meta.vip'], query['meta.seats']]),
    ).toEqual([
      ['free', 'true', undefined],
      ['free', 'true', undefined],
    ])
  })

  it('gives the same contacts pushed down as evaluated here', async () => {
    const value = fc.constantFrom<string | number | boolean | null>(
      'pro',
      'Pro',
      'true',
      'false',
      '',
      '3',
      3,
      0,
      true,
      false,
      null,
    )
    const key = fc.constantFrom('plan', 'vip', 'address.city', 'a-b')
    const metas = fc.array(
      fc.record(
        { plan: value, vip: value, 'a-b': value, address: fc.record({ city: value }), 'address.city': value },
        { requiredKeys: [] },
      ),
      { minLength: 1, maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(
        metas,
        fc.dictionary(key, value, { minKeys: 1, maxKeys: 2 }),
        async (seeds, customFields) => {
          const { contacts, vendor } = setup()
          vendor.seed(seeds.map((meta, index) => ({ name: `Contact ${index}`, meta })))
          const { pushedDown, evaluatedHere } = contacts.explain({ where: { customFields } })
          const matches = compileConditions([...pushedDown, ...evaluatedHere])
          const all = await contacts.list().toArray()
          const expected = all.filter(matches).map(({ id }) => id)
          const listed = await contacts.list({ where: { customFields } }).toArray()
          expect(listed.map(({ id }) => id)).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })
})
