import type { Contact, ListQuery } from '@anycontact/core'
import { assert, assertSame, fail, print } from '../assert.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'
import { checkAnswer } from './filters.ts'

const FILTERED = [
  'id',
  'externalId',
  'name',
  'nickname',
  'email',
  'phone',
  'note',
  'status',
  'createdAt',
  'updatedAt',
] as const

/** Soft deletes: what the provider keeps as deleted is left out of listings, and of what is made of them, unless asked for. */
export const softDeletes: Suite = (define) => {
  define('list leaves out what the provider keeps as deleted, unless it is asked for', async (session) => {
    if (!session.has('list')) {
      await session.rejects('list, which is not declared,', 'unsupported', () =>
        session.client.list({ includeDeleted: true }),
      )
      return
    }
    const keeps = session.capabilities.list?.softDeletes === true
    assertSame(speaksOfDeleted(session), keeps, 'whether explain of list() shows a condition on deleted')
    assertSame(
      speaksOfDeleted(session, { includeDeleted: true }),
      false,
      'whether explain of list({ includeDeleted: true }) shows one',
    )
    const contact = await session.make()
    const id = keeps ? await session.add('deletedContact') : undefined
    const shown = await session.all()
    assert(ids(shown).includes(contact.id), 'list leaves out a contact that is not deleted')
    assertSame(ids(shown.filter(({ deleted }) => deleted === true)), [], 'what list gives that is deleted')
    const everything = await session.all({ includeDeleted: true })
    const kept = everything.filter(({ deleted }) => deleted === true)
    if (id !== undefined) {
      assert(
        ids(kept).includes(id),
        'list({ includeDeleted: true }) leaves out a contact that is kept as deleted',
      )
      const found = kept.find((candidate) => candidate.id === id) ?? fail('it is gone')
      await leavesOutOfSearch(session, found)
    }
    assertSame(
      ids(everything).length,
      shown.length + kept.length,
      'how many list({ includeDeleted: true }) gives',
    )
    assertSame(
      ids(await session.all({ where: { deleted: true } })),
      ids(kept),
      'list({ where: { deleted: true } })',
    )
    if (!session.has('count')) return
    for (const [query, expected] of [
      [{}, shown.length],
      [{ includeDeleted: true }, everything.length],
      [{ where: { deleted: true } }, kept.length],
    ] as const) {
      assertSame(await session.client.count(query), expected, `count(${print(query)})`)
    }
  })

  define(
    'each filter gives what is kept as deleted where that is asked for, and only there',
    async (session) => {
      if (session.capabilities.list?.softDeletes !== true) return
      const id = await session.add('deletedContact')
      const deleted = (await session.all({ includeDeleted: true })).find((contact) => contact.id === id)
      if (!deleted) return fail('list({ includeDeleted: true }) leaves out a contact that is kept as deleted')
      // Another, which is not deleted, has all that the deleted one can share.
      const shared = (['name', 'nickname', 'note'] as const).filter(
        (field) => session.storable.includes(field) && deleted[field] !== undefined,
      )
      await session.make({
        ...session.basic(),
        ...Object.fromEntries(shared.map((field) => [field, deleted[field]])),
      })
      const everyone = await session.all({ includeDeleted: true })
      for (const field of FILTERED) {
        const value = deleted[field]
        if (value === undefined) continue
        for (const query of [
          { where: { [field]: value } },
          { where: { [field]: value }, includeDeleted: true },
          { where: { [field]: value, deleted: true } },
          { where: { [field]: value, deleted: { ne: true } } },
        ]) {
          await checkAnswer(session, everyone, query)
        }
      }
    },
  )
}

async function leavesOutOfSearch(session: Session, { id, name, email }: Contact): Promise<void> {
  const word = name?.split(' ').at(-1) ?? email
  if (!session.has('search') || word === undefined) return
  const found = await session.client.search(word).toArray()
  assert(!ids(found).includes(id), 'search gives a contact that is kept as deleted')
}

function speaksOfDeleted(session: Session, query?: ListQuery): boolean {
  const { pushedDown, evaluatedHere } = session.client.explain(query)
  return [...pushedDown, ...evaluatedHere].some(({ field }) => field === 'deleted')
}

function ids(contacts: readonly Contact[]): string[] {
  return contacts.map(({ id }) => id).sort()
}
