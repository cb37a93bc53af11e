import type { ContactClient } from '@chatbotkit/sdk/contact/index'
import { expect, test } from 'vitest'
import type { ChatBotKitEmulator } from '../../src/index.ts'
import { collect, sdk, untyped } from './set-up.ts'

/** The vendor's client over a socket, and with the emulator's `fetch`. */
const ways = {
  'over a socket': () => sdk({ retries: 0 }),
  'in process': async () => {
    const { emulator } = await sdk()
    return sdk({ retries: 0, fetchFn: (url, init) => emulator.fetch(url, init) }).then(({ client }) => ({
      client,
      emulator,
    }))
  },
}

/** What hangs on a contact, by the name of the vendor's sub-client. */
const KINDS = ['conversation', 'task', 'space', 'secret'] as const

function seedKinds(emulator: ChatBotKitEmulator, contactId: string, seeds: readonly object[]): void {
  emulator.seedConversations(contactId, seeds)
  emulator.seedTasks(contactId, seeds)
  emulator.seedSpaces(contactId, seeds)
  emulator.seedSecrets(contactId, seeds)
}

const names = (items: readonly { readonly name?: string }[]) => items.map((item) => item.name)

const code = (promise: Promise<unknown>) => promise.catch((error: unknown) => Object(error).code)

async function listKind(
  client: ContactClient,
  kind: (typeof KINDS)[number],
  contactId: string,
  query: object,
): Promise<unknown[]> {
  // The vendor's types do not declare the meta filter of these listings.
  const request = untyped<{ order?: 'asc' | 'desc' }>(query)
  const { items } = await client[kind].list(contactId, request)
  const streamed = await collect<unknown>(client[kind].list(contactId, request).stream())
  expect(streamed).toEqual(items.map((data) => ({ type: 'item', data })))
  return names(items)
}

test.each(Object.entries(ways))('%s: every method of contacts', async (_, connect) => {
  const { client, emulator } = await connect()
  const { id } = await client.create({ name: 'Ana', phone: '(415) 555-2671', meta: { plan: 'pro' } })
  expect(await client.fetch(id)).toMatchObject({ id, name: 'Ana', phone: '+14155552671', verifiedAt: null })
  expect(await client.update(id, { verifiedAt: 5, meta: { $update: { vip: true } } })).toEqual({ id })
  expect(await client.fetch(id)).toMatchObject({ verifiedAt: 5, meta: { plan: 'pro', vip: true } })
  const ensure = { fingerprint: 'crm-user-000000000042', name: 'Bea' }
  const ensured = await client.ensure(ensure)
  expect(await client.ensure(ensure)).toEqual(ensured)
  const { items, cursor } = await client.list({ order: 'asc', take: 2 })
  expect([names(items), cursor]).toEqual([['Ana', 'Bea'], ensured.id])
  expect(names((await client.list({ meta: { plan: 'pro', vip: 'true' } })).items)).toEqual(['Ana'])
  expect(await collect(client.list({ order: 'asc' }).stream())).toHaveLength(2)
  expect(await client.delete(id)).toEqual({ id })
  expect(await code(client.fetch(id))).toBe('NOT_FOUND')
  expect(emulator.requests.filter(({ status }) => status !== 200)).toHaveLength(1)
})

test.each(Object.entries(ways))(
  '%s: every listing below a contact, and its meta filter',
  async (_, connect) => {
    const { client, emulator } = await connect()
    const { id } = await client.create({})
    seedKinds(emulator, id, [
      { name: 'one', meta: { plan: 'pro', vip: true } },
      { name: 'two', meta: { plan: 'free' } },
    ])
    for (const kind of KINDS) {
      expect(await listKind(client, kind, id, { order: 'asc' })).toEqual(['one', 'two'])
      expect(await listKind(client, kind, id, { meta: { plan: 'free' } })).toEqual(['two'])
      expect(await listKind(client, kind, id, { meta: { plan: 'pro', vip: 'true' } })).toEqual(['one'])
      expect(await listKind(client, kind, id, { meta: { plan: 'pro', vip: 'false' } })).toEqual([])
      expect(await code(client[kind].list('missing'))).toBe('NOT_FOUND')
    }
    expect((await client.space.list(id)).items[0]).toMatchObject({ contactId: id, blueprintId: null })
  },
)

test.each(Object.entries(ways))('%s: secrets, in the account and of a contact', async (_, connect) => {
  const { client, emulator } = await connect()
  const ana = await client.create({ verifiedAt: 5 })
  const bea = await client.create({ verifiedAt: 5 })
  const guest = await client.create({})
  emulator.seedSecrets(ana.id, [{ id: 'personal', name: 'CRM', type: 'oauth' }])
  emulator.seedAccountSecrets([{ id: 'theirs' }], 'other')
  const asked = { status: 'unauthenticated', action: { type: 'authenticate', url: expect.any(String) } }

  expect(await client.secret.verify(ana.id, 'personal')).toEqual({ id: 'personal', status: 'authenticated' })
  expect(await client.secret.verify(bea.id, 'personal')).toEqual({ id: 'personal', ...asked })
  expect(await client.secret.authenticate(bea.id, 'personal')).toMatchObject({ url: expect.any(String) })
  expect(await code(client.secret.verify(guest.id, 'personal'))).toBe('CONFLICT')
  expect(await code(client.secret.authenticate(guest.id, 'personal'))).toBe('CONFLICT')
  for (const action of ['verify', 'authenticate', 'revoke'] as const) {
    expect(await code(client.secret[action](ana.id, 'theirs'))).toBe('NOT_AUTHORIZED')
    expect(await code(client.secret[action](ana.id, 'missing'))).toBe('NOT_FOUND')
  }
  expect(await client.secret.revoke(ana.id, 'personal')).toEqual({ id: 'personal' })
  expect(await client.secret.list(ana.id)).toEqual({ items: [] })
  expect(await client.secret.verify(ana.id, 'personal')).toEqual({ id: 'personal', ...asked })
  expect(await code(client.secret.revoke(ana.id, 'personal'))).toBe('NOT_AUTHENTICATED')
})
