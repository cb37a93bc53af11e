import type { Contact, ContactInput, ListQuery, WritableField } from '@anycontact/core'
import { assert, assertSame, print } from '../assert.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'

/** More contacts than the suite makes elsewhere: a listing or a search that gives so many at most is found out by them. */
const MANY = 120

/** Fields that many contacts can have the same value in. */
const SHARED = ['name', 'nickname', 'note', 'locale', 'timezone', 'status', 'tags', 'customFields'] as const

/** Many contacts: what says that it is complete gives all of them, filtered or not, and what counts them counts them all. */
export const manyContacts: Suite = (define) => {
  define('a listing that says that it is complete gives every contact, by each filter', async (session) => {
    if (!session.has('list')) {
      await session.refuses('list')
      return
    }
    const { many = MANY } = session.options
    const n = session.number()
    const shared = session.sample(
      SHARED.filter((field) => isFree(session, field)),
      n,
    )
    const made = await makeMany(session, many, shared)
    const queries: ListQuery[] = [{}, ...filtersOf(made[0]).map((where) => ({ where }))]
    for (const query of queries) {
      const plan = session.client.explain(query)
      // What is filtered here is the whole listing again.
      if (plan.pushedDown.length === 0 && query.where) continue
      const listed = new Set((await session.client.list(query).toArray()).map(({ id }) => id))
      const missing = made.filter(({ id }) => !listed.has(id)).length
      assert(
        missing === 0 || !plan.complete,
        `list(${print(query)}) says that it is complete, and lacks ${missing} of ${many} contacts`,
      )
      if (!query.where || !plan.exact || !session.has('count')) continue
      assertSame(await session.client.count(query), many, `count(${print(query)}), which is exact`)
    }
  })

  define('search without a pageSize gives all that it gives with one', async (session) => {
    if (!session.has('search')) {
      await session.refuses('search')
      return
    }
    const field = (['name', 'nickname', 'note', 'email', 'phone'] as const).find((name) =>
      isFree(session, name),
    )
    if (field === undefined) return
    const count =
      Math.min(session.capabilities.list?.maxPageSize ?? 50, 100, session.options.many ?? MANY) + 1
    const shared = session.sample([field])
    const made = await makeMany(session, count, shared)
    const word = String(made[0]?.[field]).split(/\s/).at(-1) ?? ''
    const ids = async (query: { readonly pageSize?: number }): Promise<string[]> => {
      const found: string[] = []
      for await (const { items } of session.client.search(word, query).pages())
        found.push(...items.map(({ id }) => id))
      return found.sort()
    }
    const plain = await ids({})
    assertSame(plain.length, count, 'how many contacts a search without a pageSize gives')
    assertSame(await ids({ pageSize: 10 }), plain, 'search with pageSize 10, against search without one')
  })
}

/** Whether many contacts can have the same value of a field. */
function isFree(session: Session, field: WritableField): boolean {
  const unique: readonly string[] = session.options.unique ?? ['externalId']
  const { required = [] } = session.options
  return session.storable.includes(field) && !unique.includes(field) && !required.includes(field)
}

async function makeMany(session: Session, count: number, shared: ContactInput): Promise<Contact[]> {
  const input = (): ContactInput => ({ ...session.basic(), ...shared })
  if (!session.has('createMany')) return session.makeMany(count, input)
  const { succeeded, failed } = await session.client.createMany(Array.from({ length: count }, input))
  assertSame(
    failed.map(({ error }) => error.message),
    [],
    `createMany of ${count} contacts: what failed`,
  )
  await session.settle()
  return succeeded.map(({ contact }) => session.keep(contact))
}

/** Filters that hold for all contacts that share what one of them has. */
function filtersOf(contact: Contact | undefined): NonNullable<ListQuery['where']>[] {
  const { tags = [], customFields = {} } = contact ?? {}
  const texts = SHARED.flatMap((field) => {
    const value: unknown = contact?.[field]
    return typeof value === 'string' ? [{ [field]: value }] : []
  })
  const scalars = Object.entries(customFields).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
  )
  return [
    ...texts,
    ...tags.map((tag) => ({ tags: tag })),
    ...scalars.map(([name, value]) => ({ customFields: { [name]: value } })),
    ...texts.slice(1).map((filter) => ({ ...texts[0], ...filter })),
  ]
}
