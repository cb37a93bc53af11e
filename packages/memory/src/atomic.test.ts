import { describe, expect, test } from 'vitest'
import { type MemoryContacts, memory } from './index.ts'

function example(): MemoryContacts {
  return memory({
    contacts: [
      { id: 'ana', externalId: 'x', email: 'ana@example.com' },
      { id: 'bob', name: 'Bob' },
      { id: 'cat', phone: '+1415' },
    ],
    conversations: [
      { id: 'one', contactId: 'ana' },
      { id: 'two', contactId: 'bob' },
      { id: 'three', contactId: 'ana' },
    ],
    activities: [{ conversationId: 'one' }, { conversationId: 'two' }],
    comments: [{ contactId: 'ana' }],
    files: [{ contactId: 'ana' }],
  })
}

async function undoes(run: (contacts: MemoryContacts) => PromiseLike<unknown>, code: string): Promise<void> {
  const contacts = example()
  const before = contacts.api.snapshot()
  await expect(run(contacts)).rejects.toMatchObject({ code, provider: 'memory' })
  expect(contacts.api.snapshot()).toEqual(before)
  // The indexes are as they were, too.
  expect((await contacts.get({ externalId: 'x' })).id).toBe('ana')
  expect((await contacts.get({ email: 'ana@example.com' })).id).toBe('ana')
  expect((await contacts.get({ phone: '+1415' })).id).toBe('cat')
  expect((await contacts.list({ pageSize: 1 }).toArray()).map(({ id }) => id)).toEqual(['ana', 'bob', 'cat'])
}

describe('an atomic batch that fails is undone', () => {
  test('createMany', () =>
    undoes(
      (contacts) => contacts.createMany([{ externalId: 'y' }, { externalId: 'x' }], { atomic: true }),
      'conflict',
    ))

  test('updateMany', () =>
    undoes(
      (contacts) =>
        contacts.updateMany(
          [
            { ref: 'ana', patch: { email: null, externalId: null } },
            { ref: 'bob', patch: { externalId: 'x' } },
            { ref: 'nobody', patch: { name: 'x' } },
          ],
          { atomic: true },
        ),
      'not_found',
    ))

  test('upsertMany', () =>
    undoes(
      (contacts) =>
        contacts.upsertMany(
          [{ externalId: 'x', name: 'A' }, { externalId: 'new' }, { externalId: 'x', id: 'other' }],
          {
            by: 'externalId',
            atomic: true,
          },
        ),
      'conflict',
    ))

  test('deleteMany, with what belonged to the contacts', () =>
    undoes((contacts) => contacts.deleteMany(['ana', 'bob', 'nobody'], { atomic: true }), 'not_found'))

  test('contactMethods.createMany', () =>
    undoes(
      (contacts) =>
        contacts.contactMethods.createMany(
          'bob',
          [
            { type: 'email', value: 'bob@example.com', primary: true },
            { id: 'mine', type: 'fax', value: '1' },
          ],
          { atomic: true },
        ),
      'invalid_input',
    ))

  test('and says which item it was', async () => {
    const contacts = example()
    const batch = contacts.createMany([{ name: 'ok' }, { externalId: 'x' }], { atomic: true })
    await expect(batch).rejects.toMatchObject({ issues: [{ path: 'items.1.externalId' }] })
  })
})

test('a batch that is not atomic keeps what could be done', async () => {
  const contacts = example()
  const { succeeded, failed } = await contacts.createMany([{ externalId: 'x' }, { externalId: 'y' }])
  expect(succeeded.map(({ index }) => index)).toEqual([1])
  expect(failed.map(({ error }) => error.code)).toEqual(['conflict'])
})

test('undoing holds in a store from which most contacts were deleted', async () => {
  const ids = Array.from({ length: 2100 }, (_, index) => String(index))
  const contacts = memory({ contacts: ids.map((id) => ({ id })) })
  await contacts.deleteMany(ids.slice(0, 1050))
  await expect(
    contacts.deleteMany([...ids.slice(1050, 1149), 'nobody'], { atomic: true }),
  ).rejects.toMatchObject({
    code: 'not_found',
  })
  const left = await contacts.list().toArray()
  expect(left.map(({ id }) => id)).toEqual(ids.slice(1050))
})
