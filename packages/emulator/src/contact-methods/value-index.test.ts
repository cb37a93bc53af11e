import fc from 'fast-check'
import { expect, it } from 'vitest'
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

it('has the records that a look at all of them finds, whatever is written and taken back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const store = newStore()
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
        for (const wanted of VALUES) {
          const found = store.withValue(wanted).map(({ id }) => id)
          const there = [...store.all()].filter((record) => record.value === wanted).map(({ id }) => id)
          expect(found.toSorted()).toEqual(there.toSorted())
        }
      }
    }),
  )
})
