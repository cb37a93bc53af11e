import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup, collect } from '../../testing/api-setup.ts'
import { people } from '../../testing/records.ts'

const newestFirst = (count: number): string[] =>
  people(count)
    .map(({ name }) => name)
    .reverse()

describe('streams', () => {
  it('give everything in one answer, and ask once more whether it was all', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed(people(250))
    const items = await collect(client.list().stream())
    expect(items.map(({ data }) => data.name)).toEqual(newestFirst(250))
    expect(new Set(items.map(({ type }) => type))).toEqual(new Set(['item']))
    expect(vendor.requests.map(({ headers }) => headers.accept)).toEqual([
      'application/jsonl',
      'application/json',
    ])
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

  it.each([
    [true, 3],
    [false, 1],
  ])('are resumed after a silence, with retryTimeout %s: %i requests', async (retryTimeout, requests) => {
    const { client, vendor, clock } = apiSetup({ timeout: 40_000, retryTimeout })
    vendor.seed(people(10))
    vendor.faults.add({ stall: { afterLines: 5 } })
    const read = client.list().stream()
    const reading = collect(read).catch((error: unknown) => error)
    const result = await clock.settle(reading)
    if (retryTimeout) expect(result).toHaveLength(10)
    else expect(result).toMatchObject({ code: 'timeout' })
    expect(vendor.requests).toHaveLength(requests)
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
