import type { Where } from '@anycontact/core'
import { assert, assertSame, fail, print } from '../assert.ts'
import { filteredHere } from '../filtered-here.ts'
import type { Suite } from '../suite.ts'

/** Searching by text, and counting. */
export const searchingAndCounting: Suite = (define) => {
  define('search finds the contact that has the word, on pages of any size', async (session) => {
    if (!session.has('search')) {
      await session.refuses('search')
      return
    }
    const [first, second] = await session.makeMany(2)
    const word = first?.name?.split(' ').at(-1) ?? first?.email ?? first?.phone ?? first?.id ?? ''
    for (const query of [{}, { pageSize: 1 }]) {
      const found: string[] = []
      for await (const contact of session.client.search(word, query))
        found.push(session.check(contact, 'search').id)
      assert(
        found.includes(first?.id ?? ''),
        `search of a word in a contact's name or email does not find it (${print(query)})`,
      )
      assert(
        !found.includes(second?.id ?? ''),
        `search gives a contact that has not the word (${print(query)})`,
      )
      assertSame(found.length, new Set(found).size, `search gives a contact twice (${print(query)})`)
    }
    const none = await session.client.search('a-word-that-is-nowhere-zqxj').toArray()
    assertSame(
      none.map(({ id }) => id),
      [],
      'search of a word that is nowhere',
    )
    const page = await session.client.search(word, { pageSize: 1 })
    assert(page.items.length <= 1, 'a page of search is longer than its pageSize')
  })

  define('search reaches everything over several pages', async (session) => {
    if (!session.has('search')) {
      await session.refuses('search')
      return
    }
    const unique: readonly string[] = session.options.unique ?? []
    const field = (['name', 'nickname', 'note', 'phone', 'email'] as const).find((candidate) => {
      return session.storable.includes(candidate) && !unique.includes(candidate)
    })
    if (field === undefined) fail('contacts have none of the fields that search looks at')
    const shared = session.sample([field])
    const made = await session.makeMany(4, () => ({ ...session.basic(), ...shared }))
    const word = String(shared[field]).split(/\s/).at(-1) ?? ''
    for (const pageSize of [1, 3]) {
      const found: string[] = []
      for await (const page of session.client.search(word, { pageSize }).pages())
        found.push(...page.items.map(({ id }) => id))
      assertSame(
        [...found].sort(),
        made.map(({ id }) => id).sort(),
        `search of a word that four contacts share, pageSize ${pageSize}`,
      )
    }
  })

  define('search of blank text is invalid', async (session) => {
    const code = session.has('search') ? 'invalid_input' : 'unsupported'
    for (const text of ['', ' \n']) {
      await session.rejects('search of blank text', code, () => session.client.search(text))
    }
  })

  define('count is the length of the listing, with any where', async (session) => {
    if (!session.has('count')) {
      await session.refuses('count')
      return
    }
    const before = await session.client.count()
    const [first] = await session.makeMany(3)
    assertSame(await session.client.count(), before + 3, 'count after three contacts were made')
    if (!session.has('list')) return
    const everyone = await session.all({ includeDeleted: true })
    assertSame(await session.client.count(), (await session.all()).length, 'count')
    const filters: Where[] = [
      { id: first?.id },
      { name: first?.name ?? null },
      { email: { in: [first?.email ?? null] } },
      { phone: { ne: first?.phone ?? null }, externalId: { exists: true } },
      { customFields: { text: 'nobody' } },
      { createdAt: { gte: first?.createdAt ?? '2000-01-01T00:00:00Z' } },
      { id: { in: [] } },
    ]
    for (const where of filters) {
      const expected = await filteredHere(session, everyone, { where })
      assertSame(await session.client.count({ where }), expected.length, `count where ${print(where)}`)
    }
    await session.rejects('count where a field is unknown', 'invalid_input', () =>
      session.client.count({ where: Object({ nope: 1 }) }),
    )
  })
}
