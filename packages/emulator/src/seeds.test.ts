import { describe, expect, test } from 'vitest'
import { createEmulator, type Fetch } from './index.ts'

/** Asks a vendor for JSON. */
async function ask(fetch: Fetch, path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(`https://vendor.test${path}`, init)
  expect(response.ok).toBe(true)
  return response.json()
}

const json = (body: object): RequestInit => ({ method: 'POST', body: JSON.stringify(body) })
const BOTS = { headers: { authorization: 'Bearer sk-emulator', 'content-type': 'application/json' } }
const PEERS = { headers: { authorization: 'Bearer pat_emulator', 'x-hook-id': 'emulatorhook' } }
const INBOX = { headers: { 'x-api-key': 'api_emulator' } }
const METHODS = { headers: { authorization: 'Bearer artu-emulator', 'x-environment': 'test' } }

/** What a vendor answers, to be seeded as it is: a program reads it out of a file. */
const rows = (answer: unknown, name: string): [] => Reflect.get(Object(answer), name)

describe('a record that a vendor sent can be seeded', () => {
  test('by ChatBotKit, and what hangs on it', async () => {
    const [one, other] = [createEmulator().chatbotkit, createEmulator().chatbotkit]
    one.seed([{ id: 'c1', name: 'Ana', meta: { plan: 'pro' }, verifiedAt: 5 }, { id: 'c2' }])
    one.seedConversations('c1', [{ name: 'Hello', privacy: true, moderation: false }])
    one.seedTasks('c1', [{ schedule: 'daily' }])
    one.seedSpaces('c1', [{ blueprintId: 'b1' }])
    one.seedSecrets('c1', [{ name: 'Mail' }])
    const list = async (from: typeof one, what: string) =>
      rows(await ask(from.fetch, `/v1/contact/${what}list?order=asc`, BOTS), 'items')
    other.seed(await list(one, ''))
    other.seedConversations('c1', await list(one, 'c1/conversation/'))
    other.seedTasks('c1', await list(one, 'c1/task/'))
    other.seedSpaces('c1', await list(one, 'c1/space/'))
    other.seedSecrets('c1', await list(one, 'c1/secret/'))
    for (const what of ['', 'c1/conversation/', 'c1/task/', 'c1/space/', 'c1/secret/']) {
      expect(await list(one, what)).not.toEqual([])
      expect(await list(other, what)).toEqual(await list(one, what))
    }
  })

  test('by Cognipeer, keys of one’s own included', async () => {
    const [one, other] = [createEmulator().cognipeer, createEmulator().cognipeer]
    await ask(one.fetch, '/v1/sdk/contact', { ...PEERS, ...json({ name: 'Ana', loyaltyTier: 3 }) })
    const list = async (from: typeof one) =>
      rows(await ask(from.fetch, '/v1/sdk/contact/list', { ...PEERS, ...json({}) }), 'data')
    other.seed(await list(one))
    expect(other.contacts).toMatchObject([{ name: 'Ana', loyaltyTier: 3 }])
    expect(await list(other)).toEqual(await list(one))
    const mixed = [{ _id: 'c', workspaceId: 'w', mine: 1 }, { mine: 1 }]
    expect(() => Reflect.apply(other.seed, undefined, [mixed])).toThrow(
      'at index 1 has the unknown field "mine"',
    )
  })

  test.each(['id', '_id'] as const)('by the inbox with %s, and what hangs on it', async (contactIds) => {
    const emulators = [createEmulator({ channelInbox: { contactIds } }), createEmulator()]
    const [one, other] = emulators.map(({ channelInbox }) => channelInbox)
    if (one === undefined || other === undefined) throw new Error('There are two')
    one.seed([{ id: 'con_1', display_name: 'Ana', labels: ['vip'], wecom_id: 'w' }])
    one.seedConversations('con_1', [{ name: 'Hello', channel_type: 'line', teams: [{ name: 'Support' }] }])
    one.seedComments('con_1', [{ text: 'Called back' }])
    one.seedNotifications([{ title: 'New' }])
    const get = (from: typeof one, path: string) => ask(from.fetch, `/channel-service/v1${path}`, INBOX)
    const put = { ...INBOX, method: 'PUT', body: JSON.stringify({ name: 'Ana B' }) }
    const updated = await ask(one.fetch, '/channel-service/v1/contacts/con_1', put)
    other.seed(rows({ data: [updated] }, 'data'))
    other.seedConversations('con_1', rows(await get(one, '/contacts/con_1/conversations'), 'data'))
    other.seedComments('con_1', rows({ data: await get(one, '/contacts/con_1/comments') }, 'data'))
    other.seedNotifications(rows(await get(one, '/notifications'), 'data'))
    expect(other.contacts).toEqual(one.contacts)
    expect(one.contacts).toMatchObject([{ id: 'con_1', display_name: 'Ana B', labels: ['vip'] }])
    expect(Object.keys(one.contacts[0] ?? {})).not.toContain('_id')
    for (const path of ['/contacts/con_1/conversations', '/contacts/con_1/comments', '/notifications'])
      expect(await get(other, path)).toEqual(await get(one, path))
  })

  test('by the contact methods', async () => {
    const [one, other] = [createEmulator().contactMethods, createEmulator().contactMethods]
    const full = { label: 'work', externalId: 'x', metadata: { a: 1 }, isPrimary: true }
    one.seed([{ clientId: 'c', type: 'email', value: 'a@example.com', ...full }])
    one.seed([{ clientId: 'c', type: 'phone', value: '+14155552671' }])
    const list = async () =>
      rows(await ask(one.fetch, '/contact-methods/list', { ...METHODS, ...json({}) }), 'data')
    other.seed(await list())
    expect(other.contactMethods.toSorted((a, b) => (a.type < b.type ? -1 : 1))).toEqual(one.contactMethods)
  })
})

test('a conversation is seeded from a few words, from a record, or from both', () => {
  const { channelInbox } = createEmulator()
  const [short, both] = channelInbox.seedConversations('con_1', [
    { id: 'conv_1', name: 'Hello', status: 'closed' },
    { _id: 'conv_2', name: 'Hello', updated_at: '2026-01-01T00:00:00.000Z', conversation: { mode: 'bot' } },
  ])
  expect(short).toMatchObject({
    _id: 'conv_1',
    conversation: { name: 'Hello', status: 'closed', mode: 'manual' },
  })
  expect(both).toMatchObject({
    _id: 'conv_2',
    updated_at: '2026-01-01T00:00:00.000Z',
    conversation: { name: 'Hello', status: 'open', mode: 'bot', contact_id: 'con_1' },
  })
})
