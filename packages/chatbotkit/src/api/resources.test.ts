import { type CallSettings, failure } from '@anycontact/core/adapter-kit'
import { CHATBOTKIT_SECRET } from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import { type ApiSetup, apiSetup, collect } from '../testing/api-setup.ts'
import type { ResponsePromise } from './response-promise.ts'
import type { PageRequest, PageResponse, ResourceInstance, StreamItem } from './types/index.ts'

type Client = ApiSetup['client']
type Vendor = ApiSetup['vendor']

interface Kind {
  readonly kind: string
  readonly seed: (vendor: Vendor, contactId: string, names: readonly string[]) => unknown
  readonly list: (
    client: Client,
    contactId: string,
    request?: PageRequest,
    call?: CallSettings,
  ) => ResponsePromise<PageResponse<ResourceInstance>, StreamItem<ResourceInstance>>
}

const named = (names: readonly string[]): { name: string; createdAt: number }[] =>
  names.map((name, index) => ({ name, createdAt: index + 1 }))

const kinds: readonly Kind[] = [
  {
    kind: 'conversation',
    seed: (vendor, id, names) => vendor.seedConversations(id, named(names)),
    list: (client, ...args) => client.conversation.list(...args),
  },
  {
    kind: 'task',
    seed: (vendor, id, names) => vendor.seedTasks(id, named(names)),
    list: (client, ...args) => client.task.list(...args),
  },
  {
    kind: 'space',
    seed: (vendor, id, names) => vendor.seedSpaces(id, named(names)),
    list: (client, ...args) => client.space.list(...args),
  },
  {
    kind: 'secret',
    seed: (vendor, id, names) => vendor.seedSecrets(id, named(names)),
    list: (client, ...args) => client.secret.list(...args),
  },
]

interface Seeded extends ApiSetup {
  readonly id: string
}

function seeded(options?: Parameters<typeof apiSetup>[0]): Seeded {
  const made = apiSetup(options)
  const [ana] = made.vendor.seed([{ name: 'Ana', verifiedAt: 1 }])
  return { ...made, id: ana?.id ?? '' }
}

/** The arguments of a `fetch` of the whole listing, oldest first. */
function streamed(id: string, kind: string): [string, RequestInit] {
  const headers = { accept: 'application/jsonl', authorization: `Bearer ${CHATBOTKIT_SECRET}` }
  return [`https://emulator.test/v1/contact/${id}/${kind}/list?order=asc`, { headers }]
}

describe.each(kinds)('the listing of each $kind', ({ kind, seed, list }) => {
  it('gives a page', async () => {
    const { client, vendor, id } = seeded()
    seed(vendor, id, ['a', 'b', 'c'])
    const { items, cursor } = await list(client, id, { take: 2, order: 'asc' })
    expect(items.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(cursor).toEqual(expect.any(String))
    expect(vendor.requests[0]).toMatchObject({
      method: 'GET',
      path: `/v1/contact/${id}/${kind}/list`,
      query: { take: '2', order: 'asc' },
    })
    const [bea] = vendor.seed([{ name: 'Bea' }])
    expect(await list(client, bea?.id ?? '')).toEqual({ items: [] })
  })

  it('streams everything', async () => {
    const { client, vendor, id } = seeded()
    seed(vendor, id, ['a', 'b', 'c'])
    vendor.faults.add({ nopEvery: 1, chunkBytes: 5 })
    const lines = await collect(list(client, id, { order: 'asc' }).stream())
    expect(lines.map(({ type, data }) => [type, data.name])).toEqual([
      ['item', 'a'],
      ['item', 'b'],
      ['item', 'c'],
    ])
    expect(vendor.requests[0]?.headers.accept).toBe('application/jsonl')
  })

  it('says not found for a contact that is none', async () => {
    const { client } = seeded()
    const operation = expect.stringMatching(/^listContact[A-Z][a-z]+s$/)
    expect(await failure(list(client, 'nope'))).toMatchObject({ code: 'not_found', operation })
    expect(await failure(collect(list(client, 'nope').stream()))).toMatchObject({ code: 'not_found' })
    expect(await failure(list(client, 'nope', {}, { operation: 'mine' }))).toMatchObject({
      operation: 'mine',
    })
  })

  it('resumes where a stream fails late, or is cut; of secrets it throws after what came before', async () => {
    const { client, vendor, id } = seeded()
    seed(vendor, id, ['a', 'b', 'c'])
    const cases = [
      [
        { lateError: { afterItems: 2 } },
        { code: 'unavailable', vendorCode: 'GENERIC_ERROR', retryable: true },
      ],
      [{ cut: { afterLines: 2 } }, { code: 'network' }],
    ] as const
    for (const [fault, expected] of cases) {
      vendor.faults.add(fault)
      const seen: (string | undefined)[] = []
      const reading = (async () => {
        for await (const { data } of list(client, id, { order: 'asc' }).stream()) seen.push(data.name)
      })()
      if (kind === 'secret') expect(await failure(reading)).toMatchObject(expected)
      else await reading
      expect(seen).toEqual(kind === 'secret' ? ['a', 'b'] : ['a', 'b', 'c'])
    }
  })

  it('is whole when the answer ends too early, at the end of a line', async () => {
    // The ids of secrets are no cursors.
    if (kind === 'secret') return
    const { client, vendor, id } = seeded()
    seed(vendor, id, ['a', 'b', 'c'])
    const lines = (await (await vendor.fetch(...streamed(id, kind))).text()).split('\n')
    for (const count of [0, 1, 2, 3]) {
      const truncateBytes =
        new TextEncoder().encode(lines.slice(0, count).join('\n')).length + Math.min(count, 1)
      vendor.faults.add({ truncateBytes })
      const read = await collect(list(client, id, { order: 'asc' }).stream())
      expect(read.map(({ data }) => data.name)).toEqual(['a', 'b', 'c'])
    }
  })

  it('sees the error in a 200', async () => {
    const { client, vendor, id } = seeded({ retry: false })
    vendor.faults.add({ errorObject: true })
    expect(await failure(list(client, id))).toMatchObject({ code: 'unavailable', status: 200 })
  })

  it('obeys the signals of call and stream', async () => {
    const { client, vendor, id } = seeded()
    vendor.faults.add({ stall: 'answer', times: 2 })
    const controller = new AbortController()
    const { signal } = controller
    const both = Promise.all([
      failure(collect(list(client, id).stream({ abortSignal: signal }))),
      failure(collect(list(client, id, {}, { signal }).stream())),
    ])
    controller.abort('enough')
    expect(await both).toEqual(['enough', 'enough'])
  })
})

describe('secrets', () => {
  it('are verified, authenticated and revoked', async () => {
    const { client, vendor, id } = seeded()
    const [secret] = vendor.seedSecrets(id, [{ name: 'mailbox', type: 'oauth' }])
    const secretId = secret?.id ?? ''
    expect((await client.secret.list(id)).items).toMatchObject([{ id: secretId, type: 'oauth' }])
    expect(await client.secret.verify(id, secretId)).toEqual({ id: secretId, status: 'authenticated' })
    expect(await client.secret.revoke(id, secretId)).toEqual({ id: secretId })
    expect(await client.secret.verify(id, secretId)).toMatchObject({
      status: 'unauthenticated',
      action: { type: 'authenticate', url: expect.any(String) },
    })
    expect(await client.secret.authenticate(id, secretId)).toEqual({ id: secretId, url: expect.any(String) })
    expect(
      vendor.requests.slice(1).map(({ method, path, json }) => [method, path.split('/').at(-1), json]),
    ).toEqual([
      ['POST', 'verify', {}],
      ['POST', 'revoke', {}],
      ['POST', 'verify', {}],
      ['POST', 'authenticate', {}],
    ])
  })

  it('are not found when there are none', async () => {
    const { client, id } = seeded()
    expect(await failure(client.secret.verify(id, 'nope'))).toMatchObject({
      code: 'not_found',
      operation: 'verifyContactSecret',
    })
  })

  it.each([
    ['verify', 2],
    ['authenticate', 2],
    ['revoke', 1],
  ] as const)('%s is sent at most %i times when its answer is lost', async (action, times) => {
    const { client, vendor, id } = seeded()
    const [secret] = vendor.seedSecrets(id, [{ name: 'mailbox' }])
    vendor.faults.add({ cut: 'answer' })
    const sent = client.secret[action](id, secret?.id ?? '')
    if (action === 'revoke')
      expect(await failure(sent)).toMatchObject({ code: 'network', applied: 'unknown' })
    else expect(await sent).toMatchObject({ id: secret?.id })
    expect(vendor.requests).toHaveLength(times)
  })
})
