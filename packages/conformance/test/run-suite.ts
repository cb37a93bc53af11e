import { type AnyAdapter, type ContactsBase, createContacts } from '@anycontact/core'
import { conformanceTests } from '../src/index.ts'
import { type TinyAdapter, tinyAdapter } from './tiny-adapter.ts'
import { TinyStore } from './tiny-store.ts'

/** What is to be broken in the tiny adapter, or in the client around it. */
export interface Mutation {
  readonly adapter?: (adapter: TinyAdapter, store: TinyStore) => AnyAdapter
  readonly client?: (client: ContactsBase, adapter: TinyAdapter) => ContactsBase
}

/** A test that failed, and with what. */
export interface Failure {
  readonly name: string
  readonly message: string
}

/** Runs the tests whose name matches against the tiny adapter, or a broken one. */
export async function runSuite(
  only: RegExp,
  { adapter: breakAdapter, client: breakClient }: Mutation = {},
): Promise<{
  readonly ran: number
  readonly failures: readonly Failure[]
}> {
  const failures: Failure[] = []
  const tests = conformanceTests({
    prefix: '',
    create(policy) {
      const store = new TinyStore()
      const honest = tinyAdapter(store)
      const adapter = breakAdapter?.(honest, store) ?? honest
      const client: ContactsBase = createContacts(adapter, policy)
      const addRow = (owner: string): string => {
        const id = `row-${store.rows.length + 1}`
        store.rows.push({ id, owner, read: false })
        return id
      }
      return {
        contacts: breakClient?.(client, honest) ?? client,
        adapter,
        fixtures: { conversation: addRow, notification: () => addRow('') },
        dispose: () => undefined,
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
