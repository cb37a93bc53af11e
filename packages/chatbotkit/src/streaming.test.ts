import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { names, newestFirst, records } from './testing/records.ts'
import { setup } from './testing/setup.ts'

describe('iterating', () => {
  it('is one streamed answer, whatever the number, and one request to make sure that it was all', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(records(1234))
    expect(await names(contacts.list())).toEqual(newestFirst(1234))
    expect(vendor.requests.map(({ headers, query }) => [headers.accept, query])).toEqual([
      ['application/jsonl', {}],
      ['application/json', { cursor: records(2)[1]?.id, take: '2' }],
    ])
    expect(requests()).toEqual(['GET list', 'GET list'])
  })

  it.each([1, 2, 3, 99, 100, 101, 200])('needs one more request for %i contacts', async (count) => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(records(count))
    expect(await names(contacts.list())).toEqual(newestFirst(count))
    expect(requests()).toEqual(['GET list', 'GET list'])
  })

  it('is empty for an empty account', async () => {
    const { contacts, requests } = setup()
    expect(await names(contacts.list())).toEqual([])
    expect(requests()).toEqual(['GET list', 'GET list'])
  })

  it('reaches every contact when each is deleted as it passes', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(350))
    const seen: (string | undefined)[] = []
    for await (const contact of contacts.list()) {
      seen.push(contact.name)
      await contacts.delete(contact)
    }
    expect(seen).toEqual(newestFirst(350))
    expect(vendor.contacts).toEqual([])
  })

  it('keeps characters whole that a chunk border cuts', async () => {
    const { contacts, vendor } = setup()
    const name = 'Zoë 李小龍 محمد 👩‍👩‍👧 ñ'
    vendor.seed(records(30).map((record) => ({ ...record, name })))
    for (const chunkBytes of [1, 2, 3, 5, 7, 11]) {
      vendor.faults.add({ path: '/list', chunkBytes })
      expect(await names(contacts.list())).toEqual(Array.from({ length: 30 }, () => name))
    }
  })

  it('passes over nop lines', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(5))
    vendor.faults.add({ path: '/list', nopEvery: 1 })
    expect(await names(contacts.list())).toEqual(newestFirst(5))
  })

  it('resumes after a cut anywhere, nothing lost or doubled', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(250))
    const total = newestFirst(250)
    for (const afterBytes of [0, 1, 300, 5_000, 20_000, 40_000]) {
      vendor.faults.add({ path: '/list', cut: { afterBytes } })
      expect(await names(contacts.list())).toEqual(total)
    }
    for (const afterLines of [0, 1, 99, 100, 101, 249]) {
      vendor.faults.add({ path: '/list', cut: { afterLines } })
      expect(await names(contacts.list())).toEqual(total)
    }
  })

  it('resumes after the last line when the end is torn but clean', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(20))
    vendor.faults.add({ path: '/list', truncateBytes: 2_000 })
    expect(await names(contacts.list())).toEqual(newestFirst(20))
  })

  it('resumes after several cuts, as long as there is progress', async () => {
    const { contacts, vendor, clock } = setup()
    vendor.seed(records(60))
    vendor.faults.add({ path: '/list', times: 20, cut: { afterLines: 3 } })
    expect(await names(contacts.list())).toEqual(newestFirst(60))
    expect(clock.waits.length).toBeGreaterThanOrEqual(19)
  })

  it('resumes in the other order', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(60))
    vendor.faults.add({ path: '/list', cut: { afterLines: 5 } })
    const oldest = contacts.list({ orderBy: { field: 'createdAt' } })
    expect(await names(oldest)).toEqual(records(60).map(({ name }) => name))
    expect(vendor.requests.map(({ query: sent }) => sent.order)).toEqual(['asc', 'asc', 'asc'])
  })

  it('resumes with a filter, at the row before the last, which may have left it', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(60))
    vendor.faults.add({ path: '/list', cut: { afterLines: 5 } })
    const expected = records(60).filter(({ meta }) => meta.plan === 'pro')
    const given: unknown[] = []
    for await (const { data } of contacts.api.list({ order: 'asc', meta: { plan: 'pro' } }).stream()) {
      given.push(data.id)
    }
    expect(given).toEqual(expected.map(({ id }) => id))
    expect(vendor.requests.map(({ query }) => [query['meta.plan'], query.cursor])).toEqual([
      ['pro', undefined],
      ['pro', expected[3]?.id],
      ['pro', expected.at(-2)?.id],
    ])
  })

  it('finds its place again when cut on a contact that was then deleted', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(30))
    vendor.faults.add({ path: '/list', cut: { afterLines: 10 } })
    const seen: (string | undefined)[] = []
    for await (const contact of contacts.list()) {
      seen.push(contact.name)
      await contacts.delete(contact)
    }
    expect(seen).toEqual(newestFirst(30))
  })

  it('finds its place again when contacts go away while it is looked for', async () => {
    const { contacts, vendor } = setup({
      // The second answer is the search for the place; the row that it stands on after its first page is deleted then.
      fetch: async (url, init) => {
        const request = new Request(url, init)
        if (request.headers.get('accept') === 'application/jsonl' && ++streams === 2) {
          const lines = (await (await vendor.fetch(request)).text()).split('\n').slice(0, 100)
          await contacts.delete(JSON.parse(lines[99] ?? '').data.id)
          const headers = { 'content-type': 'application/jsonl' }
          return new Response(`${lines.join('\n')}\n`, { headers })
        }
        return vendor.fetch(request)
      },
    })
    let streams = 0
    vendor.seed(records(450))
    const seen: (string | undefined)[] = []
    const pending = new Set([199])
    for await (const contact of contacts.list()) {
      seen.push(contact.name)
      if (pending.delete(seen.length - 1)) await contacts.delete(contact)
    }
    expect(streams).toBe(3)
    expect(seen).toEqual(newestFirst(450))
  })

  it('throws when cuts come without progress, never ending in silence', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(10))
    vendor.faults.add({ path: '/list', times: Number.POSITIVE_INFINITY, cut: { afterLines: 0 } })
    expect(await failure(names(contacts.list()))).toMatchObject({ code: 'network', operation: 'list' })
    expect(vendor.requests).toHaveLength(4)
  })

  it('asks no more often than the client retries when no stream begins', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ path: '/list', times: Number.POSITIVE_INFINITY, status: 503 })
    expect(await failure(names(contacts.list()))).toMatchObject({ code: 'unavailable', operation: 'list' })
    expect(vendor.requests).toHaveLength(4)
  })

  it('takes a late error line for a cut: resumes, then throws', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(10))
    vendor.faults.add({ path: '/list', lateError: { afterItems: 4 } })
    expect(await names(contacts.list())).toEqual(newestFirst(10))

    const seen: unknown[] = []
    vendor.faults.add({ path: '/list', lateError: { afterItems: 4 } })
    vendor.faults.add({ path: '/list', times: Number.POSITIVE_INFINITY, lateError: { afterItems: 0 } })
    const error = await failure(
      (async () => {
        for await (const contact of contacts.list()) seen.push(contact.name)
      })(),
    )
    expect(error).toMatchObject({ code: 'unavailable', vendorCode: 'GENERIC_ERROR' })
    expect(seen).toEqual(newestFirst(10).slice(0, 4))
  })

  it.each(['LIMITS_REACHED', 'TIMEOUT', 'GENERIC_ERROR', 'ONE_NOBODY_KNOWS'])(
    'resumes after a late %s',
    async (code) => {
      const { contacts, vendor } = setup()
      vendor.seed(records(10))
      vendor.faults.add({ path: '/list', lateError: { afterItems: 4, code, message: 'late' } })
      expect(await names(contacts.list())).toEqual(newestFirst(10))
    },
  )

  it.each([1, 2])('throws when a server of %i rows resumes from the start for ever', async (rows) => {
    const { contacts, vendor } = setup({
      fetch: (url, init) => vendor.fetch(new Request(String(url).replace(/cursor=[^&]*/, ''), init)),
    })
    vendor.seed(records(rows))
    vendor.faults.add({ path: '/list', times: 50, lateError: { afterItems: rows } })
    const seen: unknown[] = []
    const listing = (async () => {
      for await (const { name } of contacts.list()) seen.push(name)
    })()
    expect(await failure(listing)).toMatchObject({ code: 'bad_response', operation: 'list' })
    expect(seen).toEqual(newestFirst(rows))
  })

  it('does not resume a stream that holds something else', async () => {
    const { contacts, vendor } = setup({
      fetch: async (url, init) => {
        const response = await vendor.fetch(url, init)
        const { headers } = response
        return new Response(`${await response.text()}<html>\n`, { headers })
      },
    })
    vendor.seed(records(3))
    expect(await failure(names(contacts.list()))).toMatchObject({ code: 'bad_response', operation: 'list' })
    expect(vendor.requests).toHaveLength(1)
  })

  it('throws at once when told not to retry', async () => {
    const { contacts, vendor } = setup({ retry: false })
    vendor.seed(records(10))
    vendor.faults.add({ path: '/list', cut: { afterLines: 4 } })
    expect(await failure(names(contacts.list()))).toMatchObject({ code: 'network' })
    expect(vendor.requests).toHaveLength(1)
  })

  it('throws an error that comes before the first line', async () => {
    const { contacts, vendor } = setup({ secret: 'sk-wrong' })
    expect(await failure(names(contacts.list()))).toMatchObject({ code: 'unauthenticated', status: 401 })
    expect(vendor.requests).toHaveLength(1)
  })

  it('lets go of the connection when the consumer stops', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(1000))
    for await (const contact of contacts.list()) {
      expect(contact.name).toBe('Contact 999')
      expect(vendor.openStreams).toBe(1)
      break
    }
    expect(vendor.openStreams).toBe(0)
  })

  it('stops with the reason of an abort, as it is', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(1000))
    const controller = new AbortController()
    const reason = { mine: true }
    const error = await failure(
      (async () => {
        for await (const _ of contacts.list({ signal: controller.signal })) controller.abort(reason)
      })(),
    )
    expect(error).toBe(reason)
    expect(vendor.openStreams).toBe(0)
  })

  it('says where a record cannot be mapped, or skips it', async () => {
    const malformed = { index: 2, record: (record: object) => ({ ...record, email: 5 }) }
    const { contacts, vendor } = setup()
    vendor.seed(records(5))
    vendor.faults.add({ path: '/list', malformed })
    expect(await failure(names(contacts.list()))).toMatchObject({
      code: 'bad_response',
      issues: [{ path: expect.stringContaining('email') }],
    })

    const warnings: unknown[] = []
    const lenient = setup({ onInvalid: 'skip', onWarning: (warning) => warnings.push(warning) })
    lenient.vendor.seed(records(5))
    lenient.vendor.faults.add({ path: '/list', malformed })
    expect(await names(lenient.contacts.list())).toEqual(newestFirst(5).toSpliced(2, 1))
    expect(warnings).toHaveLength(1)
  })
})
