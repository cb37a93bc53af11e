import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { at, scattered, uuid } from './testing/scattered.ts'
import { setup } from './testing/setup.ts'

/** How the emulated vendor is asked to sort by client. */
const BY_CLIENT = [{ field: 'clientId', direction: 'asc' }]

const omitClient = ({ clientId: _clientId, ...rest }: Readonly<Record<string, unknown>>): unknown => rest

describe('listing: failures and odd answers', () => {
  it('a page that fails is asked for again', async () => {
    const { contacts, vendor } = setup({ retry: { attempts: 6 } })
    vendor.seed(scattered(400))
    vendor.faults.add({ path: '/list', skip: 2, cut: { afterBytes: 5000 } })
    vendor.faults.add({ path: '/list', skip: 2, html: true })
    vendor.faults.add({ path: '/list', skip: 2, truncateBytes: 4000 })
    vendor.faults.add({ path: '/list', skip: 2, retryAfter: 1 })
    const listed = await contacts.list().toArray()
    expect(new Set(listed.map(({ id }) => id)).size).toBe(400)
    expect(listed).toHaveLength(400)
  })

  it('of ids, what is none is no client; a refusal of one that is fails the listing', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ clientId: uuid(1), type: 'fax', value: '1' }])
    const listed = (id: string) => contacts.list({ where: { id: { in: [uuid(1), id] } } }).toArray()
    vendor.faults.add({ path: '/clients/none/contact-methods', status: 400, body: { message: 'Invalid id' } })
    expect(await listed('none')).toHaveLength(1)
    vendor.faults.add({
      path: `/clients/${uuid(2)}/contact-methods`,
      status: 400,
      body: { message: 'Invalid request' },
    })
    expect(await failure(listed(uuid(2)))).toMatchObject({ code: 'invalid_input', status: 400 })
  })

  it('a record that cannot be read is treated as onInvalid says', async () => {
    const broken = { path: '/list', malformed: { index: 1, record: omitClient } } as const
    const strict = setup()
    strict.vendor.seed(scattered(5))
    strict.vendor.faults.add(broken)
    expect(await failure(strict.contacts.list().toArray())).toMatchObject({
      code: 'bad_response',
      issues: [{ path: 'data.1.clientId' }],
    })
    const warnings: unknown[] = []
    const lenient = setup({ onInvalid: 'skip', onWarning: (warning) => void warnings.push(warning) })
    lenient.vendor.seed(scattered(5))
    lenient.vendor.faults.add(broken)
    await lenient.contacts.list().toArray()
    expect(warnings).toMatchObject([{ code: 'invalid_record' }])
  })

  it.each([
    ['sorted', BY_CLIENT],
    ['unsorted', false],
  ])('with onInvalid, a record that is always broken fails nothing (%s)', async (_, sortedByClient) => {
    const { vendor } = setup()
    vendor.seed(scattered(300))
    const broken = new Set(vendor.contactMethods.filter((_method, n) => n % 50 === 0).map(({ id }) => id))
    const fetch: typeof vendor.fetch = async (...request) => {
      const response = await vendor.fetch(...request)
      const text = await response.text()
      const body = JSON.parse(text, (_key, value) =>
        broken.has(value?.id) ? { ...value, value: null } : value,
      )
      return Response.json(body, { status: response.status })
    }
    const { contacts } = setup({ fetch, sortedByClient, onInvalid: 'skip' })
    const strict = setup({ fetch, sortedByClient }).contacts
    const methods = { walked: 0, paged: 0 }
    for await (const contact of contacts.list()) methods.walked += contact.contactMethods.length
    for await (const page of contacts.list({ pageSize: 20 }).pages()) {
      for (const contact of page.items) methods.paged += contact.contactMethods.length
    }
    const readable = vendor.contactMethods.length - broken.size
    expect(methods).toEqual({ walked: readable, paged: readable })
    expect(await failure(strict.list().toArray())).toMatchObject({ code: 'bad_response' })
  })

  it.each([
    ['sorted', BY_CLIENT],
    ['unsorted', false],
  ])('cursors that go in a circle end it (%s), and every other walk', async (_, sortedByClient) => {
    const method = { type: 'email', value: 'a@example.com', isPrimary: true, createdAt: at(0) }
    let pages = 0
    const { contacts } = setup({
      sortedByClient,
      fetch: async () => {
        pages++
        if (pages > 40) throw new Error('It does not end.')
        const data = [{ ...method, id: `m${pages}`, clientId: uuid(1) }]
        return Response.json({ data, pagination: { hasMore: true, nextCursor: `c${pages % 2}` } })
      },
    })
    const walks = [
      () => contacts.list().toArray(),
      () => contacts.get(uuid(1)),
      () => contacts.find({ email: 'a@example.com' }),
      () => contacts.list({ where: { id: uuid(1) } }).toArray(),
    ]
    for (const walk of walks) {
      pages = 0
      expect(await failure(walk())).toMatchObject({ code: 'bad_response' })
    }
  })

  it.each([
    ['sorted', BY_CLIENT],
    ['unsorted', false],
  ])('pages without end that have nothing end it (%s), and every other walk', async (_, sortedByClient) => {
    let pages = 0
    const { contacts } = setup({
      sortedByClient,
      fetch: async () => {
        pages++
        if (pages > 3_000) throw new Error('It does not end.')
        return Response.json({ data: [], pagination: { hasMore: true, nextCursor: `c${pages}` } })
      },
    })
    const walks = [
      () => contacts.list().toArray(),
      () => contacts.list({ pageSize: 5 }),
      () => contacts.list({ pageSize: 5 }).toArray(),
      () => contacts.get(uuid(1)),
      () => contacts.find({ email: 'a@example.com' }),
      () => contacts.list({ where: { id: uuid(1) } }).toArray(),
      () => contacts.api.contactMethods.iterate().next(),
    ]
    for (const walk of walks) {
      pages = 0
      expect(await failure(walk())).toMatchObject({ code: 'bad_response' })
    }
  })

  it('pages whose records are all skipped do not', async () => {
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      const { cursor = 0 } = JSON.parse(String(init?.body))
      const data = [{ id: 'm', clientId: null }]
      const hasMore = Number(cursor) < 50
      return Response.json({
        data,
        pagination: { hasMore, nextCursor: hasMore ? `${Number(cursor) + 1}` : null },
      })
    }
    const { items } = await setup({ onInvalid: 'skip', fetch }).contacts.list({ pageSize: 5 })
    expect(items).toEqual([])
  })

  it('a cursor of another listing is refused', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(scattered(300))
    const all = await contacts.list({ pageSize: 10 })
    const { nextCursor: byIds } = await contacts.list({
      pageSize: 1,
      where: { id: { in: [uuid(1), uuid(2)] } },
    })
    for (const query of [
      { cursor: 'x' },
      { cursor: '{"i":0}' },
      { cursor: byIds },
      { cursor: all.nextCursor, where: { id: uuid(1) } },
    ]) {
      expect(await failure(contacts.list(query))).toMatchObject({ code: 'invalid_input' })
    }
  })

  it.each(['null', 'absent', 'given'] as const)('the last cursor (%s) ends a listing', async (lastCursor) => {
    const { contacts, vendor } = setup({}, { lastCursor })
    vendor.seed(scattered(10))
    expect((await contacts.list()).nextCursor).toBeUndefined()
  })

  it('a filter that names what cannot be an id matches nothing', async () => {
    const { contacts, vendor } = setup({}, { ids: 'uuid' })
    vendor.seed(scattered(5))
    expect(await contacts.list({ where: { id: { in: ['no uuid', uuid(1)] } } }).toArray()).toMatchObject([
      { id: uuid(1) },
    ])
    expect(await contacts.list({ where: { id: 'no uuid' } }).toArray()).toEqual([])
  })

  it('what is deleted while it is listed is left out', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(scattered(300))
    const first = await contacts.list({ pageSize: 100 })
    await contacts.deleteMany([uuid(1), uuid(2), uuid(3)])
    const rest = await contacts.list({ cursor: first.nextCursor }).toArray()
    const ids = [...first.items, ...rest].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(297)
  })

  it('a wrong path for reading clients is told, and no contact left out', async () => {
    const endpoints = { listByClient: '/v9/clients/{clientId}/contact-methods' }
    const { contacts, vendor } = setup({ endpoints })
    vendor.seed(scattered(300))
    expect(await failure(contacts.list().toArray())).toMatchObject({
      code: 'config',
      message: expect.stringContaining('endpoints.listByClient'),
    })
    expect(await failure(contacts.list({ where: { id: uuid(1) } }))).toMatchObject({ code: 'config' })
  })

  it('an abort ends it with its reason', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(scattered(400))
    const controller = new AbortController()
    const run = async () => {
      for await (const _ of contacts.list({ signal: controller.signal })) controller.abort('enough')
    }
    await expect(run()).rejects.toBe('enough')
  })

  it('the deadline is for the whole call', async () => {
    const { contacts, vendor, clock } = setup({ deadlineMs: 5000 })
    vendor.seed(scattered(400))
    vendor.faults.add({ path: '/contact-methods', retryAfter: 4 })
    const get = contacts.list({ pageSize: 10 })
    expect(await failure(get)).toMatchObject({ code: expect.stringMatching(/timeout|rate_limited/) })
    expect(clock.waits.length).toBeLessThanOrEqual(1)
  })
})
