import { describe, expect, it } from 'vitest'
import type { AdapterContext, ContactsWarning } from '../adapter/context.ts'
import type { AdapterPage } from '../adapter/pages.ts'
import { ContactsError } from '../errors.ts'
import { createContacts } from './create-contacts.ts'
import { scanCapabilities } from './testing/capabilities.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'
import { type FakeContact, fakeContact } from './testing/fake-contacts.ts'

const SIZE = 2

/** A provider with numbered pages; `before` runs before each page is read. */
function numbered(
  count: number,
  pagination: 'page' | 'offset' | 'cursor',
  before: (page: number, contacts: Map<string, FakeContact>) => unknown = () => undefined,
) {
  const all = Array.from({ length: count }, (_, n) =>
    fakeContact(`c${n}`, { name: n % 2 === 0 ? 'even' : 'odd' }),
  )
  const capabilities = { ...scanCapabilities, list: { ...scanCapabilities.list, pagination, total: true } }
  const adapter = fakeAdapter(capabilities, { contacts: all })
  const { contacts } = adapter.api
  const state = { underWay: 0, most: 0, asked: [] as number[] }
  return {
    state,
    adapter: {
      ...adapter,
      async list({
        cursor = '0',
      }: {
        readonly cursor?: string | undefined
      }): Promise<AdapterPage<FakeContact>> {
        const page = Number(cursor)
        state.asked.push(page)
        state.most = Math.max(state.most, ++state.underWay)
        await before(page, contacts)
        const present = [...contacts.values()]
        const items = present.slice(page * SIZE, (page + 1) * SIZE)
        const more = (page + 1) * SIZE < present.length
        // Later pages answer sooner.
        for (let turn = 0; turn < 20 - page; turn++) await Promise.resolve()
        state.underWay--
        return { items, nextCursor: more ? String(page + 1) : undefined, total: present.length }
      },
      *laterCursors({ total = 0 }: AdapterPage<FakeContact>): Iterable<string> {
        for (let page = 1; page * SIZE < total; page++) yield String(page)
      },
    },
  }
}

const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id)

describe('a listing with numbered pages', () => {
  it.each(['page', 'offset'] as const)(
    'leaves out what comes again because a %s shifted',
    async (pagination) => {
      const { adapter } = numbered(6, pagination, (page, contacts) => {
        if (page !== 1) return
        const rest = [...contacts]
        contacts.clear()
        contacts.set('new', fakeContact('new'))
        for (const [id, contact] of rest) contacts.set(id, contact)
      })
      const client = createContacts(adapter, { concurrency: 1 })
      expect(ids(await client.list().toArray())).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5'])
    },
  )

  it('leaves repeats out of pages() too, and of each iteration by itself', async () => {
    const { adapter } = numbered(4, 'page')
    const twice = {
      ...adapter,
      list: async (query: { readonly cursor?: string | undefined }) => {
        const page = await adapter.list(query)
        return { ...page, items: [...page.items, ...page.items] }
      },
    }
    const pager = createContacts(twice).list()
    for (let run = 0; run < 2; run++) {
      const pages: string[][] = []
      for await (const page of pager.pages()) pages.push(ids(page.items))
      expect(pages).toEqual([
        ['c0', 'c1'],
        ['c2', 'c3'],
      ])
    }
  })

  it('ends when the provider promised far more than there is', async () => {
    const { adapter, state } = numbered(5, 'page')
    const boastful = {
      ...adapter,
      list: async (query: { readonly cursor?: string | undefined }) => ({
        ...(await adapter.list(query)),
        total: Number.MAX_SAFE_INTEGER,
      }),
    }
    const warnings: ContactsWarning[] = []
    const client = createContacts(boastful, { onWarning: (warning) => warnings.push(warning) })
    expect(ids(await client.list().toArray())).toEqual(['c0', 'c1', 'c2', 'c3', 'c4'])
    expect(state.asked.length).toBeLessThan(20)
    expect(warnings).toEqual([
      {
        code: 'incomplete_listing',
        provider: 'fake',
        operation: 'list',
        message: `The listing may lack items. It ended after 5 items, although the provider counts ${Number.MAX_SAFE_INTEGER}. List again.`,
      },
    ])
  })

  it('takes a record that is left out as invalid for one that came, and a filtered one too', async () => {
    const { adapter } = numbered(6, 'page')
    const broken = {
      ...adapter,
      async list(query: { readonly cursor?: string | undefined }, context: AdapterContext) {
        const { items, ...rest } = await adapter.list(query)
        const map = (record: unknown, index: number): FakeContact => {
          if (index > 0) throw new ContactsError({ code: 'bad_response', message: 'It has no id.' })
          return record as FakeContact // as the list above gave it
        }
        return { ...rest, items: context.mapRecords(items, map) }
      },
    }
    const codes: string[] = []
    const client = createContacts(broken, { onInvalid: 'skip', onWarning: ({ code }) => codes.push(code) })
    expect(ids(await client.list({ where: { id: 'c4' } }).toArray())).toEqual(['c4'])
    expect(codes).toEqual(['invalid_record', 'invalid_record', 'invalid_record'])
  })

  it('loses nobody who moved onto an earlier page because others went', async () => {
    for (const concurrency of [1, 4]) {
      const { adapter } = numbered(9, 'page', (page, contacts) => {
        if (page === 2) contacts.delete('c0')
      })
      const listed = ids(await createContacts(adapter, { concurrency }).list().toArray())
      expect(listed.toSorted()).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'])
    }
  })

  it('ends with an error when a provider answers the same page to every number', async () => {
    const { laterCursors: _unknown, ...adapter } = numbered(4, 'page').adapter
    let asked = 0
    const stuck = {
      ...adapter,
      list: async () => ({ items: [fakeContact('a'), fakeContact('b')], nextCursor: String(++asked) }),
    }
    const listing = createContacts(stuck).list().toArray()
    await expect(listing).rejects.toMatchObject({ code: 'bad_response', operation: 'list' })
    expect(asked).toBeLessThan(25)
  })

  it('leaves out what comes again because a cursor stands on a contact instead of after it', async () => {
    const { laterCursors: _unknown, ...adapter } = numbered(2, 'cursor').adapter
    const pages = [['a', 'b'], ['b', 'c'], ['c']]
    const inclusive = {
      ...adapter,
      list: async ({ cursor = '0' }: { readonly cursor?: string | undefined }) => ({
        items: (pages[Number(cursor)] ?? []).map((id) => fakeContact(id)),
        nextCursor: cursor === '2' ? undefined : String(Number(cursor) + 1),
      }),
    }
    expect(ids(await createContacts(inclusive).list().toArray())).toEqual(['a', 'b', 'c'])
  })

  it('fetches as many pages at once as `concurrency` says, in order, each once', async () => {
    const { adapter, state } = numbered(20, 'page')
    const client = createContacts(adapter, { concurrency: 3 })
    expect(ids(await client.list().toArray())).toEqual(Array.from({ length: 20 }, (_, n) => `c${n}`))
    expect(state.most).toBe(3)
    expect(state.asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('goes on to pages that were added while it ran', async () => {
    const { adapter } = numbered(4, 'page', (page, contacts) => {
      if (page === 1) for (const id of ['x', 'y', 'z']) contacts.set(id, fakeContact(id))
    })
    expect(ids(await createContacts(adapter).list().toArray())).toEqual([
      'c0',
      'c1',
      'c2',
      'c3',
      'x',
      'y',
      'z',
    ])
  })

  it('counts what is filtered here for where the later pages are', async () => {
    const { adapter } = numbered(9, 'page')
    const names = await createContacts(adapter)
      .list({ where: { name: 'odd' } })
      .toArray()
    expect(ids(names)).toEqual(['c1', 'c3', 'c5', 'c7'])
  })
})
