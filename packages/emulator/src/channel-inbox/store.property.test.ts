import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contactRecord } from './contact.ts'
import { InboxStore } from './store.ts'

const name = fc.constantFrom('Ana', 'Bo', 'Ana Bo')
const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), name, later: fc.boolean() }),
  fc.record({ kind: fc.constant('update' as const), at: fc.nat(9), name }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(9) }),
)

const LISTINGS = ['-created_at', 'created_at', 'display_name', '-display_name'].flatMap((sort) =>
  ['', 'ana', 'bo ana'].map((text) => [sort, text] as const),
)

it('lists and finds after any writes what a store that never listed gives', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom(...LISTINGS), (steps, [sort, text]) => {
      const newStore = () => new InboxStore({ now: () => 0, newId: () => 'con_x' })
      const store = newStore()
      let day = 1
      for (const [index, one] of steps.entries()) {
        const all = [...store.organization('o').contacts.values()]
        const contact = one.kind === 'create' ? undefined : all[one.at % Math.max(all.length, 1)]
        if (one.kind === 'create') {
          if (one.later) day++
          const given = {
            id: `con_${index}`,
            organization: 'o',
            createdAt: `2026-01-0${day % 9}T00:00:00.000Z`,
          }
          store.put('o', contactRecord({ display_name: one.name }, given))
        } else if (contact && one.kind === 'update') store.put('o', { ...contact, display_name: one.name })
        else if (contact) store.remove('o', contact.id)

        const fresh = newStore()
        fresh.seed('o', [...store.organization('o').contacts.values()])
        const ids = (of: InboxStore) =>
          of.matching('o', sort, text).map(({ id, display_name }) => [id, display_name])
        expect(ids(store)).toEqual(ids(fresh))
      }
    }),
  )
})
