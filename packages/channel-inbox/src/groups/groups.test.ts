import { describe, expect, it } from 'vitest'
import { failure, first, type Setup, setup } from '../testing/setup.ts'

function withContact(...args: Parameters<typeof setup>): Setup & { readonly id: string } {
  const made = setup(...args)
  return { ...made, id: first(made.vendor.seed([{ email: 'ana@example.com' }])).id }
}

describe('conversations', () => {
  it.each(['data', 'array'] as const)(
    'are read out of the team’s records, sent as %s',
    async (conversations) => {
      const { contacts, vendor, id } = withContact({}, { conversations })
      const row = first(
        vendor.seedConversations(id, [{ name: 'Plans', channel_type: 'whatsapp', status: 'closed' }]),
      )
      expect(await contacts.conversations.list(id).toArray()).toEqual([
        {
          provider: 'channel-inbox',
          id: row._id,
          contactId: id,
          name: 'Plans',
          status: 'closed',
          channelType: 'whatsapp',
          customFields: {},
          createdAt: row.created_at,
          updatedAt: row.conversation.timestamp,
          raw: row,
        },
      ])
    },
  )

  it('are read as the vendor’s SDK types them, too', async () => {
    const { contacts, vendor, id } = withContact()
    const body = [
      {
        object_name: 'conversation',
        id: 'conv_1',
        contact_id: id,
        channel_type: 'line',
        name: 'Hi',
        status: 'open',
      },
    ]
    vendor.faults.add({ path: '/conversations', status: 200, body })
    expect(await contacts.conversations.list(id)).toMatchObject({
      items: [{ id: 'conv_1', contactId: id, channelType: 'line', name: 'Hi', status: 'open' }],
    })
  })

  it.each(['sdk', 'web'] as const)(
    'are narrowed by several channel types, in the dialect %s',
    async (dialect) => {
      const { contacts, vendor, id } = withContact({ dialect }, { requests: dialect })
      vendor.seedConversations(
        id,
        ['whatsapp', 'web', 'line'].map((channel_type) => ({ channel_type })),
      )
      const channelTypes = ['whatsapp', 'line']
      const items = await contacts.conversations.list(id, { channelTypes }).toArray()
      expect(items.map(({ channelType }) => channelType)).toEqual(channelTypes)
      expect(await contacts.conversations.list(id, { channelTypes: [] }).toArray()).toHaveLength(3)
    },
  )

  it('come all at once, whatever the page size, and take no cursor', async () => {
    const { contacts, vendor, id, requests } = withContact()
    vendor.seedConversations(id, [{}, {}, {}])
    const page = await contacts.conversations.list(id, { pageSize: 1 })
    expect([page.items.length, page.nextCursor]).toEqual([3, undefined])
    expect(requests()).toEqual(['GET /contacts/{id}/conversations'])
    expect(await failure(contacts.conversations.list(id, { cursor: '1' }))).toMatchObject({
      code: 'invalid_input',
    })
  })

  it('of a contact that is not there are not_found', async () => {
    const { contacts } = setup()
    expect(await failure(contacts.conversations.list('con_none'))).toMatchObject({ code: 'not_found' })
  })

  it('can be asked for by a key that takes a scan', async () => {
    const { contacts, vendor, id } = withContact()
    vendor.seedConversations(id, [{}])
    expect(
      await contacts.conversations.list({ email: 'ana@example.com' }, { scan: true }).toArray(),
    ).toHaveLength(1)
  })
})

describe('comments', () => {
  const texts = ['a', 'b', 'c', 'd']

  it.each([
    [{ comments: 'array', commentPaging: 'works' }, 3],
    [{ comments: 'data', commentPaging: 'works' }, 3],
    [{ comments: 'array', commentPaging: 'ignored' }, 1],
    [{ comments: 'data', commentPaging: 'ignored' }, 1],
  ] as const)('come once each from a server that has %o', async (server, pages) => {
    const { contacts, vendor, id, requests } = withContact({}, server)
    vendor.seedComments(
      id,
      texts.map((text) => ({ text })),
    )
    const read = async (pageSize?: number) =>
      (await contacts.comments.list(id, { pageSize }).toArray()).map(({ text }) => text)
    expect(await read(2)).toEqual(texts)
    expect(requests()).toHaveLength(pages)
    // As many as are asked for: only the next page tells that there are no more.
    expect(await read(4)).toEqual(texts)
    expect(requests()).toHaveLength(server.commentPaging === 'works' ? 2 : 3)
    expect(await read(1)).toEqual(texts)
    expect(await read()).toEqual(texts)
  })

  it('do not end early when others come while they are read', async () => {
    const { contacts, vendor, id } = withContact()
    const row = (text: string): object => ({ _id: `msg_${text}`, text })
    // Newest first, and c came between the first page and the second.
    for (const body of [[row('b')], [row('b')], [], [row('a')], []]) {
      vendor.faults.add({ path: '/comments', status: 200, body: JSON.parse(JSON.stringify(body)) })
    }
    const seen = (await contacts.comments.list(id, { pageSize: 1 }).toArray()).map(({ text }) => text)
    expect([...new Set(seen)]).toEqual(['b', 'a'])
  })

  it('are bad_response where skip is passed over and the limit is not, so that some are out of reach', async () => {
    const { vendor, id } = withContact()
    vendor.seedComments(
      id,
      texts.map((text) => ({ text })),
    )
    const { contacts } = setup({
      fetch: (input, init) => vendor.fetch(String(input).replace(/skip=\d+/, 'skip=0'), init),
    })
    for (const pageSize of [1, 2, 3]) {
      expect(await failure(contacts.comments.list(id, { pageSize }).toArray())).toMatchObject({
        code: 'bad_response',
        operation: 'comments.list',
      })
    }
    expect(await contacts.comments.list(id, { pageSize: 4 }).toArray()).toHaveLength(4)
  })

  it('are mapped with their text in either place', async () => {
    const { contacts, vendor, id } = withContact()
    const body = [
      { _id: 'msg_1', text: 'One', created_at: '2025-01-01T00:00:00Z', user_id: 'u_1' },
      { _id: 'msg_2', content: 'Two', from: 'u_2' },
      { id: 'msg_3', content: { text: 'Three' }, conversation_id: 'conv_1', contact_id: 'con_9' },
      { _id: 'msg_4', content: { url: 'https://x' } },
    ]
    vendor.faults.add({ path: '/comments', status: 200, body })
    const { items } = await contacts.comments.list(id)
    expect(items).toEqual([
      {
        provider: 'channel-inbox',
        id: 'msg_1',
        contactId: id,
        text: 'One',
        authorId: 'u_1',
        createdAt: '2025-01-01T00:00:00.000Z',
        raw: body[0],
      },
      { provider: 'channel-inbox', id: 'msg_2', contactId: id, text: 'Two', authorId: 'u_2', raw: body[1] },
      {
        provider: 'channel-inbox',
        id: 'msg_3',
        contactId: 'con_9',
        conversationId: 'conv_1',
        text: 'Three',
        raw: body[2],
      },
      { provider: 'channel-inbox', id: 'msg_4', contactId: id, raw: body[3] },
    ])
  })

  it.each(['sdk', 'web'] as const)('are narrowed by channel types, in the dialect %s', async (dialect) => {
    const { contacts, vendor, id } = withContact({ dialect }, { requests: dialect })
    vendor.seedComments(
      id,
      ['whatsapp', 'web', 'line'].map((channel_type) => ({ channel_type })),
    )
    expect(await contacts.comments.list(id, { channelTypes: ['whatsapp', 'web'] }).toArray()).toHaveLength(2)
  })
})

describe('files', () => {
  it.each(['sdk', 'spec'] as const)('are read out of messages, in the dialect %s', async (dialect) => {
    const { contacts, vendor, id } = withContact({ dialect }, { requests: dialect })
    const url = 'https://files.example.com/1'
    const content = { url, caption: 'offer.pdf', extension: 'pdf' }
    const [named, unnamed] = vendor.seedFiles(id, [{ content }, { content: { ...content, caption: '' } }])
    const found = await contacts.files.list(id).toArray()
    expect(found).toMatchObject([
      { id: named?._id, url, name: 'offer.pdf', createdAt: named?.created_at },
      { id: unnamed?._id, url },
    ])
    expect(found[1]).not.toHaveProperty('name')
  })

  it('are read as declared', async () => {
    const { contacts, vendor, id } = withContact({}, { files: 'declared' })
    vendor.seedFiles(id, [{ name: 'offer.pdf', size: 48_213 }])
    const [found] = await contacts.files.list(id).toArray()
    expect(found).toMatchObject({
      name: 'offer.pdf',
      sizeBytes: 48_213,
      url: expect.stringContaining('https://'),
    })
  })
})

describe('activities', () => {
  it.each(['array', 'data'] as const)('are those of a conversation, sent as %s', async (activities) => {
    const { contacts, vendor, id, requests } = withContact({}, { activities })
    const [mine, other] = vendor.seedConversations(id, [{}, {}])
    vendor.seedActivities(other?._id ?? '', [{}])
    const activity = first(
      vendor.seedActivities(mine?._id ?? '', [{ type: 'joined', message: 'Kai joined' }]),
    )
    expect(await contacts.activities.list(mine?._id ?? '').toArray()).toEqual([
      {
        provider: 'channel-inbox',
        id: activity._id,
        conversationId: mine?._id,
        type: 'joined',
        text: 'Kai joined',
        createdAt: activity.created_at,
        raw: activity,
      },
    ])
    expect(requests()).toEqual(['GET /conversations_activities/{id}'])
  })
})

describe('records that cannot be mapped', () => {
  it('are bad_response, or left out', async () => {
    const { contacts, vendor, id } = withContact()
    vendor.faults.add({ path: '/conversations', status: 200, body: { data: [{ name: 'no id' }] } })
    expect(await failure(contacts.conversations.list(id))).toMatchObject({
      code: 'bad_response',
      issues: [{ path: 'id or _id' }],
    })
    const lenient = withContact({ onInvalid: 'skip' })
    lenient.vendor.faults.add({
      path: '/files',
      status: 200,
      body: [{ _id: 'msg_1', created_at: 'yesterday' }, { _id: 'msg_2' }],
    })
    expect((await lenient.contacts.files.list(lenient.id)).items).toMatchObject([{ id: 'msg_2' }])
  })
})
