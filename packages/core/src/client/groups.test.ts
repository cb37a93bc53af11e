import { describe, expect, it } from 'vitest'
import type { UploadSource } from '../adapter/group-contract.ts'
import { ContactsError } from '../errors.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import { createContacts } from './create-contacts.ts'
import { ana } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'
import type { FakeCall } from './testing/fake-adapter.ts'
import { groupedAdapter } from './testing/grouped-adapter.ts'

failOnUnhandledRejections()

function client(before?: (call: FakeCall) => unknown) {
  const { api: calls, ...adapter } = groupedAdapter(before)
  const contacts = createContacts({ ...adapter, api: calls })
  return { contacts, calls, methods: () => calls.map(({ method }) => method) }
}

describe.each(['conversations', 'comments', 'files', 'contactMethods'] as const)('%s.list', (group) => {
  it('lists what belongs to a contact, page by page', async () => {
    const { contacts, calls } = client()
    const pager = contacts[group].list('c1', { pageSize: 2 })
    expect(calls).toEqual([])
    expect((await pager.toArray()).map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(calls.map(({ method, args }) => [method, ...args])).toEqual([
      [`${group}.list`, 'c1', expect.objectContaining({ pageSize: 2 })],
      [`${group}.list`, 'c1', expect.objectContaining({ pageSize: 2, cursor: 'more' })],
    ])
    expect(calls[0]?.context.call.operation).toBe(`${group}.list`)
  })

  it('hands on what the page says beside', async () => {
    const page = await client().contacts[group].list('c1')
    expect(page).toMatchObject({ nextCursor: 'more', total: 3, extra: { unread: 1 } })
  })

  it('takes a contact by its id, and looks another key up, once', async () => {
    const whole = client()
    await whole.contacts[group].list(ana).toArray()
    expect(whole.methods()).toEqual([`${group}.list`, `${group}.list`])
    const byKey = client()
    await byKey.contacts[group].list({ externalId: 'user-1' }).toArray()
    expect(byKey.methods()).toEqual(['get', `${group}.list`, `${group}.list`])
    expect(byKey.calls[1]?.args[0]).toBe('c1')
    expect(byKey.calls[0]?.context.call.operation).toBe(`${group}.list`)
  })

  it('rejects for a reference that names nobody, and for a query that makes no sense', async () => {
    const { contacts, calls } = client()
    const refs = ['', { id: ' ' }, {}, null, undefined, { ...ana, provider: 'other' }] as unknown as string[]
    for (const ref of refs) {
      const error = await contactsErrorOf(() => contacts[group].list(ref))
      expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: `${group}.list` })
    }
    for (const query of [{ pageSize: 0 }, { cursor: '' }]) {
      expect((await contactsErrorOf(() => contacts[group].list('c1', query))).code).toBe('invalid_input')
    }
    expect(calls).toEqual([])
    const gone = await contactsErrorOf(() => contacts[group].list({ externalId: 'nobody' }))
    expect(gone).toMatchObject({ code: 'not_found', operation: `${group}.list` })
  })

  it('says why a key cannot be looked up', async () => {
    const error = await contactsErrorOf(() =>
      // @ts-expect-error nothing looks an email up there
      client().contacts[group].list({ email: 'ana@example.com' }),
    )
    expect(error).toMatchObject({ code: 'unsupported', operation: `${group}.list` })
  })
})

describe('the channels of conversations and comments', () => {
  it.each(['conversations', 'comments'] as const)('narrow %s', async (group) => {
    const { contacts, calls } = client()
    await contacts[group].list('c1', { channelTypes: ['whatsapp'] })
    await contacts[group].list('c1')
    expect(calls.map(({ args }) => args[1])).toEqual([
      expect.objectContaining({ channelTypes: ['whatsapp'] }),
      expect.objectContaining({ channelTypes: undefined }),
    ])
  })
})

describe('activities.list', () => {
  it('lists what happened in a conversation', async () => {
    const { contacts, calls } = client()
    expect(await contacts.activities.list('k1').toArray()).toHaveLength(3)
    expect(calls[0]).toMatchObject({ method: 'activities.list', args: ['k1', {}] })
  })

  it('wants the id of one', async () => {
    const { contacts, calls } = client()
    for (const id of ['', ' ', undefined, null, 7, { id: 'k1' }]) {
      const error = await contactsErrorOf(() => contacts.activities.list(id as string))
      expect(error).toMatchObject({ code: 'invalid_input', operation: 'activities.list' })
    }
    expect(calls).toEqual([])
  })
})

describe('avatar.upload', () => {
  it.each<[string, () => UploadSource['data']]>([
    ['a Blob', () => new Blob(['x'])],
    ['an ArrayBuffer', () => new ArrayBuffer(1)],
    ['bytes', () => new Uint8Array(1)],
    ['a stream', () => new Blob(['x']).stream()],
  ])('takes %s', async (_name, data) => {
    const { contacts, calls } = client()
    const source = { data: data(), name: 'a.png' }
    expect(await contacts.avatar.upload(source)).toEqual({ url: 'https://example.com/a.png' })
    expect(calls[0]?.args[0]).toStrictEqual(source)
  })

  it('takes a Blob or a File as it is', async () => {
    for (const data of [new Blob(['x'], { type: 'image/png' }), new File(['x'], 'ana.png')]) {
      const { contacts, calls } = client()
      await contacts.avatar.upload(data)
      expect(calls[0]?.args[0]).toStrictEqual({ data })
    }
  })

  it.each([undefined, null, {}, { data: 'text' }, { data: null }, new ArrayBuffer(1), new Uint8Array(1)])(
    'refuses %o',
    async (source) => {
      const { contacts, calls } = client()
      const error = await contactsErrorOf(() => contacts.avatar.upload(source as UploadSource))
      expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: 'avatar.upload' })
      expect(calls).toEqual([])
    },
  )
})

describe('notifications', () => {
  it('are listed, with what the provider says beside', async () => {
    const { contacts } = client()
    expect((await contacts.notifications.list()).extra).toEqual({ unread: 1 })
    expect(await contacts.notifications.list().toArray()).toHaveLength(3)
  })

  it('are marked: some, all, or none without a request', async () => {
    const { contacts, calls } = client()
    await contacts.notifications.markRead(['n1', 'n2'])
    await contacts.notifications.markRead()
    await contacts.notifications.markRead([])
    expect(calls.map(({ args }) => args)).toEqual([[['n1', 'n2']], [undefined]])
  })

  it('are dismissed, one or all', async () => {
    const { contacts, calls } = client()
    await contacts.notifications.dismiss('n1')
    await contacts.notifications.dismissAll({ timeoutMs: 50 })
    expect(calls.map(({ method, args }) => [method, ...args])).toEqual([
      ['notifications.dismiss', 'n1'],
      ['notifications.dismissAll'],
    ])
    expect(calls[1]?.context.call.timeoutMs).toBe(50)
  })

  it('want ids that are some', async () => {
    const { contacts, calls } = client()
    const runs = [
      () => contacts.notifications.markRead(['n1', '']),
      () => contacts.notifications.markRead('n1' as unknown as string[]),
      () => contacts.notifications.markRead(null as unknown as string[]),
      () => contacts.notifications.dismiss(' '),
    ]
    for (const run of runs) expect((await contactsErrorOf(run)).code).toBe('invalid_input')
    expect(calls).toEqual([])
  })
})

describe('a failure in a group', () => {
  it('carries the provider and the method', async () => {
    const { contacts } = client(() => {
      throw new ContactsError({ code: 'forbidden', message: 'Not yours.' })
    })
    const { contactMethods: group, notifications } = contacts
    const runs: Record<string, () => unknown> = {
      'conversations.list': () => contacts.conversations.list('c1'),
      'comments.list': () => contacts.comments.list('c1'),
      'comments.create': () => contacts.comments.create('c1', { text: 'x' }),
      'comments.delete': () => contacts.comments.delete('c1', 'k1'),
      'files.list': () => contacts.files.list('c1'),
      'activities.list': () => contacts.activities.list('k1').toArray(),
      'avatar.upload': () => contacts.avatar.upload({ data: new Blob([]) }),
      'notifications.list': () => notifications.list(),
      'notifications.markRead': () => notifications.markRead(),
      'notifications.dismiss': () => notifications.dismiss('n1'),
      'notifications.dismissAll': () => notifications.dismissAll(),
      'contactMethods.list': () => group.list('c1'),
      'contactMethods.get': () => group.get('m1'),
      'contactMethods.getByExternalId': () => group.getByExternalId('x'),
      'contactMethods.getByMetadata': () => group.getByMetadata('a', 'b'),
      'contactMethods.create': () => group.create('c1', { type: 'other', value: 'x' }),
      'contactMethods.update': () => group.update('m1', {}),
      'contactMethods.delete': () => group.delete('m1'),
      'contactMethods.getPrimary': () => group.getPrimary('c1', 'email'),
      'contactMethods.setPrimary': () => group.setPrimary('m1'),
      'contactMethods.sync': () => group.sync('c1', []),
    }
    for (const [operation, run] of Object.entries(runs)) {
      expect(await contactsErrorOf(run)).toMatchObject({ code: 'forbidden', provider: 'fake', operation })
    }
    const { failed } = await group.createMany('c1', [{ type: 'other', value: 'x' }])
    expect(failed[0]?.error).toMatchObject({ code: 'forbidden', operation: 'contactMethods.createMany' })
  })
})
