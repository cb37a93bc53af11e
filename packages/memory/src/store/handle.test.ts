import { describe, expect, test } from 'vitest'
import { type ContactsError, type MemorySeed, memory } from '../index.ts'

const clock = { now: () => Date.parse('2026-01-31T09:00:00Z') }

function failure(run: () => unknown): ContactsError {
  try {
    run()
  } catch (error) {
    return error as ContactsError
  }
  throw new Error('It should have failed.')
}

describe('seed', () => {
  test('is checked as create checks its input, and says where', () => {
    const error = failure(() => memory({ contacts: [{ name: 'Ana' }, { email: 'nobody' }] }))
    expect(error).toMatchObject({ code: 'invalid_input', issues: [{ path: 'contacts.1.email' }] })
    const seeds: readonly [MemorySeed, string][] = [
      [{ contacts: [{ createdAt: 'yesterday' }] }, 'invalid_input'],
      [{ contacts: [Object({ nope: 1 })] }, 'invalid_input'],
      [{ contacts: [{ id: 'a' }, { id: 'a' }] }, 'conflict'],
      [{ contacts: [{ externalId: 'a' }, { externalId: 'a' }] }, 'conflict'],
      [
        {
          contacts: [
            {
              contactMethods: [
                { id: 'm', type: 'other', value: 'a' },
                { id: 'm', type: 'other', value: 'b' },
              ],
            },
          ],
        },
        'conflict',
      ],
      [
        {
          contacts: [
            {
              contactMethods: [
                { type: 'email', value: 'a@b', primary: true },
                { type: 'email', value: 'b@b', primary: true },
              ],
            },
          ],
        },
        'invalid_input',
      ],
      [
        { contacts: [{ email: 'a@b', contactMethods: [{ type: 'email', value: 'c@d', primary: true }] }] },
        'invalid_input',
      ],
      [{ conversations: [{ contactId: 'nobody' }] }, 'not_found'],
      [{ comments: [{ contactId: 'nobody' }] }, 'not_found'],
      [{ files: [{ contactId: 'nobody' }] }, 'not_found'],
      [{ activities: [{ conversationId: 'none' }] }, 'not_found'],
      [{ notifications: [{ id: 'a' }, { id: 'a' }] }, 'conflict'],
    ]
    for (const [seed, code] of seeds)
      expect(
        failure(() => memory(seed)),
        JSON.stringify(seed),
      ).toMatchObject({ code })
  })

  test('adds all of it or nothing', () => {
    const contacts = memory({ contacts: [{ id: 'ana' }], notifications: [{ title: 'Hello' }] })
    const before = contacts.api.snapshot()
    const { seed } = contacts.api
    failure(() =>
      seed({
        contacts: [{ id: 'bob' }],
        conversations: [{ contactId: 'bob' }],
        notifications: [{ title: 'More' }],
        files: [{ contactId: 'nobody' }],
      }),
    )
    expect(contacts.api.snapshot()).toEqual(before)
  })

  test('tells what it added', () => {
    const contacts = memory({ clock, contacts: [{ id: 'ana' }] })
    const added = contacts.api.seed({
      contacts: [{ name: 'Bob' }],
      conversations: [{ contactId: 'ana', name: 'Talk' }],
    })
    expect(added.contacts.map(({ name }) => name)).toEqual(['Bob'])
    expect(added.conversations).toEqual([
      {
        id: 'conversation_000001',
        contactId: 'ana',
        name: 'Talk',
        customFields: {},
        createdAt: '2026-01-31T09:00:00.000Z',
      },
    ])
    expect(added.comments).toEqual([])
  })

  test('email and phone become primary contact methods, beside those that are given', async () => {
    const contacts = memory({
      contacts: [
        {
          id: 'ana',
          email: 'ana@example.com',
          contactMethods: [
            { type: 'email', value: 'ana@example.com', label: 'work' },
            { type: 'phone', value: '+1415', primary: true },
          ],
        },
      ],
    })
    const ana = await contacts.get('ana')
    expect(ana.phone).toBe('+1415')
    expect(ana.contactMethods).toMatchObject([
      { type: 'email', value: 'ana@example.com', label: 'work', primary: true },
      { type: 'phone', value: '+1415', primary: true },
    ])
  })

  test('sets times, and deleted, which nothing else can', async () => {
    const contacts = memory({
      contacts: [
        {
          id: 'ana',
          createdAt: '2025-01-01T01:00:00+01:00',
          updatedAt: '2025-02-01T00:00:00Z',
          deleted: true,
        },
      ],
    })
    expect(await contacts.get('ana')).toMatchObject({
      createdAt: '2025-01-01T00:00:00.000Z',
      updatedAt: '2025-02-01T00:00:00.000Z',
      deleted: true,
    })
    expect(await contacts.count({ where: { deleted: false } })).toBe(0)
  })
})

describe('snapshot', () => {
  test('can be given to another client, which then holds the same', async () => {
    let now = Date.parse('2026-01-31T09:00:00Z')
    const first = memory({ clock: { now: () => (now += 1000) } })
    const ana = await first.create({
      externalId: 'user-42',
      name: 'Ana',
      email: 'ana@example.com',
      tags: ['vip'],
      customFields: { nested: { plan: 'pro' } },
      contactMethods: [
        { type: 'email', value: 'ana@example.com', primary: true, label: 'work', customFields: { a: 1 } },
      ],
    })
    await first.contactMethods.create(ana, {
      type: 'fax',
      value: '+44 20',
      verified: true,
      verifiedAt: '2026-01-01T00:00:00Z',
    })
    await first.create({ name: 'Bob' })
    await first.update(ana, { note: 'hello' })
    await first.avatar.upload({ data: new Blob(['x']) })
    first.api.seed({
      conversations: [{ id: 'talk', contactId: ana.id }],
      comments: [{ contactId: ana.id, text: 'hi' }],
      files: [{ contactId: ana.id, sizeBytes: 3 }],
      activities: [{ conversationId: 'talk' }],
      notifications: [{ read: true }],
    })
    const snapshot = first.api.snapshot()
    const second = memory(snapshot)
    expect(second.api.snapshot()).toEqual(snapshot)
    expect(await second.get({ externalId: 'user-42' })).toEqual(await first.get(ana))
    // New ids do not meet the old ones.
    expect((await second.create({ email: 'new@example.com' })).id).toBe('mem_000003')
  })

  test('is a copy, and so is what was seeded', () => {
    const seed = {
      contacts: [{ id: 'ana', tags: ['a'], customFields: { nested: { list: [1] } } }],
      conversations: [{ contactId: 'ana', customFields: { a: 1 } }],
    }
    const contacts = memory(seed)
    const before = structuredClone(contacts.api.snapshot())
    const { contacts: records, conversations } = contacts.api.snapshot()
    records[0]?.tags.push('b')
    Object.assign(records[0]?.customFields ?? {}, { nested: 'gone' })
    Object.assign(conversations[0]?.customFields ?? {}, { a: 2 })
    seed.contacts[0]?.tags.push('c')
    seed.contacts[0]?.customFields.nested.list.push(2)
    Object.assign(seed.conversations[0]?.customFields ?? {}, { a: 3 })
    expect(contacts.api.snapshot()).toEqual(before)
  })

  test('can be given back to a store that was cleared', () => {
    const contacts = memory({
      contacts: [{ id: 'ana', email: 'ana@example.com' }],
      conversations: [{ contactId: 'ana' }],
    })
    const snapshot = contacts.api.snapshot()
    contacts.api.clear()
    contacts.api.seed(snapshot)
    expect(contacts.api.snapshot()).toEqual(snapshot)
  })
})

test('clear removes everything, and ids go on', async () => {
  const contacts = memory({
    contacts: [{ externalId: 'x', email: 'a@b' }],
    notifications: [{ title: 'Hello' }],
  })
  const page = await contacts.list()
  contacts.api.clear()
  expect(contacts.api.snapshot()).toEqual(memory().api.snapshot())
  expect(await contacts.find({ email: 'a@b' })).toBeUndefined()
  expect((await contacts.create({ externalId: 'x' })).id).not.toBe(page.items[0]?.id)
})
