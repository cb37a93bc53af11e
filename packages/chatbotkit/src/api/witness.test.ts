import * as ours from '@anycontact/chatbotkit/api'
import { CHATBOTKIT_SECRET, createEmulator, type RecordedRequest } from '@anycontact/emulator'
import { ContactClient as SdkContactClient } from '@chatbotkit/sdk/contact'
import * as sdk from '@chatbotkit/sdk/contact/v1'
import { describe, expect, it } from 'vitest'

/** What a run of a program did: what it was given, and what went over the wire. */
interface Run {
  readonly results: readonly unknown[]
  readonly requests: readonly unknown[]
}

/** The vendor's own packages, or ours: the program is the same. */
const packages = {
  vendor: { ContactClient: SdkContactClient, ...sdk },
  ours: { ...ours },
}

type Program = (
  client: SdkContactClient,
  functions: typeof packages.vendor,
  results: unknown[],
  ids: readonly string[],
) => Promise<void>

const wire = ({ method, path, query, json, headers, status }: RecordedRequest): unknown => ({
  method,
  path,
  query,
  json,
  status,
  authorization: headers.authorization,
  type: headers['content-type'],
  timezone: headers['x-timezone'],
  runAs: headers['x-runas-user-id'],
  jsonl: headers.accept === 'application/jsonl',
})

/** Whether the vendor's client sends it too. Ours asks after each streamed listing whether that was all. */
function isAlsoTheirs({ path, headers }: RecordedRequest, index: number, all: RecordedRequest[]): boolean {
  const before = all[index - 1]
  const isAfterStream = before?.path === path && before.headers.accept === 'application/jsonl'
  return !(isAfterStream && headers.accept === 'application/json')
}

/** Runs a program against a server of its own, on a socket, with the clock and the ids of all other runs. */
async function run(name: keyof typeof packages, program: Program): Promise<Run> {
  let now = Date.UTC(2026, 0, 1)
  const accounts = { child: { parent: 'emulator' } }
  const vendor = createEmulator({ now: () => ++now, seed: 1, chatbotkit: { accounts } }).chatbotkit
  const seeded = vendor.seed([
    { name: 'Ana 🦊', meta: { plan: 'pro', vip: true }, verifiedAt: 1 },
    { name: 'Béa', meta: { plan: 'free' } },
    { name: 'Chloë & Co', meta: { plan: 'pro' }, verifiedAt: 1 },
  ])
  const ids = seeded.map(({ id }) => id)
  const [ana = ''] = ids
  vendor.seedConversations(ana, [{ name: 'first' }, { name: 'second' }])
  vendor.seedTasks(ana, [{ name: 'call back' }])
  vendor.seedSpaces(ana, [{ name: 'garden' }])
  vendor.seedSecrets(ana, [{ id: 'csecret', name: 'mailbox', type: 'oauth' }])
  const server = await vendor.listen()
  try {
    // One program for both is what this is about: ours is to be usable where the vendor's was.
    const functions = packages[name] as unknown as typeof packages.vendor
    const client = new functions.ContactClient({
      secret: CHATBOTKIT_SECRET,
      baseUrl: server.url,
      timezone: 'Europe/Sofia',
      retries: 0,
    })
    const results: unknown[] = []
    await program(client, functions, results, ids)
    return { results, requests: [...vendor.requests].filter(isAlsoTheirs).map(wire) }
  } finally {
    await server.close()
  }
}

/** What a failure tells, as far as both tell it. */
async function failure(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise
    return 'no failure'
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const code: unknown = Reflect.get(error, 'vendorCode') ?? Reflect.get(error, 'code')
    return code
  }
}

async function collect(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = []
  for await (const item of stream) items.push(item)
  return items
}

const programs: Readonly<Record<string, Program>> = {
  'writes and reads': async (client, _, results) => {
    const { id } = await client.create({
      name: 'Zoë 🦊',
      email: 'zoe@example.com',
      phone: '(415) 555-2671',
      meta: { segment: 'premium', nested: { a: [1, null] } },
      verifiedAt: 1718000000000,
    })
    results.push(id, await client.fetch(id))
    results.push(
      await client.update(id, { nick: 'z', meta: { $update: { score: 7 } } }),
      await client.fetch(id),
    )
    const ensure = { fingerprint: 'crm-user-000000000042', name: 'Jane' }
    results.push(await client.ensure(ensure), await client.ensure(ensure))
    results.push(await client.delete(id), await failure(client.fetch(id)))
  },
  'the functions': async (client, functions, results, [ana = '']) => {
    const { id } = await functions.createContact(client, { name: 'Jane' })
    results.push(
      await functions.fetchContact(client, id),
      await functions.updateContact(client, id, { name: 'Joan' }),
    )
    results.push(await functions.ensureContact(client, { fingerprint: 'crm-user-000000000042' }))
    results.push((await functions.listContacts(client, { take: 2 })).items.length)
    results.push(await functions.deleteContact(client, id), await functions.deleteContact(client, ana))
  },
  listings: async (client, _, results) => {
    results.push(await client.list({}), await client.list({ take: 1, order: 'asc' }))
    const { cursor } = await client.list({ take: 2, order: 'desc' })
    results.push(cursor, await client.list({ take: 2, order: 'desc', cursor }))
    results.push(
      await client.list({ meta: { plan: 'pro', vip: 'true' } }),
      await client.list({ meta: { plan: 'a & b=ü' } }),
    )
  },
  streams: async (client, _, results, [ana = '']) => {
    results.push(
      await collect(client.list().stream()),
      await collect(client.list({ meta: { plan: 'pro' } }).stream()),
    )
    results.push(await collect(client.list({ meta: { plan: 'none' } }).stream()))
    results.push(await collect(client.fetch(ana).stream()))
    results.push(await collect(client.conversation.list(ana, { order: 'asc' }).stream()))
  },
  'what hangs on a contact': async (client, _, results, [ana = '', bea = '']) => {
    results.push(await client.conversation.list(ana, { take: 1 }), await client.conversation.list(bea))
    results.push(await client.task.list(ana), await client.space.list(ana), await client.secret.list(ana))
    results.push(await client.secret.verify(ana, 'csecret'), await client.secret.revoke(ana, 'csecret'))
    results.push(await client.secret.verify(ana, 'csecret'), await client.secret.authenticate(ana, 'csecret'))
  },
  failures: async (client, _, results, [ana = '']) => {
    const fingerprint = 'crm-user-000000000042'
    results.push(
      await failure(client.create({ email: 'nope' })),
      await failure(client.update(ana, { phone: '12' })),
    )
    await client.create({ fingerprint })
    results.push(await failure(client.create({ fingerprint })), await failure(client.ensure({ fingerprint })))
    results.push(await failure(client.delete('nope')), await failure(client.conversation.list('nope')))
    results.push(await failure(client.extend({ secret: 'sk-wrong' }).list()))
    results.push(await failure(client.extend({ secret: 'sk-wrong' }).create({})))
    results.push(await failure(collect(client.extend({ runAsUserId: 'nobody' }).list().stream())))
  },
  'extend and clientFetch': async (client, _, results) => {
    const child = client.extend({
      runAsUserId: 'child',
      headers: { 'x-a': '1' },
      endpoints: { '/crm': '/api/v1/contact/list' },
    })
    results.push(
      await child.create({ name: 'Kid' }),
      await child.clientFetch('/crm', { query: { take: 5, none: null } }),
    )
    results.push(
      await client.clientFetch('/api/v1/contact/create', { record: { name: 'Raw', nick: undefined } }),
    )
    results.push(await client.clientFetch('/elsewhere', { endpoint: '/crm' }).catch(() => 'refused'))
    results.push(
      await collect(client.clientFetch('/api/v1/contact/list', { query: { order: 'asc' } }).stream()),
    )
    const csv = await client.clientFetch<{ data: ArrayBuffer }, never>('/api/v1/contact/export', {
      headers: { Accept: 'text/csv' },
    })
    results.push(new TextDecoder().decode(csv.data))
    const page = client.list({ take: 1 })
    results.push(
      await page.cache(),
      await client.list({ take: 1 }).cache(),
      Object.prototype.toString.call(page),
    )
  },
}

describe('the same program with the vendor’s client and with ours', () => {
  it.each(Object.entries(programs))('gives the same and asks the same: %s', async (_, program) => {
    const [theirs, mine] = [await run('vendor', program), await run('ours', program)]
    expect(theirs.requests.length).toBeGreaterThan(2)
    expect(mine.requests).toEqual(theirs.requests)
    expect(mine.results).toEqual(theirs.results)
  })
})
