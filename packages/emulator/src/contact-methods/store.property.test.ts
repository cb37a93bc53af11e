import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MethodListing } from './listing.ts'
import { MethodStore } from './store.ts'

const VALUES = ['a', 'b', 'c']
const value = fc.constantFrom(...VALUES)
const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), value, fails: fc.boolean() }),
  fc.record({ kind: fc.constant('update' as const), at: fc.nat(9), value, fails: fc.boolean() }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(9), fails: fc.boolean() }),
)

function newStore(): MethodStore {
  let ids = 0
  return new MethodStore({
    now: () => 0,
    newId: () => `id${ids++}`,
    switches: { metadataUpdate: 'merge', verification: 'reset' },
    isClient: undefined,
  })
}

const everything = { matches: () => true, clientId: undefined, value: undefined }

it('finds and lists what a look at all records gives, whatever is written and taken back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const store = newStore()
      const listing = new MethodListing(store, { lastCursor: 'null' })
      const listedIds = (): readonly string[] =>
        listing
          .page({
            filter: everything,
            order: { field: 'value', direction: 'asc' },
            cursor: undefined,
            offset: 0,
            limit: 100,
            includeTotalCount: false,
          })
          .data.map(({ value, id }) => `${value} ${id}`)
      for (const one of steps) {
        const run = (): void => {
          const all = [...store.all()]
          const record = one.kind === 'create' ? undefined : all[one.at % Math.max(all.length, 1)]
          if (one.kind === 'create') {
            store.create({ clientId: 'c', type: 'email', value: one.value, isPrimary: true })
          } else if (record && one.kind === 'update') store.update(record, { value: one.value })
          else if (record) store.delete(record)
          if (one.fails) throw new Error('taken back')
        }
        try {
          store.transaction(run)
        } catch (error) {
          if (!one.fails) throw error
        }
        expect(listedIds()).toEqual([...store.all()].map(({ value, id }) => `${value} ${id}`).sort())
        for (const wanted of VALUES) {
          const found = store.withValue(wanted).map(({ id }) => id)
          const there = [...store.all()].filter((record) => record.value === wanted).map(({ id }) => id)
          expect(found.toSorted()).toEqual(there.toSorted())
        }
      }
    }),
  )
})
