import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { type Answer, jsonAnswer, silence } from './testing/stub-fetch.ts'
import { contactsError, inCall, read, testClient, thrownError } from './testing/test-client.ts'
import type { HttpConfig, HttpRequest, RateLimitOptions } from './types.ts'

const json = { 'content-type': 'application/json' }

describe('limits', () => {
  test('no more than `concurrency` are under way, body included', async () => {
    let open = 0
    let most = 0
    const counted: Answer = () => {
      most = Math.max(most, ++open)
      let pulled = false
      return new Response(
        new ReadableStream({
          async pull(controller) {
            await nextTurn()
            if (pulled) {
              open--
              controller.close()
            } else controller.enqueue(new TextEncoder().encode('1'))
            pulled = true
          },
        }),
        { headers: json },
      )
    }
    const { http } = testClient(Array(20).fill(counted), { concurrency: 3 })
    await Promise.all(Array.from({ length: 20 }, () => http.json(read)))
    expect(most).toBe(3)
  })

  test('eight by default; one that waits for a retry holds no place', async () => {
    const { http, clock, sent } = testClient([...Array<Answer>(8).fill(silence), jsonAnswer(1)], {
      retry: false,
    })
    const silent = Array.from({ length: 8 }, () => contactsError(http.json(read)))
    const ninth = http.json(read)
    await nextTurn()
    expect(sent).toHaveLength(8)
    await clock.settle(Promise.all(silent))
    expect((await ninth).data).toBe(1)

    const other = testClient([new Response(null, { status: 503 }), jsonAnswer('b'), jsonAnswer('a')], {
      concurrency: 1,
    })
    const a = other.http.json(read)
    await nextTurn()
    expect((await other.http.json(read)).data).toBe('b')
    expect((await other.clock.settle(a)).data).toBe('a')
  })

  test('waiting for a turn is no part of an attempt’s time, however long it takes', async () => {
    const timeoutMs = 1000
    const { http, clock, sent } = testClient([jsonAnswer(1), silence], {
      rateLimit: { requests: 1, perMs: 5000 },
      timeoutMs,
      retry: false,
    })
    const startedAt = clock.now()
    await http.json(read)
    const second = contactsError(http.json(read))
    await clock.advance(4999)
    expect(sent).toHaveLength(1)
    await clock.advance(1)
    expect(sent).toHaveLength(2)
    expect(await clock.settle(second)).toMatchObject({ code: 'timeout' })
    expect(clock.now() - startedAt).toBe(5000 + timeoutMs)
  })

  test('`rateLimit` holds for attempts, not for calls', async () => {
    const { http, clock, sent } = testClient(
      [new Response(null, { status: 500 }), jsonAnswer(1), jsonAnswer(2)],
      { rateLimit: { requests: 1, perMs: 1000 }, random: () => 0 },
    )
    const startedAt = clock.now()
    await clock.settle(http.json(read))
    expect(clock.now() - startedAt).toBe(1000)
    await clock.settle(http.json(read))
    expect(clock.now() - startedAt).toBe(2000)
    expect(sent).toHaveLength(3)
  })
})

describe('limits of route groups', () => {
  const search: HttpRequest = { ...read, path: '/search', group: 'search' }
  const rateLimit = { requests: 4, perMs: 1000 }
  const groupLimits = { search: { requests: 1, perMs: 100 }, files: { requests: 1, perMs: 10 } }

  /** When each of the requests was sent, in milliseconds. */
  async function starts(requests: readonly HttpRequest[], options: Partial<HttpConfig>): Promise<number[]> {
    const answers = requests.map(
      (): Answer => () => {
        times.push(clock.now() - startedAt)
        return jsonAnswer(1)
      },
    )
    const { http, clock } = testClient(answers, options)
    const startedAt = clock.now()
    const times: number[] = []
    await clock.settle(Promise.all(requests.map((request) => http.json(request))))
    return times
  }

  test('a request takes a turn of its group, and the others do not wait for it', async () => {
    const requests = [search, search, read, search, read, { ...read, group: 'files' }]
    expect(await starts(requests, { groupLimits })).toEqual([0, 0, 0, 0, 100, 200])
  })

  test('and one of all requests', async () => {
    const requests = [read, read, search, read, search, search]
    expect(await starts(requests, { rateLimit, groupLimits })).toEqual([0, 0, 0, 0, 1000, 1100])
  })

  test('no window of a group is exceeded by requests that waited for the limit of all', async () => {
    const times = await starts([read, search, search, search, search, search, search], {
      rateLimit: { requests: 3, perMs: 1000 },
      groupLimits: { search: { requests: 2, perMs: 50 } },
    })
    expect(times).toEqual([0, 0, 0, 1000, 1000, 1050, 2000])
  })

  test('a retry and a redirect take turns of it too', async () => {
    const { http, clock, sent } = testClient(
      [
        new Response(null, { status: 500 }),
        new Response(null, { status: 307, headers: { location: '/v2' } }),
        jsonAnswer(1),
      ],
      { groupLimits, random: () => 0 },
    )
    const startedAt = clock.now()
    await clock.settle(http.json(search))
    expect([sent.length, clock.now() - startedAt]).toEqual([3, 200])
  })

  test('one that is aborted while it waits uses up nothing', async () => {
    const { http, clock } = testClient([jsonAnswer(1), jsonAnswer(2)], { groupLimits })
    await http.json(search)
    const controller = new AbortController()
    const aborted = http.json(inCall(search, { signal: controller.signal }))
    const next = http.json(search)
    await nextTurn()
    controller.abort('enough')
    await expect(aborted).rejects.toBe('enough')
    const startedAt = clock.now()
    await clock.settle(next)
    expect(clock.now() - startedAt).toBe(100)
  })

  test.each(['nope', 'constructor'])('a group without a limit is config: %s', async (group) => {
    for (const options of [{}, { groupLimits }]) {
      const { http, sent } = testClient([], options)
      const error = await contactsError(http.json({ ...read, group }))
      expect(error).toMatchObject({ code: 'config', provider: 'acme', operation: 'list' })
      expect(error.message).toContain(`\`${group}\``)
      expect(sent).toHaveLength(0)
    }
  })

  test.each<[string, RateLimitOptions]>([
    ['groupLimits.search.requests', { requests: 0, perMs: 1 }],
    ['groupLimits.search.perMs', { requests: 1, perMs: -1 }],
  ])('%s that cannot work is config at construction', (name, search) => {
    const error = thrownError(() => testClient([], { groupLimits: { search } }))
    expect(error.code).toBe('config')
    expect(error.message).toContain(name)
  })
})
