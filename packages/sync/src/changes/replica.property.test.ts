import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContactChange } from './changes.ts'
import { listOnly } from './testing/changed-client.ts'
import { mortalLedger } from './testing/mortal-ledger.ts'
import { PROVIDERS } from './testing/providers.ts'
import { createStore, tell } from './testing/reading.ts'

/** What happens between two looks at a provider. */
const events = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ type: fc.constant('create' as const) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('remove' as const), at: fc.nat() }) },
    // Few names, so that a contact gets back one that it had.
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('rename' as const),
        at: fc.nat(),
        name: fc.constantFrom('Ana', 'Bea'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('read' as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('kill' as const),
        atCommit: fc.integer({ min: 1, max: 5 }),
        stored: fc.boolean(),
      }),
    },
  ),
  { maxLength: 25 },
)

/** Whoever is told: keeps what it was told in a map, and does what it was told twice once more. */
class Replica {
  readonly names = new Map<string, string>()

  take(changes: readonly ContactChange[]): void {
    for (const change of changes) {
      if (change.type === 'deleted') this.names.delete(change.id)
      else this.names.set(change.id, change.contact.name ?? '')
    }
  }
}

const byId = (entries: Iterable<readonly [string, string]>) =>
  [...entries].sort(([one], [other]) => (one < other ? -1 : 1))

describe.each(Object.entries(PROVIDERS))('a copy that is kept by the changes of %s', (_, makeProvider) => {
  it.each([true, false])(
    'is the same after two whole readings, whatever happened and was killed (a lookup by id: %s)',
    async (hasLookup) => {
      await fc.assert(
        fc.asyncProperty(events, async (happened) => {
          const provider = makeProvider()
          const contacts = hasLookup ? provider.contacts : listOnly(provider.contacts)
          const store = createStore()
          const replica = new Replica()
          const ids: string[] = []
          const read = async (options = {}) => {
            const { changes, summary } = await tell(contacts, { ...store, ...options }, { maxDeletions: 1 })
            replica.take(changes)
            return summary
          }
          let named = 0
          for (const event of happened) {
            if (event.type === 'create') ids.push((await provider.create(`N${named++}`)).id)
            else if (event.type === 'read') await read()
            else if (event.type === 'kill') {
              await read({ ledger: mortalLedger(store.ledger, event) })
              await store.clock.advance(60_001)
            } else {
              const [id] = ids.splice(event.at % Math.max(ids.length, 1), 1)
              if (id === undefined) continue
              if (event.type === 'remove') await provider.remove(id)
              else {
                await provider.rename(id, event.name)
                ids.push(id)
              }
            }
          }
          // Where a reading was stopped, this one goes on with it, and the next one is whole.
          await read()
          expect(await read()).toMatchObject({ complete: true })
          const there = await provider.contacts.list().toArray()
          expect(byId(replica.names)).toEqual(byId(there.map(({ id, name }) => [id, name ?? ''] as const)))
        }),
        { numRuns: 40 },
      )
    },
    60_000,
  )
})
