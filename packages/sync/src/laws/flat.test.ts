import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { createWorld } from '../engine/testing/world.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Side } from '../ledger/pair.ts'
import type { SyncClient } from '../project/plan.ts'

/** So many contacts are brought into step together. */
const CHUNK = 50
/** So many pairs at most are asked for at once. */
const PAGE = 500

/** Counts what a run has in its hands: contacts that it has read and no commit has dealt with yet, and pairs that it has asked for. */
class Hands {
  readonly #read = { source: 0, target: 0 }
  readonly #stored = { source: 0, target: 0 }
  readonly most = { contacts: 0, pairs: 0 }

  /** A client, watched. */
  client<Client extends SyncClient>(side: Side, client: Client): Client {
    const count = (items: readonly unknown[]): void => {
      this.#read[side] += items.length
      this.most.contacts = Math.max(this.most.contacts, this.#read[side] - this.#stored[side])
    }
    const list = (...query: Parameters<Client['list']>) => {
      const pager = client.list(...query)
      return {
        async *pages() {
          for await (const page of pager.pages()) {
            count(page.items)
            yield page
          }
        },
      }
    }
    return new Proxy(client, {
      get: (given, name) => (name === 'list' ? list : Reflect.get(given, name)),
    })
  }

  /** A ledger, watched. */
  ledger(store: Ledger): Ledger {
    const commit: Ledger['commit'] = async (claim, changes) => {
      const ids = await store.commit(claim, changes)
      for (const change of changes) {
        if (change.type !== 'generation') continue
        const { side, read } = change.generation
        this.#stored[side] = read
        if (read === 0) this.#read[side] = 0
      }
      return ids
    }
    const pairs: Ledger['pairs'] = async (sync, query) => {
      const found = await store.pairs(sync, query)
      this.most.pairs = Math.max(this.most.pairs, found.length)
      return found
    }
    return new Proxy(store, {
      get: (_, name) => {
        if (name === 'commit') return commit
        if (name === 'pairs') return pairs
        const value: unknown = Reflect.get(store, name)
        return typeof value === 'function' ? value.bind(store) : value
      },
    })
  }
}

/** The most that a run has in its hands while so many contacts are copied, found unchanged, and deleted. */
async function inHand(count: number): Promise<Hands['most']> {
  const hands = new Hands()
  const { memory, chatbotkit, emulator, clock, ...world } = createWorld()
  const ledger = hands.ledger(world.ledger)
  await memory.createMany(Array.from({ length: count }, (_, at) => ({ externalId: `u${at}`, name: 'Ana' })))
  const sync = defineSync({
    name: 'flat',
    source: hands.client('source', memory),
    target: hands.client('target', chatbotkit),
    by: 'externalId',
    deletions: 'mirror',
    maxDeletions: 1,
    lost: ['givenName', 'familyName', 'avatarUrl', 'locale', 'timezone', 'tags', 'status', 'contactMethods'],
  })
  const run = () => clock.settle(runSync(sync, { ledger, clock, chunkSize: CHUNK }))
  expect(await run()).toMatchObject({ created: count })
  expect(await run()).toMatchObject({ unchanged: count })
  for (const { id } of await memory.list().toArray()) await memory.delete(id)
  expect(await run()).toMatchObject({ deleted: count })
  expect(emulator.chatbotkit.contacts).toEqual([])
  return hands.most
}

it('law 8: however many contacts there are, a run has a chunk of them in memory', async () => {
  const most = { contacts: CHUNK, pairs: PAGE }
  expect(await inHand(PAGE + 100)).toEqual(most)
  expect(await inHand(2 * PAGE + 100)).toEqual(most)
})
