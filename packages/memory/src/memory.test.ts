import {
  type AdapterContext,
  CallScope,
  createTestClock,
  failure,
  systemClock,
} from '@anycontact/core/adapter-kit'
import { describe, expect, test } from 'vitest'
import { ContactsError, memory, memoryAdapter } from './index.ts'

const clock = { now: () => Date.parse('2026-01-31T09:00:00Z') }

async function codeOf(promise: PromiseLike<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (ContactsError.is(error)) return error.code
    throw error
  }
  return 'no error'
}

describe('a memory client', () => {
  test('gives the same record in every run', async () => {
    const contacts = memory({ clock })
    await contacts.create({ name: 'Somebody' })
    const contact = await contacts.create({
      externalId: 'user-42',
      name: 'Ana Souza',
      email: 'ana@example.com',
      customFields: { plan: 'pro' },
    })
    const record = {
      id: 'mem_000002',
      externalId: 'user-42',
      name: 'Ana Souza',
      email: 'ana@example.com',
      contactMethods: [
        {
          id: 'contactMethod_000001',
          type: 'email',
          value: 'ana@example.com',
          primary: true,
          createdAt: '2026-01-31T09:00:00.000Z',
          updatedAt: '2026-01-31T09:00:00.000Z',
        },
      ],
      tags: [],
      customFields: { plan: 'pro' },
      createdAt: '2026-01-31T09:00:00.000Z',
      updatedAt: '2026-01-31T09:00:00.000Z',
    }
    expect(contact).toEqual({ provider: 'memory', ...record, raw: record })
  })

  test('keeps its contacts to itself', async () => {
    const [one, other] = [memory(), memory()]
    await one.create({ name: 'Ana' })
    expect(await one.count()).toBe(1)
    expect(await other.count()).toBe(0)
  })

  test('takes ids from the ids option, and asks again for one that is taken', async () => {
    const given = ['a', 'a', 'b']
    const contacts = memory({ ids: (kind) => `${kind}-${given.shift()}` })
    expect((await contacts.create({})).id).toBe('contact-a')
    expect((await contacts.create({})).id).toBe('contact-b')
  })

  test('says so when the ids option only gives taken ids', async () => {
    const contacts = memory({ ids: () => 'same' })
    await contacts.create({})
    expect(await codeOf(contacts.create({}))).toBe('config')
  })

  test('passes over ids that callers have chosen', async () => {
    const contacts = memory({ contacts: [{ id: 'mem_000001' }, { id: 'mem_000002' }] })
    expect((await contacts.create({})).id).toBe('mem_000003')
  })

  test('leaves updatedAt alone when a write changes nothing', async () => {
    let now = 0
    const contacts = memory({ clock: { now: () => (now += 1000) } })
    const contact = await contacts.create({ name: 'Ana', tags: ['a'], phone: '+1415' })
    const same = await contacts.update(contact, { name: 'Ana', tags: ['a'], phone: '+1415', note: null })
    expect(same).toEqual(contact)
    const changed = await contacts.update(contact, { tags: [] })
    expect(changed.raw.updatedAt > contact.raw.updatedAt).toBe(true)
    expect(changed.createdAt).toBe(contact.createdAt)
  })

  test('refuses what the vendor option says, because it has no fields of its own', async () => {
    const contacts = memory()
    // @ts-expect-error there are no vendor fields
    expect(await codeOf(contacts.create({ name: 'Ana' }, { vendor: { colour: 'red' } }))).toBe(
      'unsupported_field',
    )
    expect(await contacts.count()).toBe(0)
  })

  test('upsert by one key keeps the id that the contact has', async () => {
    const contacts = memory({ contacts: [{ id: 'one', externalId: 'x' }] })
    expect(await codeOf(contacts.upsert({ id: 'two', externalId: 'x' }, { by: 'externalId' }))).toBe(
      'conflict',
    )
    const { outcome } = await contacts.upsert(
      { id: 'one', externalId: 'x', name: 'Ana' },
      { by: 'externalId' },
    )
    expect(outcome).toBe('updated')
  })

  test('update to an externalId that another contact has is a conflict, and changes nothing', async () => {
    const contacts = memory({
      contacts: [
        { id: 'one', externalId: 'x' },
        { id: 'two', externalId: 'y' },
      ],
    })
    const before = contacts.api.snapshot()
    expect(await codeOf(contacts.update('two', { externalId: 'x', name: 'Ana' }))).toBe('conflict')
    expect(await codeOf(contacts.create({ id: 'one' }))).toBe('conflict')
    expect(contacts.api.snapshot()).toEqual(before)
    // An externalId that was given up is free again.
    await contacts.update('one', { externalId: null })
    expect((await contacts.update('two', { externalId: 'x' })).externalId).toBe('x')
  })

  test('no error quotes what was given', async () => {
    const contacts = memory({
      contacts: [{ externalId: 'secret', email: 'secret@example.com' }, { email: 'secret@example.com' }],
    })
    const calls = [
      contacts.create({ externalId: 'secret' }),
      contacts.get({ email: 'secret@example.com' }),
      contacts.get({ id: 'secret' }),
      contacts.list({ cursor: 'secret' }),
    ]
    for (const call of calls) {
      const error = await Promise.resolve(call).catch((reason: unknown) => reason)
      expect(ContactsError.is(error)).toBe(true)
      expect(`${error} ${JSON.stringify(error)}`).not.toContain('secret')
    }
  })
})

test('the plain adapter keeps copies, too', async () => {
  const adapter = memoryAdapter()
  const context: AdapterContext = {
    call: new CallScope({}, { provider: 'memory', operation: 'create', clock: systemClock }),
    exactOutcome: false,
    batch: { once: (_key, run) => run() },
    dropField: () => undefined,
    mapRecords: (records, map) => records.map(map),
    noteIncomplete: () => undefined,
  }
  const input = { tags: ['a'], customFields: { nested: { list: [1] } } }
  const contact = await adapter.create?.(input, Object(context))
  const before = structuredClone(adapter.api.snapshot())
  input.tags.push('b')
  input.customFields.nested.list.push(2)
  contact?.tags?.push('c')
  contact?.raw.tags.push('d')
  expect(adapter.api.snapshot()).toEqual(before)
})

describe('one contact in several spellings', () => {
  test('is one for upserts and lookups by its address or number', async () => {
    const contacts = memory()
    const items = [{ email: 'Ana@Example.com' }, { email: 'ana@example.com', name: 'Ana' }]
    await contacts.upsertMany(items, { by: 'email' })
    expect(contacts.api.snapshot().contacts).toHaveLength(1)
    await contacts.create({ externalId: 'bo', phone: '+1 (415) 555-2671' })
    expect((await contacts.find({ phone: '+14155552671' }))?.externalId).toBe('bo')
    expect(await contacts.find({ phone: '+1 415 555 2671 ext. 12' })).toBeUndefined()
  })
})

describe('deadlineMs', () => {
  test('is kept by a clock that can wait, and is no concern of one that cannot', async () => {
    expect(await memory({ clock, deadlineMs: 5 }).count()).toBe(0)
    const waiting = createTestClock()
    const contacts = memory({ clock: waiting, deadlineMs: 5 })
    // A picture that never arrives.
    const upload = contacts.avatar.upload({ data: new ReadableStream<Uint8Array<ArrayBuffer>>() })
    expect(await waiting.settle(failure(upload))).toMatchObject({ code: 'timeout' })
  })
})

describe('deleting a contact', () => {
  test('takes along what belongs to it', async () => {
    const contacts = memory({
      contacts: [{ id: 'ana' }, { id: 'bob' }],
      conversations: [
        { id: 'talk', contactId: 'ana' },
        { id: 'other', contactId: 'bob' },
      ],
      comments: [{ contactId: 'ana' }],
      files: [{ contactId: 'ana' }],
      activities: [{ conversationId: 'talk' }, { conversationId: 'other' }],
    })
    await contacts.delete('ana')
    const { conversations, comments, files, activities } = contacts.api.snapshot()
    expect(conversations.map(({ id }) => id)).toEqual(['other'])
    expect([comments, files]).toEqual([[], []])
    expect(activities.map(({ conversationId }) => conversationId)).toEqual(['other'])
    await expect(contacts.conversations.list('ana')).rejects.toMatchObject({ code: 'not_found' })
    await expect(contacts.activities.list('talk')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('groups', () => {
  test('conversations and comments can be narrowed to channels', async () => {
    const contacts = memory({
      contacts: [{ id: 'ana' }],
      conversations: [
        { id: 'web', contactId: 'ana', channelType: 'web' },
        { id: 'chat', contactId: 'ana', channelType: 'whatsapp' },
        { id: 'none', contactId: 'ana' },
      ],
      comments: [
        { id: 'on-web', contactId: 'ana', conversationId: 'web' },
        { id: 'nowhere', contactId: 'ana' },
      ],
    })
    const conversations = await contacts.conversations.list('ana', { channelTypes: ['web', 'line'] })
    expect(conversations.items.map(({ id }) => id)).toEqual(['web'])
    const comments = await contacts.comments.list('ana', { channelTypes: ['web'] })
    expect(comments.items.map(({ id }) => id)).toEqual(['on-web'])
    expect((await contacts.conversations.list('ana')).total).toBe(3)
  })

  test('notifications tell how many are unread, and an unknown one is not found', async () => {
    const contacts = memory({ notifications: [{ id: 'a' }, { id: 'b', read: true }] })
    expect((await contacts.notifications.list()).extra).toEqual({ unreadCount: 1 })
    expect(await codeOf(contacts.notifications.markRead(['a', 'x']))).toBe('not_found')
    expect((await contacts.notifications.list()).extra).toEqual({ unreadCount: 1 })
    expect(await codeOf(contacts.notifications.dismiss('x'))).toBe('not_found')
  })

  test('a picture that was uploaded is kept', async () => {
    const contacts = memory()
    const file = new File(['pixels'], 'ana & co.png', { type: 'image/png' })
    const { url } = await contacts.avatar.upload({ data: file })
    const [avatar] = contacts.api.snapshot().avatars
    expect(avatar).toMatchObject({ url, name: 'ana & co.png', type: 'image/png' })
    expect(new TextDecoder().decode(avatar?.bytes)).toBe('pixels')
    await contacts.avatar.upload({ data: new Uint8Array([1]).buffer })
    expect(contacts.api.snapshot().avatars[1]).toMatchObject({
      name: 'avatar',
      type: 'application/octet-stream',
    })
  })
})
