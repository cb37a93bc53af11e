import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup, collect } from '../testing/api-setup.ts'
import { ResponsePromise } from './response-promise.ts'

/** A source that counts what is asked of it, and fails as often as told. */
function counted(failures = 0): {
  promise: () => ResponsePromise<number, string>
  loads: number
  streams: number
} {
  const cacheMap = new Map<string, Promise<unknown>>()
  const counts = {
    loads: 0,
    streams: 0,
    promise: () =>
      new ResponsePromise<number, string>({
        cacheMap,
        cacheKey: () => ['request'],
        load: async () => {
          counts.loads++
          if (counts.loads <= failures) throw new Error(`failure ${counts.loads}`)
          return counts.loads
        },
        async *stream() {
          counts.streams++
          yield ['a']
          yield ['b']
        },
      }),
  }
  return counts
}

describe('ResponsePromise', () => {
  it('sends nothing before it is asked', async () => {
    const { client, vendor } = apiSetup()
    const promise = client.list()
    const stream = promise.stream()
    await Promise.resolve()
    expect(vendor.requests).toHaveLength(0)
    await promise
    await stream.next()
    // The stream makes sure that it was the end.
    expect(vendor.requests).toHaveLength(3)
  })

  it('is sent once, however often it is awaited', async () => {
    const { client, vendor } = apiSetup()
    const promise = client.list()
    expect(await Promise.all([promise, promise, promise.then(({ items }) => items)])).toEqual([
      { items: [] },
      { items: [] },
      [],
    ])
    expect(vendor.requests).toHaveLength(1)
  })

  it('is a promise', async () => {
    const { promise } = counted()
    const asPromise: Promise<number> = promise()
    expect(await asPromise).toBe(1)
    expect(String(asPromise)).toBe('[object ResponsePromise]')
    const settled: string[] = []
    expect(await promise().finally(() => settled.push('done'))).toBe(2)
    expect(settled).toEqual(['done'])
  })

  it('rejects like one', async () => {
    const { promise } = counted(4)
    expect(await failure(promise())).toMatchObject({ message: 'failure 1' })
    expect(await promise().catch((error) => String(error))).toBe('Error: failure 2')
    expect(await failure(promise().finally(() => {}))).toMatchObject({ message: 'failure 3' })
    expect(
      await promise().then(
        () => 'resolved',
        () => 'rejected',
      ),
    ).toBe('rejected')
  })

  it('streams anew each time', async () => {
    const counts = counted()
    const promise = counts.promise()
    expect(await collect(promise.stream())).toEqual(['a', 'b'])
    expect(await collect(promise.stream())).toEqual(['a', 'b'])
    expect(counts).toMatchObject({ streams: 2, loads: 0 })
  })

  it('keeps answers by request and key', async () => {
    const counts = counted()
    expect(await counts.promise().cache()).toBe(1)
    expect(await counts.promise().cache()).toBe(1)
    expect(await counts.promise().cache('other')).toBe(2)
    expect(await counts.promise()).toBe(3)
    expect(counts.loads).toBe(3)
  })

  it('keeps no failure', async () => {
    const { promise } = counted(1)
    const together = await Promise.allSettled([promise().cache(), promise().cache()])
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await promise().cache()).toBe(2)
    expect(await promise().cache()).toBe(2)
  })

  it('tells requests of one client apart in the cache', async () => {
    const { client, vendor } = apiSetup()
    const [ana] = vendor.seed([{ name: 'Ana' }, { name: 'Bea' }])
    const id = ana?.id ?? ''
    expect((await client.list({ take: 1 }).cache()).items).toHaveLength(1)
    expect((await client.list({ take: 2 }).cache()).items).toHaveLength(2)
    expect((await client.fetch(id).cache()).name).toBe('Ana')
    vendor.seedTasks(id, [{ name: 'call back' }])
    expect((await client.conversation.list(id).cache()).items).toEqual([])
    expect((await client.task.list(id).cache()).items).toHaveLength(1)
    const raw = (take: number): Promise<{ items: unknown[] }> =>
      client.clientFetch<{ items: unknown[] }, never>('/api/v1/contact/list', { query: { take } }).cache()
    expect((await raw(1)).items).toHaveLength(1)
    expect((await raw(2)).items).toHaveLength(2)
    vendor.requests.clear()
    await client.list({ take: 1 }).cache()
    await client.fetch(id).cache()
    await raw(2)
    expect(vendor.requests).toHaveLength(0)
  })

  it('keeps no answer to an upload', async () => {
    const { client, vendor } = apiSetup({ retry: false })
    const upload = (): Promise<unknown> =>
      failure(client.clientFetch('/api/v1/contact/create', { buffer: new ArrayBuffer(2) }).cache())
    await upload()
    await upload()
    expect(vendor.requests).toHaveLength(2)
  })
})
