import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { type ApiSetup, apiSetup, collect, observedClock } from '../testing/api-setup.ts'
import { failure } from '../testing/setup.ts'

type Client = ApiSetup['client']

const FINGERPRINT = 'crm-user-000000000042'

/** Contacts as the vendor keeps them, a second apart, oldest first. */
function people(count: number): { name: string; createdAt: number }[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `Zoë 🦊 ${index}`,
    createdAt: Date.UTC(2026, 0, 1) + index * 1000,
  }))
}

const newestFirst = (count: number): string[] =>
  people(count)
    .map(({ name }) => name)
    .reverse()

describe('the documented calls', () => {
  it('creates, fetches, updates and deletes', async () => {
    const { client, vendor } = apiSetup()
    const { id } = await client.create({
      name: 'Jane Doe',
      phone: '(415) 555-2671',
      meta: { segment: 'premium' },
    })
    expect(await client.fetch(id)).toMatchObject({
      id,
      name: 'Jane Doe',
      phone: '+14155552671',
      email: null,
      meta: { segment: 'premium' },
    })
    expect(await client.update(id, { nick: 'jd', meta: { $update: { score: 7 } } })).toEqual({ id })
    expect(vendor.contacts[0]).toMatchObject({ nick: 'jd', meta: { segment: 'premium', score: 7 } })
    expect(await client.update(id, { nick: null, phone: null })).toEqual({ id })
    expect(vendor.contacts[0]).toMatchObject({ nick: null, phone: null })
    expect(await client.delete(id)).toEqual({ id })
    expect(await failure(client.fetch(id))).toMatchObject({ code: 'not_found' })
  })

  it('ensures: the same contact each time, unchanged', async () => {
    const { client, vendor } = apiSetup()
    const first = await client.ensure({ fingerprint: FINGERPRINT, name: 'Jane' })
    expect(await client.ensure({ fingerprint: FINGERPRINT, name: 'Joan' })).toEqual(first)
    expect(vendor.contacts).toMatchObject([{ id: first.id, name: 'Jane' }])
  })

  it('lists a page, and the next one', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed(people(3))
    const first = await client.list({ take: 2, order: 'asc' })
    expect(first.items.map(({ name }) => name)).toEqual(['Zoë 🦊 0', 'Zoë 🦊 1'])
    const second = await client.list({ take: 2, order: 'asc', cursor: first.cursor })
    expect(second.items.map(({ name }) => name)).toEqual(['Zoë 🦊 2'])
    expect(await client.list({ cursor: second.cursor, order: 'asc' })).toEqual({ items: [] })
  })

  it('filters by meta; several values of a key must all hold', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed([
      { name: 'Ana', meta: { plan: 'pro', vip: true } },
      { name: 'Bea', meta: { plan: 'pro', vip: false } },
    ])
    const found = await client.list({ meta: { plan: 'pro', vip: 'true' } })
    expect(found.items.map(({ name }) => name)).toEqual(['Ana'])
    expect((await client.list({ meta: { plan: ['pro', 'team'] } })).items).toEqual([])
    expect(await collect(client.list({ meta: { vip: 'true' } }).stream())).toHaveLength(1)
  })

  it('exports: as list, with {} for no meta', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed([{ name: 'Ana' }])
    expect((await client.export()).items).toMatchObject([{ name: 'Ana', meta: {} }])
    expect(await collect(client.export().stream())).toMatchObject([{ type: 'item', data: { meta: {} } }])
    expect(new Set(vendor.requests.map(({ path }) => path))).toEqual(new Set(['/v1/contact/export']))
  })

  it('names itself in errors as it is told', async () => {
    const { client } = apiSetup()
    expect(await failure(client.fetch('c1', { operation: 'get' }))).toMatchObject({ operation: 'get' })
    expect(await failure(client.update('c1', {}))).toMatchObject({ operation: 'updateContact' })
  })
})

describe('refusals', () => {
  it('says not found as the vendor’s examples look for it', async () => {
    const { client } = apiSetup()
    const error = await failure(client.fetch('nope'))
    expect(error).toBeInstanceOf(ContactsError)
    expect(error instanceof Error && error.message.includes('not found')).toBe(true)
    expect(error instanceof Error && error.message.includes('Not found')).toBe(true)
  })

  it('says conflict for a fingerprint in use', async () => {
    const { client } = apiSetup()
    await client.create({ fingerprint: FINGERPRINT })
    expect(await failure(client.create({ fingerprint: FINGERPRINT }))).toMatchObject({
      code: 'conflict',
      status: 409,
      vendorCode: 'CONFLICT',
    })
  })

  it.each([
    ['unverified', { fingerprint: FINGERPRINT }, { fingerprint: FINGERPRINT }, 'conflict'],
    [
      'verified',
      { fingerprint: '18d29b66-d358-5f36-81a9-bdfcf8b73786', verifiedAt: 1 },
      { fingerprint: '' },
      'conflict',
    ],
    ['never, with too short a fingerprint,', {}, { fingerprint: '1234567890123456' }, 'invalid_input'],
  ])('does not send an ensure again when the contact is %s', async (_, existing, request, code) => {
    const { client, vendor } = apiSetup()
    vendor.seed([existing])
    const error = await failure(client.ensure(request))
    expect(error).toMatchObject({ code, status: 500, vendorCode: 'GENERIC_ERROR', retryable: false })
    expect(vendor.requests).toHaveLength(1)
  })

  it('says forbidden for the record of another account, reading and writing', async () => {
    const { client, vendor } = apiSetup()
    const [other] = vendor.seed([{ name: 'Ana' }], 'other')
    const id = other?.id ?? ''
    const refused = { code: 'forbidden', status: 403, vendorCode: 'NOT_AUTHORIZED' }
    expect(await failure(client.fetch(id))).toMatchObject(refused)
    expect(await failure(client.update(id, { name: 'Bea' }))).toMatchObject(refused)
    expect(await failure(client.delete(id))).toMatchObject(refused)
  })

  it('says unauthenticated where something removes the credential: 401 for reads, 403 for writes', async () => {
    const { vendor } = apiSetup()
    const { client } = apiSetup({
      fetch: (input, init) => {
        const headers = new Headers(init?.headers)
        headers.delete('authorization')
        return vendor.fetch(input instanceof Request ? input.url : input, { ...init, headers })
      },
    })
    expect(await failure(client.list())).toMatchObject({ code: 'unauthenticated', status: 401 })
    expect(await failure(client.create({}))).toMatchObject({ code: 'unauthenticated', status: 403 })
    expect(await failure(client.ensure({ fingerprint: FINGERPRINT }))).toMatchObject({
      code: 'unauthenticated',
      status: 403,
      message: expect.stringContaining('authorization header'),
    })
  })

  it('says rate_limited for too many listings', async () => {
    const { client } = apiSetup({ retry: false }, { chatbotkit: { pollLimit: 1 } })
    await client.list()
    expect(await failure(client.list())).toMatchObject({ code: 'rate_limited', vendorCode: 'LIMITS_REACHED' })
    expect(await failure(collect(client.list().stream()))).toMatchObject({ code: 'rate_limited' })
  })

  it('sees the error in a 200', async () => {
    const { client, vendor } = apiSetup({ retry: false })
    const [ana] = vendor.seed([{ name: 'Ana' }])
    vendor.faults.add({ errorObject: true, times: 3 })
    const expected = { code: 'unavailable', status: 200, vendorCode: 'GENERIC_ERROR', retryable: true }
    expect(await failure(client.list())).toMatchObject({ ...expected, operation: 'listContacts' })
    expect(await failure(client.fetch(ana?.id ?? ''))).toMatchObject({
      ...expected,
      operation: 'fetchContact',
    })
    expect(await failure(collect(client.list().stream()))).toMatchObject({ code: 'unavailable' })
  })

  it.each([
    ['a page', (client: Client) => client.list()],
    ['a contact', (client: Client) => client.fetch('c1')],
    ['a stream', (client: Client) => collect(client.list().stream())],
    ['a streamed contact', (client: Client) => collect(client.fetch('c1').stream())],
    ['a write', (client: Client) => client.update('c1', {})],
  ])('takes a page of HTML for no answer: %s', async (_, run) => {
    const { client, vendor } = apiSetup({ retry: false })
    vendor.faults.add({ html: true, status: 200 })
    expect(await failure(run(client))).toMatchObject({ code: 'bad_response' })
    vendor.faults.add({ html: true })
    expect(await failure(run(client))).toMatchObject({ code: 'unavailable', status: 502 })
  })

  it('takes another kind of answer with nothing in it for no listing', async () => {
    for (const type of ['text/html', '']) {
      const { client } = apiSetup({
        fetch: async () => new Response('', { headers: { 'content-type': type } }),
      })
      expect(await failure(collect(client.list().stream()))).toMatchObject({ code: 'bad_response' })
    }
  })

  it('releases the connection of an answer of another kind', async () => {
    let released = false
    const body = new ReadableStream({
      cancel() {
        released = true
      },
    })
    const { client } = apiSetup({
      fetch: async () => new Response(body, { headers: { 'content-type': 'text/html' } }),
    })
    expect(await failure(collect(client.list().stream()))).toMatchObject({ code: 'bad_response' })
    expect(released).toBe(true)
  })

  it.each([
    ['createContact', (client: Client) => client.create({})],
    ['updateContact', (client: Client) => client.update('c1', {})],
    ['verifyContactSecret', (client: Client) => client.secret.verify('c1', 's1')],
  ])('takes an answer without an id for none: %s', async (operation, run) => {
    const { client } = apiSetup({ fetch: async () => Response.json({ status: 'ok' }) })
    expect(await failure(run(client))).toMatchObject({ code: 'bad_response', operation })
  })
})

describe('settings of one call', () => {
  it('limit an attempt, and the whole call', async () => {
    const { clock, asked } = observedClock()
    const { client } = apiSetup({ clock })
    await client.list({}, { timeoutMs: 40_000, deadlineMs: 50_000 })
    await collect(client.list({}, { timeoutMs: 60_000 }).stream())
    expect(asked.filter((ms) => ms >= 30_000)).toEqual(expect.arrayContaining([40_000, 50_000, 60_000]))
    expect(asked).not.toContain(30_000)
  })

  it('end a call whose deadline leaves no time for the wait', async () => {
    const { client, vendor, clock } = apiSetup()
    vendor.faults.add({ retryAfter: 40 })
    expect(await failure(client.list({}, { deadlineMs: 35_000 }))).toMatchObject({ code: 'rate_limited' })
    expect(clock.waits).toEqual([])
  })
})

describe('repetitions', () => {
  it.each([
    ['fetch', true, (client: Client, id: string) => client.fetch(id)],
    ['list', true, (client: Client) => client.list()],
    ['update', true, (client: Client, id: string) => client.update(id, { name: 'B' })],
    ['ensure', true, (client: Client) => client.ensure({ fingerprint: FINGERPRINT })],
    ['create', false, (client: Client) => client.create({ name: 'B' })],
    [
      'ensure without a fingerprint',
      false,
      (client: Client) => client.ensure({ fingerprint: '', name: 'B' }),
    ],
  ])('%s is sent again after its answer was lost: %s', async (_, again, run) => {
    const { client, vendor } = apiSetup()
    const [ana] = vendor.seed([{ name: 'Ana' }])
    for (const fault of [{ cut: 'answer' as const }, { status: 503, applied: true }]) {
      vendor.requests.clear()
      vendor.faults.add(fault)
      if (again) await run(client, ana?.id ?? '')
      else expect(await failure(run(client, ana?.id ?? ''))).toMatchObject({ retryable: false })
      expect(vendor.requests).toHaveLength(again ? 2 : 1)
    }
  })

  it('creates one contact, not two', async () => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ cut: 'answer' })
    expect(await failure(client.create({ name: 'Ana' }))).toMatchObject({
      code: 'network',
      message: expect.stringContaining('may have been applied'),
    })
    expect(vendor.contacts).toHaveLength(1)
  })

  it('tells that a delete was repeated, and found nothing left', async () => {
    const { client, vendor } = apiSetup()
    const [ana] = vendor.seed([{ name: 'Ana' }])
    vendor.faults.add({ cut: 'answer' })
    let repeated = 0
    const onRetry = (): void => {
      repeated++
    }
    expect(await failure(client.delete(ana?.id ?? '', { onRetry }))).toMatchObject({ code: 'not_found' })
    expect(repeated).toBe(1)
    expect(vendor.contacts).toHaveLength(0)
  })

  it('repeats what the caller knows to be safe', async () => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ status: 503, times: 2 })
    await client.create({ name: 'Ana' }, { idempotent: true })
    expect(vendor.requests).toHaveLength(3)
    vendor.faults.add({ status: 503 })
    expect(await failure(client.list({}, { idempotent: false }))).toMatchObject({ code: 'unavailable' })
  })
})

describe('streams', () => {
  it('give everything in one request', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed(people(250))
    const items = await collect(client.list().stream())
    expect(items.map(({ data }) => data.name)).toEqual(newestFirst(250))
    expect(new Set(items.map(({ type }) => type))).toEqual(new Set(['item']))
    expect(vendor.requests.map(({ headers }) => headers.accept)).toEqual(['application/jsonl'])
  })

  it('are empty for an empty account', async () => {
    const { client } = apiSetup()
    expect(await collect(client.list().stream())).toEqual([])
  })

  it('begin after a cursor', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed(people(5))
    const { cursor } = await client.list({ take: 2 })
    const rest = await collect(client.list({ cursor }).stream())
    expect(rest.map(({ data }) => data.name)).toEqual(newestFirst(5).slice(2))
    expect(await collect(client.list({ cursor: ' ' }).stream())).toHaveLength(5)
  })

  it.each([
    ['cut between lines', { cut: { afterLines: 60 } }],
    ['cut in the middle of a line, and of a character', { cut: { afterBytes: 5003 } }],
    ['truncated', { truncateBytes: 5001 }],
    ['ended by an error line', { lateError: { afterItems: 60 } }],
    ['in pieces of a few bytes', { chunkBytes: 7 }],
    ['with keep-alive lines', { nopEvery: 3 }],
  ])('lose and double nothing when %s', async (_, fault) => {
    const { client, vendor } = apiSetup()
    vendor.seed(people(150))
    vendor.faults.add(fault)
    const items = await collect(client.list().stream())
    expect(items.map(({ data }) => data.name)).toEqual(newestFirst(150))
  })

  it('are resumed after waits like those between attempts', async () => {
    const { client, vendor, clock } = apiSetup({ retryDelay: 1000 })
    vendor.seed(people(5))
    vendor.faults.add({ lateError: { afterItems: 0 }, times: 2 })
    expect(await collect(client.list().stream())).toHaveLength(5)
    expect(clock.waits).toEqual([500, 1000])
    vendor.faults.add({ lateError: { afterItems: 2 } })
    expect(await failure(collect(client.extend({ retry: false }).list().stream()))).toMatchObject({
      code: 'unavailable',
    })
  })

  it('throw at last, and never end in silence', async () => {
    const { client, vendor } = apiSetup({ retries: 1 })
    vendor.seed(people(5))
    vendor.faults.add({ lateError: { afterItems: 0 }, times: Number.POSITIVE_INFINITY })
    expect(await failure(collect(client.list().stream()))).toMatchObject({ code: 'unavailable' })
    expect(vendor.requests).toHaveLength(2)
  })

  it('release the connection when the consumer stops', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed(people(300))
    for await (const _ of client.list().stream()) break
    expect(vendor.openStreams).toBe(0)
  })

  it('end with the signal’s reason, and release the connection', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed(people(300))
    for (const abort of ['abortSignal', 'call']) {
      const controller = new AbortController()
      const { signal } = controller
      vendor.faults.add({ stall: { afterLines: 5 } })
      const stream =
        abort === 'call'
          ? client.list({}, { signal }).stream({ abortSignal: new AbortController().signal })
          : client.list({}, { signal: new AbortController().signal }).stream({ abortSignal: signal })
      const seen: string[] = []
      const error = await failure(
        (async () => {
          for await (const { data } of stream) {
            seen.push(data.name ?? '')
            if (seen.length === 5) controller.abort('enough')
          }
        })(),
      )
      expect(error).toBe('enough')
      expect(seen).toEqual(newestFirst(300).slice(0, 5))
      expect(vendor.openStreams).toBe(0)
    }
  })

  it('give the one contact of a fetch', async () => {
    const { client, vendor } = apiSetup()
    const [ana] = vendor.seed([{ name: 'Ana' }])
    expect(await collect(client.fetch(ana?.id ?? '').stream())).toMatchObject([{ name: 'Ana' }])
    expect(await failure(collect(client.fetch('nope').stream()))).toMatchObject({ code: 'not_found' })
    vendor.faults.add({ errorObject: true })
    expect(await failure(collect(client.fetch(ana?.id ?? '').stream()))).toMatchObject({
      code: 'unavailable',
    })
  })
})
