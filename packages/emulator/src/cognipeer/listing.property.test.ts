import fc from 'fast-check'
import { expect, it } from 'vitest'
import { setUpCognipeer } from './testing.ts'

const fields = { name: fc.constantFrom('Ana', 'Bo', 'Cy'), status: fc.constantFrom('on', 'off') }
const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), ...fields }),
  fc.record({ kind: fc.constant('update' as const), at: fc.nat(9), deleted: fc.boolean(), ...fields }),
)

const LISTINGS = [undefined, { name: 1 }, { name: -1 }, { modifiedDate: -1 }, { status: 1, _id: 1 }].flatMap(
  (sort) => [{}, { status: 'on' }].map((filter) => ({ filter, ...(sort && { sort }) })),
)

it.each(['oldest', 'newest'] as const)(
  'lists after any writes, the %s first, what a filter that was never asked for gives',
  async (defaultSort) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 15 }),
        fc.constantFrom(...LISTINGS),
        async (steps, listing) => {
          const { client } = setUpCognipeer({ defaultSort })
          let created = 0
          for (const [index, one] of steps.entries()) {
            const { kind, ...data } = one
            if (one.kind === 'create') await client.create({ ...data, integrationId: `i${created++}` })
            else if (created > 0) {
              const { at, ...changes } = one
              await client.update({ integrationId: `i${at % created}`, data: changes })
            }
            const { filter, ...rest } = listing
            const kept = await client.list({ ...rest, limit: 100, filter })
            const other = { ...filter, name: { $ne: String(index) } }
            const fresh = await client.list({ ...rest, limit: 100, filter: other })
            expect(fresh.status).toBe(200)
            expect(kept.json.data).toEqual(fresh.json.data)
          }
        },
      ),
      { numRuns: 30 },
    )
  },
)
