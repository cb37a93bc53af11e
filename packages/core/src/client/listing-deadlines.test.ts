import { describe, expect, it } from 'vitest'
import type { AdapterContext } from '../adapter/context.ts'
import { defineAdapter } from '../adapter/define-adapter.ts'
import type { AdapterListQuery } from '../adapter/pages.ts'
import { createTestClock, failure, type TestClock } from '../adapter-kit/test-clock.ts'
import { createHttpClient } from '../http/client.ts'
import { readLines } from '../http/stream.ts'
import type { FetchFunction } from '../http/types.ts'
import type { Contact } from '../model/contact.ts'
import { createContacts } from './create-contacts.ts'

const list = {
  mode: 'native',
  pagination: 'page',
  maxPageSize: 2,
  complete: true,
  total: true,
  where: {},
  orderBy: [],
} as const

const toContact = (id: string): Contact => ({
  provider: 'slow',
  id,
  email: `${id}@example.com`,
  contactMethods: [],
  customFields: {},
  raw: id,
})

/** Ten contacts, two a page, from a server that takes its time, page by page. */
function slow(clock: TestClock, tookMs: (page: number) => number) {
  const contexts: AdapterContext[] = []
  const adapter = defineAdapter({
    specVersion: 1,
    provider: 'slow',
    capabilities: {
      list,
      get: { mode: 'native', by: ['id'], scan: ['email'] },
      find: { mode: 'native', by: ['id'], scan: ['email'] },
      search: { mode: 'emulated' },
      count: { mode: 'emulated' },
    },
    api: undefined,
    async list({ cursor = '0' }: AdapterListQuery, context) {
      contexts.push(context)
      const page = Number(cursor)
      await clock.sleep(tookMs(page), context.call.signal)
      const items = [page * 2, page * 2 + 1].map((at) => toContact(`c${at}`))
      return { items, ...(page < 4 && { nextCursor: String(page + 1) }) }
    },
    get: async ({ value }) => toContact(value),
  })
  return { contacts: createContacts(adapter, { clock }), contexts }
}

describe('the deadline of a listing', () => {
  it('counts for each page by itself', async () => {
    const clock = createTestClock()
    const { contacts, contexts } = slow(clock, () => 700)
    const startedAt = clock.now()
    const all = await clock.settle(contacts.list({ deadlineMs: 1_000 }).toArray())
    expect(all).toHaveLength(10)
    expect(clock.now() - startedAt).toBe(3_500)
    const scopes = contexts.map(({ call }) => call)
    expect(new Set(scopes).size).toBe(5)
    expect(scopes.map(({ endsAt }) => endsAt - startedAt)).toEqual([1_000, 1_700, 2_400, 3_100, 3_800])
    // No timer of theirs is left.
    expect(clock.pending).toBe(0)
  })

  it('ends the page that takes longer, and the listing with it', async () => {
    const clock = createTestClock()
    const { contacts } = slow(clock, (page) => (page === 2 ? 1_001 : 900))
    const seen: string[] = []
    const reading = async (): Promise<void> => {
      for await (const { id } of contacts.list({ deadlineMs: 1_000 })) seen.push(id)
    }
    expect(await clock.settle(failure(reading()))).toMatchObject({
      code: 'timeout',
      provider: 'slow',
      operation: 'list',
      applied: 'no',
      message: expect.stringContaining('`deadlineMs` of 1000 ms'),
    })
    expect(seen).toEqual(['c0', 'c1', 'c2', 'c3'])
    expect(clock.pending).toBe(0)
  })

  it('counts for the one page that is awaited', async () => {
    const clock = createTestClock()
    const { contacts } = slow(clock, () => 1_001)
    for (const page of [contacts.list({ deadlineMs: 1_000 }), contacts.search('c', { deadlineMs: 1_000 })]) {
      const startedAt = clock.now()
      expect(await clock.settle(failure(page))).toMatchObject({ code: 'timeout' })
      expect(clock.now() - startedAt).toBe(1_000)
    }
  })
})

describe('the deadline of a call that reads the listing', () => {
  it.each(['find', 'count'] as const)('counts for all pages of %s together', async (operation) => {
    const clock = createTestClock()
    const { contacts, contexts } = slow(clock, () => 300)
    const run = (deadlineMs: number): Promise<unknown> =>
      operation === 'count'
        ? contacts.count({ deadlineMs })
        : contacts.find({ email: 'c9@example.com' }, { scan: true, deadlineMs })
    const startedAt = clock.now()
    expect(await clock.settle(failure(run(1_000)))).toMatchObject({ code: 'timeout', operation })
    expect(clock.now() - startedAt).toBe(1_000)
    // Four pages were begun, each of which would have had time enough for itself.
    expect(contexts.map(({ call }) => call.endsAt - startedAt)).toEqual([1_000, 1_000, 1_000, 1_000])
    expect(contexts.at(-1)?.call.signal.aborted).toBe(true)
    expect(clock.pending).toBe(0)
    expect(await clock.settle(run(2_000))).toEqual(operation === 'count' ? 10 : toContact('c9'))
    expect(clock.pending).toBe(0)
  })
})

describe('the deadline of a streamed listing', () => {
  /** A server whose headers, and each of whose lines, take their time. */
  function streaming(clock: TestClock, headersMs: number, lineMs: number) {
    const lines = ['c0', 'c1', 'c2', 'c3']
    const fetch: FetchFunction = async (_, init) => {
      await clock.sleep(headersMs, init?.signal ?? undefined)
      const rest = [...lines]
      const body = new ReadableStream({
        async pull(controller) {
          await clock.sleep(lineMs)
          const line = rest.shift()
          if (line === undefined) controller.close()
          else controller.enqueue(new TextEncoder().encode(`${line}\n`))
        },
      })
      return new Response(body)
    }
    const options = { fetch, clock, timeoutMs: 60_000 }
    const http = createHttpClient({ ...options, provider: 'slow', defaultBaseUrl: 'https://slow.test' })
    const adapter = defineAdapter({
      specVersion: 1,
      provider: 'slow',
      capabilities: { list: { ...list, pagination: 'cursor', streaming: true } },
      api: undefined,
      list: async () => ({ items: [] }),
      async *stream(_: AdapterListQuery, { call }) {
        const { data } = await http.stream({ call, method: 'GET', path: '/contacts' })
        for await (const batch of readLines(data)) yield batch.lines.map(toContact)
      },
    })
    return createContacts(adapter, { clock })
  }

  it('counts up to the headers, however long the rest takes', async () => {
    const clock = createTestClock()
    const startedAt = clock.now()
    const all = await clock.settle(streaming(clock, 900, 700).list({ deadlineMs: 1_000 }).toArray())
    expect(all.map(({ id }) => id)).toEqual(['c0', 'c1', 'c2', 'c3'])
    expect(clock.now() - startedAt).toBe(900 + 5 * 700)
    expect(clock.pending).toBe(0)
  })

  it('ends one whose headers take longer', async () => {
    const clock = createTestClock()
    const startedAt = clock.now()
    const listing = streaming(clock, 1_001, 1).list({ deadlineMs: 1_000, retry: false })
    expect(await clock.settle(failure(listing.toArray()))).toMatchObject({
      code: 'timeout',
      operation: 'list',
    })
    expect(clock.now() - startedAt).toBe(1_000)
  })
})
