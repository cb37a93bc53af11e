import type { ContactsBase } from '@anycontact/core'
import { type AnyAdapter, createContacts } from '@anycontact/core/adapter-kit'
import {
  type ConformanceDifferences,
  type ConformanceFixtures,
  type ConformanceSeed,
  conformanceTests,
} from '../src/index.ts'
import { overHttp } from './over-http.ts'
import { type TinyAdapter, tinyAdapter } from './tiny-adapter.ts'
import { TinyStore } from './tiny-store.ts'

/** What is other than usual: in the tiny adapter, in the client around it, or in what the suite is told. */
export interface Mutation {
  readonly adapter?: (adapter: TinyAdapter, store: TinyStore) => AnyAdapter
  readonly client?: (client: ContactsBase, adapter: TinyAdapter) => ContactsBase
  readonly seed?: (store: TinyStore) => ConformanceSeed
  readonly differences?: ConformanceDifferences
  /** @default both that the tiny adapter needs */
  readonly fixtures?: ConformanceFixtures
}

/** A test that failed, and with what. */
export interface Failure {
  readonly name: string
  readonly message: string
}

/** Runs the tests whose name matches against the tiny adapter, or another one made of it. */
export async function runSuite(
  only: RegExp,
  { adapter: change, client: wrap, seed, differences, fixtures }: Mutation = {},
): Promise<{
  readonly ran: number
  readonly failures: readonly Failure[]
}> {
  const failures: Failure[] = []
  const tests = conformanceTests({
    ...differences,
    prefix: '',
    create(policy, slow) {
      const store = new TinyStore()
      const fetch = slow(async () => Response.json({ tiny: true }))
      const honest = tinyAdapter(store, { fetch, clock: policy.clock })
      const adapter = change?.(honest, store) ?? honest
      const client: ContactsBase = createContacts(overHttp(adapter, fetch), policy)
      const addRow = (owner: string): string => {
        const id = `row-${store.rows.length + 1}`
        store.rows.push({ id, owner, read: false })
        return id
      }
      return {
        contacts: wrap?.(client, honest) ?? client,
        adapter,
        endpoint: { path: '/things', answers: (answer) => Reflect.get(Object(answer), 'tiny') === true },
        fixtures: fixtures ?? { conversation: addRow, notification: () => addRow('') },
        ...(seed && { seed: seed(store) }),
      }
    },
  }).filter(({ name }) => only.test(name))
  for (const { name, run } of tests) {
    try {
      await run()
    } catch (error) {
      failures.push({ name, message: error instanceof Error ? error.message : String(error) })
    }
  }
  return { ran: tests.length, failures }
}
