import { describe, expect, it } from 'vitest'
import type { ContactChange } from './changes.ts'
import { readChanges } from './read-changes.ts'
import { DEAD, mortalLedger } from './testing/mortal-ledger.ts'
import { PROVIDERS, type Provider } from './testing/providers.ts'
import { createStore, inShort, type Store, tell } from './testing/reading.ts'

const NAMES = Array.from({ length: 10 }, (_, i) => `P${i}`)

/** Ten contacts that are known, of which three were renamed and two removed since, and two new ones. */
async function edited(provider: Provider): Promise<{ store: Store; expected: readonly string[] }> {
  const ids: string[] = []
  for (const name of NAMES) ids.push(((await provider.contacts.list) && (await provider.create(name))).id)
  const store = createStore()
  const first = await tell(provider.contacts, store)
  expect([...first.short].sort()).toEqual(NAMES.map((name) => `created ${name}`))
  expect(first.summary).toMatchObject({ read: 10, complete: true, resumed: false })
  const idOf = (place: number): string => ids[place] ?? ''
  for (const place of [2, 5, 9]) await provider.rename(idOf(place), `R${place}`)
  await provider.create('N1')
  await provider.create('N2')
  for (const place of [4, 8]) await provider.remove(idOf(place))
  const expected = [
    ...['R2', 'R5', 'R9'].map((name) => `updated ${name}`),
    ...['N1', 'N2'].map((name) => `created ${name}`),
    ...[4, 8].map((place) => `deleted ${idOf(place)}`),
  ]
  return { store, expected: expected.sort() }
}

/** The changes, each once; one that was told again must be the same. */
function distinct(changes: readonly ContactChange[]): string[] {
  const byId = new Map(changes.map((change) => [change.changeId, inShort(change)]))
  for (const change of changes) expect(byId.get(change.changeId)).toBe(inShort(change))
  return [...byId.values()].sort()
}

const OPTIONS = { maxDeletions: 0.3 }

describe.each(Object.entries(PROVIDERS))('changes of %s', (_, makeProvider) => {
  it('are told once, and then no more', async () => {
    const provider = makeProvider()
    const { store, expected } = await edited(provider)
    const { short, summary } = await tell(provider.contacts, store, OPTIONS)
    expect([...short].sort()).toEqual(expected)
    expect(summary).toEqual({
      read: 10,
      created: 2,
      updated: 3,
      unchanged: 5,
      deleted: 2,
      unconfirmed: 0,
      complete: true,
      resumed: false,
    })
    const again = await tell(provider.contacts, store, OPTIONS)
    expect(again.short).toEqual([])
    expect(again.summary).toMatchObject({ read: 10, unchanged: 10, complete: true })
  })

  it.each([false, true])(
    'are all told, and none that is none, wherever the process is killed (commit stored: %s)',
    async (stored) => {
      let kills = 0
      for (let atCommit = 1; ; atCommit++) {
        const provider = makeProvider()
        const { store, expected } = await edited(provider)
        const ledger = mortalLedger(store.ledger, { atCommit, stored })
        const killed = await tell(provider.contacts, { ...store, ledger }, OPTIONS)
        if (killed.error === undefined) break
        expect(killed.error).toBe(DEAD)
        kills++
        const changes = [...killed.changes]
        await store.clock.advance(60_001)
        // Where contacts are counted by pages, a reading that was stopped cannot tell who is gone: the next one does.
        for (let complete: boolean | undefined; complete !== true; ) {
          const told = await tell(provider.contacts, store, OPTIONS)
          expect(told.error).toBeUndefined()
          changes.push(...told.changes)
          complete = told.summary?.complete
        }
        expect(distinct(changes)).toEqual(expected)
        expect((await tell(provider.contacts, store, OPTIONS)).short).toEqual([])
      }
      expect(kills).toBeGreaterThan(4)
    },
  )

  it('are told again from the chunk on that the consumer left', async () => {
    for (let taken = 1; taken <= 7; taken++) {
      const seen: ContactChange[] = []
      const provider = makeProvider()
      const { store, expected } = await edited(provider)
      const options = { ...OPTIONS, ...store, name: 'crm', chunkSize: 3 }
      for await (const change of readChanges(provider.contacts, options)) {
        seen.push(change)
        if (seen.length === taken) break
      }
      for (let complete: boolean | undefined; complete !== true; ) {
        const told = await tell(provider.contacts, store, OPTIONS)
        seen.push(...told.changes)
        complete = told.summary?.complete
      }
      expect(distinct(seen)).toEqual(expected)
    }
  })
})
