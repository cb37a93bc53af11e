import type { Contact, ListQuery, Page } from '@anycontact/core'
import { assert, assertSame, fail, print } from '../assert.ts'
import type { Session } from '../session.ts'
import type { Suite, TestBody } from '../suite.ts'

/** With more than this, filling a page would take too long. */
const MAX_FILLED_PAGE = 250

/** Paging: every way to read a listing gives each contact once, in one order. */
export const paging: Suite = (define) => {
  define(
    'list reaches every contact once, whatever the page size',
    withList(async (session) => {
      const made = await session.makeMany(5)
      const { maxPageSize, complete, pagination } = session.capabilities.list ?? fail('list is not declared')
      const whole = ids(await session.all())
      assertSame(new Set(whole).size, whole.length, 'a contact is listed twice')
      if (complete)
        for (const { id } of made) assert(whole.includes(id), 'a contact that was made is not listed')
      for (const pageSize of [1, 2, 3, maxPageSize, maxPageSize + 1]) {
        const pages = await pagesOf(session, { pageSize })
        const what = `pages of list with pageSize ${pageSize}`
        const most = Math.min(pageSize, maxPageSize)
        if (pagination === 'none')
          assertSame(pages.length, 1, `${what}, which has no pagination: how many there are`)
        for (const { items } of pages)
          assert(items.length <= most, `${what}: a page has ${items.length} contacts`)
        assertSame(
          pages.flatMap(({ items }) => ids(items)),
          whole,
          what,
        )
      }
    }),
  )

  define(
    'iterating, pages() and toArray() give the same',
    withList(async (session) => {
      await session.makeMany(5)
      for (const query of [{}, { pageSize: 2 }]) {
        const iterated: string[] = []
        for await (const contact of session.client.list(query))
          iterated.push(session.check(contact, 'list').id)
        const paged = (await pagesOf(session, query)).flatMap(({ items }) => ids(items))
        assertSame(paged, iterated, `pages() of list(${print(query)})`)
        assertSame(ids(await session.all(query)), iterated, `toArray() of list(${print(query)})`)
        const some = await session.client.list(query).toArray({ limit: 3 })
        assertSame(ids(some), iterated.slice(0, 3), `toArray({ limit: 3 }) of list(${print(query)})`)
      }
    }),
  )

  define(
    'a cursor goes on after its page',
    withList(async (session) => {
      await session.makeMany(5)
      const whole = ids(await session.all({ pageSize: 2 }))
      let cursor: string | undefined
      let seen: string[] = []
      for (let page = 0; page <= whole.length; page++) {
        const { items, nextCursor } = await session.client.list({
          pageSize: 2,
          ...(cursor !== undefined && { cursor }),
        })
        seen = [...seen, ...ids(items)]
        if (nextCursor === undefined) break
        assert(nextCursor !== cursor, 'a page gives its own cursor as the next')
        cursor = nextCursor
        const rest: string[] = []
        for await (const contact of session.client.list({ pageSize: 2, cursor })) rest.push(contact.id)
        assertSame(
          [...seen, ...rest],
          whole,
          `what was seen and what list gives after a cursor (page ${page + 1})`,
        )
      }
      assertSame(seen, whole, 'the pages, one call each,')
    }),
  )

  define(
    'a listing can be left early and begun again',
    withList(async (session) => {
      await session.makeMany(4)
      const whole = ids(await session.all({ pageSize: 1 }))
      for await (const contact of session.client.list({ pageSize: 1 })) {
        assertSame(contact.id, whole[0], 'the first contact')
        break
      }
      for await (const page of session.client.list({ pageSize: 1 }).pages()) {
        assertSame(ids(page.items), whole.slice(0, page.items.length), 'the first page')
        break
      }
      assertSame(ids(await session.all({ pageSize: 1 })), whole, 'the listing after another was left')
    }),
  )

  define(
    'contacts that come and go while they are listed move no other',
    withList(async (session) => {
      const made = await session.makeMany(6)
      const others = new Set(ids(made))
      const query = { pageSize: 2 }
      let page: Page<Contact> = await session.client.list(query)
      const seen = ids(page.items)
      // Page numbers and offsets shift when a contact comes or goes; a cursor must not.
      if (session.capabilities.list?.pagination === 'cursor') {
        const [gone] = page.items
        if (gone && others.has(gone.id) && session.has('delete'))
          await session.client.delete(gone, { scan: true })
        await session.make()
      }
      while (page.nextCursor !== undefined) {
        const cursor = page.nextCursor
        page = await session.client.list({ ...query, cursor })
        assert(page.nextCursor !== cursor, 'a page gives its own cursor as the next')
        seen.push(...ids(page.items))
      }
      const mine = seen.filter((id) => others.has(id))
      assertSame(mine.length, new Set(mine).size, 'a contact was listed twice while others came and went')
      for (const id of others)
        assert(mine.includes(id), 'a contact was passed over while others came and went')
    }),
  )

  define(
    'a page is full at maxPageSize, and what is beyond it is on the next',
    withList(async (session) => {
      const { maxPageSize } = session.capabilities.list ?? fail('list is not declared')
      if (maxPageSize > MAX_FILLED_PAGE) return
      const made = await makeBatch(session, maxPageSize + 1)
      const listed = (await pagesOf(session, { pageSize: maxPageSize + 1 })).flatMap(({ items }) =>
        ids(items),
      )
      assertSame(listed.length, new Set(listed).size, 'a contact is on two pages')
      const missing = made.filter((id) => !listed.includes(id))
      assertSame(missing, [], 'contacts that are on no page')
    }),
  )

  define(
    'total is told as declared, and is right',
    withList(async (session) => {
      const made = await session.makeMany(3)
      const { total: declared = false } = session.capabilities.list ?? {}
      const queries: ListQuery[] = [
        { pageSize: 1 },
        { pageSize: 1, where: { id: made[0]?.id } },
        { pageSize: 2, where: { email: { exists: true } } },
      ]
      for (const query of queries) {
        const isTold = session.client.explain(query).total
        assert(declared || !isTold, `explain.total of list(${print(query)}), which list does not declare`)
        const count = (await session.all(query)).length
        for (const page of await pagesOf(session, query)) {
          assertSame(page.total, isTold ? count : undefined, `total of list(${print(query)})`)
        }
      }
    }),
  )

  define(
    'a page that cannot be asked for is invalid',
    withList(async (session) => {
      const queries = [
        { pageSize: 0 },
        { pageSize: -1 },
        { pageSize: 1.5 },
        { pageSize: Number.NaN },
        { cursor: '' },
      ]
      for (const query of queries) {
        await session.rejects(`list(${print(query)})`, 'invalid_input', () => session.client.list(query))
      }
    }),
  )
}

function withList(body: TestBody): TestBody {
  return async (session) => {
    if (session.has('list')) await body(session)
    else await session.refuses('list')
  }
}

async function pagesOf(session: Session, query: ListQuery): Promise<Page<Contact>[]> {
  await session.settle()
  const pages: Page<Contact>[] = []
  for await (const page of session.client.list(query).pages()) {
    for (const contact of page.items) session.check(contact, 'list')
    const last = pages.at(-1)
    assert(last === undefined || last.nextCursor !== undefined, 'a page came after one without a nextCursor')
    pages.push(page)
  }
  assertSame(pages.at(-1)?.nextCursor, undefined, 'nextCursor of the last page')
  return pages
}

/** Makes many contacts, in a batch where there is one. */
async function makeBatch(session: Session, count: number): Promise<string[]> {
  if (!session.has('createMany')) return ids(await session.makeMany(count))
  const inputs = Array.from({ length: count }, () => session.basic())
  const { succeeded } = await session.client.createMany(inputs)
  assertSame(succeeded.length, count, 'how many contacts createMany made')
  await session.settle()
  return succeeded.map(({ contact }) => session.keep(contact).id)
}

function ids(contacts: readonly Contact[]): string[] {
  return contacts.map(({ id }) => id)
}
