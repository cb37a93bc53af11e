import type { ContactsBase, ListQuery } from '@anycontact/core'
import { compileConditions, createContacts } from '@anycontact/core/adapter-kit'
import { expect, test } from 'vitest'
import { conformanceTests } from '../src/index.ts'
import { page, TINY_CAPABILITIES, type TinyAdapter, tinyAdapter } from './tiny-adapter.ts'
import { TinyStore } from './tiny-store.ts'

const DELETED_KEY = 'kept-as-deleted'

/** The tiny adapter of a vendor that keeps deleted contacts; how it is declared and what its client does can be broken. */
async function run(
  { declared = true, lies = false }: { readonly declared?: boolean; readonly lies?: boolean } = {},
  breakClient: (client: ContactsBase) => ContactsBase = (client) => client,
): Promise<readonly string[]> {
  const failures: string[] = []
  const tests = conformanceTests({
    create(policy) {
      const store = new TinyStore()
      const honest = tinyAdapter(store)
      const list: TinyAdapter['list'] = async ({ where, ...query }, _context) => {
        const meets = compileConditions(where.filter(({ field }) => (lies ? field !== 'deleted' : true)))
        const all = page(store, { ...query, where: [], pageSize: 1000 }, () => true)
        const marked = all.items.map((contact) =>
          contact.externalId === DELETED_KEY ? { ...contact, deleted: true } : contact,
        )
        const items = marked.filter(meets)
        const start = Number(query.cursor ?? 0)
        const end = start + Math.min(query.pageSize ?? 3, 3)
        return {
          items: items.slice(start, end),
          nextCursor: end < items.length ? String(end) : undefined,
          total: items.length,
        }
      }
      const adapter: TinyAdapter = {
        ...honest,
        capabilities: {
          ...TINY_CAPABILITIES,
          count: { mode: 'emulated' },
          search: { mode: 'emulated' },
          list: { ...TINY_CAPABILITIES.list, softDeletes: declared, where: { deleted: ['eq', 'ne'] } },
        },
        list,
      }
      // Not native here, so there must be no methods of theirs.
      const { count: _count, search: _search, ...emulated } = adapter
      return {
        contacts: breakClient(createContacts(emulated, policy)),
        fixtures: {
          deletedContact: () =>
            String(store.insert({ externalId: DELETED_KEY, name: 'Kept Deletedly' }).number),
        },
        dispose: () => undefined,
      }
    },
  }).filter(({ name }) => name.includes('keeps as deleted'))
  expect(tests).toHaveLength(1)
  for (const { run: runTest } of tests) await runTest().catch((error: Error) => failures.push(error.message))
  return failures
}

test('an adapter that keeps deleted contacts and declares it passes', async () => {
  expect(await run()).toEqual([])
})

test('one that keeps none, and says so, passes', async () => {
  expect(await run({ declared: false })).toEqual([])
})

test('a provider that does not apply the condition is found out', async () => {
  expect((await run({ lies: true })).join()).toMatch(/expected 1, got 2/)
})

test('a client that passes includeDeleted over is found out', async () => {
  const failures = await run({}, (client) => {
    const deaf = client as ContactsBase & { list(query?: ListQuery): unknown }
    const { list } = deaf
    return {
      ...deaf,
      list: ({ includeDeleted: _ignored, ...query }: ListQuery = {}) => list(query),
    } as ContactsBase
  })
  expect(failures.join()).toContain('includeDeleted')
})
