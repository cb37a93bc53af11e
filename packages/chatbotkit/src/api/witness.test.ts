import { describe, expect, it } from 'vitest'
import { collect, failureCode, type Program, run, withoutChecks } from '../testing/witness.ts'

const FINGERPRINT = 'crm-user-000000000042'

const programs: Readonly<Record<string, Program>> = {
  'streams that are aborted': async ({ client, ids: [ana] }) => {
    const ends: unknown[] = []
    const read = async (controller: AbortController, reason?: Error): Promise<void> => {
      try {
        const stream = client.list({ order: 'asc' }).stream({ abortSignal: controller.signal })
        for await (const _ of stream) controller.abort(reason)
        ends.push('ended')
      } catch (error) {
        ends.push(Reflect.get(Object(error), 'name'))
      }
    }
    await read(new AbortController())
    await read(new AbortController(), new RangeError('a reason of its own'))
    const early = new AbortController()
    early.abort()
    await read(early)
    return [ends, await client.fetch(ana)]
  },
  'writes and reads': async ({ client }) => {
    const { id } = await client.create({
      name: 'Zoë 🦊',
      email: 'zoe@example.com',
      phone: '(415) 555-2671',
      meta: { segment: 'premium', nested: { a: [1, null] }, since: new Date(0) },
      verifiedAt: 1718000000000,
    })
    const created = await client.fetch(id)
    const updated = await client.update(id, { nick: 'z', meta: { $update: { score: 7 } } })
    const ensure = { fingerprint: FINGERPRINT, name: 'Jane' }
    const ensured = [await client.ensure(ensure), await client.ensure(ensure)]
    const fetched = await client.fetch(id)
    return [
      id,
      created,
      updated,
      fetched,
      ensured,
      await client.delete(id),
      await failureCode(client.fetch(id)),
    ]
  },
  'the functions': async ({ client, sdk: { functions }, ids: [ana] }) => {
    const { id } = await functions.createContact(client, { name: 'Jane' })
    return [
      await functions.fetchContact(client, id),
      await functions.updateContact(client, id, { name: 'Joan' }),
      await functions.ensureContact(client, { fingerprint: FINGERPRINT }),
      await functions.listContacts(client, { take: 2 }),
      await functions.listContacts(client),
      await functions.deleteContact(client, id),
      await functions.deleteContact(client, ana, {}),
    ]
  },
  'the functions of what hangs on a contact': async ({ client, sdk: { functions }, ids: [ana, bea] }) => {
    const results: unknown[] = []
    for (const list of [functions.listConversations, functions.listTasks, functions.listSpaces] as const) {
      results.push(await list(client, ana), await list(client, bea), await list(client, ana, { take: 1 }))
      results.push(await list(client, ana, { order: 'asc', meta: { kind: 'x' } }))
      results.push(await collect(list(client, ana).stream()))
      results.push(await failureCode(list(client, 'nope')))
    }
    results.push(await functions.listSecrets(client, ana), await functions.listSecrets(client, bea))
    results.push(await collect(functions.listSecrets(client, ana).stream()))
    results.push(await functions.verifySecret(client, ana, 'csecret'))
    results.push(await functions.authenticateSecret(client, ana, 'csecret'))
    results.push(await functions.revokeSecret(client, ana, 'csecret'))
    results.push(await functions.listSecrets(client, ana))
    return results
  },
  'classes by themselves, by their default exports too': async ({ sdk, options, ids: [ana] }) => {
    const { contact, conversation, task, space, secret, client } = sdk
    const results: unknown[] = [
      contact.default === contact.ContactClient,
      conversation.default === conversation.ConversationClient,
      task.default === task.TaskClient,
      space.default === space.SpaceClient,
      secret.default === secret.SecretClient,
    ]
    for (const Client of [conversation.default, task.default, space.default, secret.default]) {
      const sub = new Client(options)
      results.push(sub instanceof client.ChatBotKitClient, await sub.list(ana))
      const child = sub.extend({ runAsUserId: 'child' })
      results.push(child instanceof Client, await failureCode(child.list(ana)))
    }
    const secrets = new secret.SecretClient(options)
    results.push(await secrets.verify(ana, 'csecret'), await secrets.authenticate(ana, 'csecret'))
    const base = new client.ChatBotKitClient(options)
    results.push(
      await sdk.functions.listContacts(base, { take: 1 }),
      await sdk.functions.listTasks(base, ana),
    )
    return results
  },
  listings: async ({ client }) => {
    const { cursor } = await client.list({ take: 2, order: 'desc' })
    return [
      await client.list({}),
      await client.list({ take: 1, order: 'asc' }),
      await client.list({ take: 2, order: 'desc', cursor }),
      await client.list({ cursor: 'unknown' }),
      await client.list({ meta: { plan: 'pro', vip: 'true' } }),
      await client.list({ meta: { plan: 'a & b=ü' } }),
    ]
  },
  streams: async ({ client, ids: [ana] }) => [
    await collect(client.list().stream()),
    await collect(client.list({ meta: { plan: 'pro' } }).stream()),
    await collect(client.list({ meta: { plan: 'none' } }).stream()),
    await collect(
      client.list({ take: 2, order: 'asc' }).stream({ abortSignal: new AbortController().signal }),
    ),
    await collect(client.fetch(ana).stream()),
    await collect(client.conversation.list(ana, { order: 'asc' }).stream()),
  ],
  'what hangs on a contact': async ({ client, ids: [ana, bea, chloe] }) => {
    const results: unknown[] = [
      await client.conversation.list(ana, { take: 1 }),
      await client.conversation.list(bea),
    ]
    results.push(await client.task.list(ana), await client.space.list(ana), await client.secret.list(ana))
    results.push(await client.secret.verify(ana, 'csecret'), await client.secret.revoke(ana, 'csecret'))
    results.push(await client.secret.verify(ana, 'csecret'), await client.secret.authenticate(ana, 'csecret'))
    results.push(await failureCode(client.secret.verify(bea, 'csecret')))
    results.push(await failureCode(client.secret.authenticate(bea, 'csecret')))
    results.push(await failureCode(client.secret.verify(chloe, 'nope')), await client.secret.list(chloe))
    return results
  },
  failures: async ({ client, ids: [ana] }) => {
    await client.create({ fingerprint: FINGERPRINT })
    return [
      await failureCode(client.create({ email: 'nope' })),
      await failureCode(client.update(ana, { phone: '12' })),
      await failureCode(client.create({ fingerprint: FINGERPRINT })),
      await failureCode(client.ensure({ fingerprint: FINGERPRINT })),
      await failureCode(client.delete('nope')),
      await failureCode(client.conversation.list('nope')),
      await failureCode(client.extend({ secret: 'sk-wrong' }).list()),
      await failureCode(client.extend({ secret: 'sk-wrong' }).create({})),
      await failureCode(collect(client.extend({ runAsUserId: 'nobody' }).list().stream())),
    ]
  },
  extend: async ({ client }) => {
    const child = client.extend({
      runAsUserId: 'child',
      headers: { 'x-a': '1' },
      endpoints: { '/crm': '/api/v1/contact/list' },
    })
    return [
      await child.create({ name: 'Kid' }),
      await child.clientFetch('/crm', { query: { take: 5, none: null } }),
      await child.extend({ runAsUserId: undefined, runAsChildUserEmail: 'child@example.com' }).list(),
      await client.extend({}).task.list((await client.list({ take: 1 })).items[0]?.id ?? ''),
      await failureCode(child.task.list('nope')),
      child instanceof client.constructor,
    ]
  },
  clientFetch: async ({ client }) => {
    const path = '/api/v1/contact/list'
    const csv = await client.clientFetch<{ data: ArrayBuffer }, never>('/api/v1/contact/export', {
      headers: { Accept: 'text/csv' },
    })
    const results: unknown[] = [
      await client.clientFetch('/api/v1/contact/create', { record: { name: 'Raw', nick: undefined } }),
      await client.clientFetch('/elsewhere', { endpoint: '/crm' }).catch(() => 'refused'),
      new TextDecoder().decode(csv.data),
      await client.clientFetch(path, {
        method: 'GET',
        query: { take: 1, ids: ['a', 'b'], meta: { plan: 'pro', none: null } },
      }),
      await client.clientFetch(path, { timeout: 10_000, retries: 1, retryDelay: 1, retryTimeout: false }),
      await client.clientFetch(path, { fetchFn: async () => Response.json({ mine: true }) }),
      await collect(client.clientFetch(path, { query: { order: 'asc' } }).stream()),
    ]
    for (const options of [
      { buffer: new TextEncoder().encode('bytes').buffer },
      {
        buffer: new TextEncoder().encode('bytes').buffer,
        method: 'PUT',
        headers: { 'content-type': 'text/plain' },
      },
      { file: { data: 'text', name: 'a.txt', type: 'text/plain' } },
      { file: { data: new TextEncoder().encode('text').buffer, name: 'a.bin' } },
      { method: 'DELETE' },
      { external: true },
      { external: true, record: {} },
      { record: {}, buffer: new ArrayBuffer(1), file: { data: '' } },
    ]) {
      results.push(await failureCode(client.clientFetch('/api/v1/file/f1/upload', options)))
    }
    return results
  },
  'awaiting a promise of the vendor’s': async ({ client }) => {
    let settled = 0
    return [
      await client.list({ take: 1 }).cache(),
      await client.list({ take: 1 }).cache(),
      await client.list({ take: 1 }).cache('other'),
      await client.list({ take: 1 }).then(({ items }) => items.length),
      await client.list({ take: 1 }).finally(() => settled++),
      settled,
      await client.fetch('nope').catch((error) => error instanceof Error),
      Object.prototype.toString.call(client.list()),
      await Promise.all([client.list({ take: 1 }), client.list({ take: 2 })]),
    ]
  },
  'null for nothing': async ({ client, sdk: { functions }, ids: [ana] }) => {
    const none = JSON.parse('null')
    return [
      await client.list(none),
      await client.task.list(ana, none),
      await functions.createContact(client, none),
      await functions.updateContact(client, ana, none),
      await functions.deleteContact(client, ana, none),
      await client.clientFetch('/api/v1/contact/list', none),
      await client.clientFetch('/api/v1/contact/list', { query: none, headers: none, method: none }),
    ]
  },
}

describe('the same program with the vendor’s client and with ours', () => {
  it.each(Object.entries(programs))('gives the same and asks the same: %s', async (_, program) => {
    const [theirs, mine] = [await run('vendor', program), await run('ours', program)]
    expect(theirs.requests.length).toBeGreaterThan(2)
    expect(withoutChecks(mine.requests)).toEqual(theirs.requests)
    expect(mine.results).toEqual(theirs.results)
  })
})
