import { describe, expect, test } from 'vitest'
import { createTestClock, nextTurn, type TestClock } from '../adapter-kit/test-clock.ts'
import { createRateLimiter } from './limiter.ts'
import { jsonAnswer } from './testing/stub-fetch.ts'
import { contactsError, read, testClient, thrownError } from './testing/test-client.ts'
import type { RateLimiter, RateLimitOptions } from './types.ts'

const never = new AbortController().signal

/** When each of some requests may start that all come at once. */
async function startsOf(limiter: RateLimiter, clock: TestClock, count: number): Promise<number[]> {
  const starts: number[] = []
  const all = Array.from({ length: count }, () =>
    limiter.take(never).then(() => void starts.push(clock.now())),
  )
  await clock.settle(Promise.all(all))
  return starts
}

describe('createRateLimiter', () => {
  test('starts no more than allowed in any window', async () => {
    const clock = createTestClock({ startMs: 0 })
    const limiter = createRateLimiter({ requests: 2, perMs: 100 }, clock)
    const starts: number[] = []
    const start = (): void => {
      limiter.take(never).then(() => starts.push(clock.now()))
    }
    start()
    await clock.advance(60)
    for (let i = 0; i < 4; i++) start()
    await clock.advance(1000)
    expect(starts).toEqual([0, 60, 100, 160, 200])
    start()
    await clock.advance(0)
    expect(starts.at(-1)).toBe(1060)
  })

  test('one that is aborted uses up nothing', async () => {
    const clock = createTestClock({ startMs: 0 })
    const limiter = createRateLimiter({ requests: 1, perMs: 100 }, clock)
    await limiter.take(never)
    const controller = new AbortController()
    const aborted = limiter.take(controller.signal)
    const next = limiter.take(never).then(() => clock.now())
    await nextTurn()
    controller.abort('enough')
    await expect(aborted).rejects.toBe('enough')
    await clock.advance(100)
    expect(await next).toBe(100)
  })

  test.each<[string, number | undefined, number[]]>([
    ['without it, all of a window at once', undefined, [0, 0, 0, 0, 100, 100]],
    ['one by one, evenly spread', 1, [0, 25, 50, 75, 100, 125]],
    ['some at once, then evenly spread, and never more than the window takes', 3, [0, 0, 0, 25, 100, 100]],
    ['more than a window: those once, then at the pace of the limit', 5, [0, 0, 0, 0, 0, 100]],
  ])('burst: %s', async (_, burst, expected) => {
    const clock = createTestClock({ startMs: 0 })
    const limiter = createRateLimiter({ requests: 4, perMs: 100, burst }, clock)
    expect(await startsOf(limiter, clock, expected.length)).toEqual(expected)
  })

  test('waits whole milliseconds where the pace is none', async () => {
    const clock = createTestClock({ startMs: 0 })
    const limiter = createRateLimiter({ requests: 3, perMs: 10, burst: 1 }, clock)
    expect(await startsOf(limiter, clock, 6)).toEqual([0, 4, 8, 12, 16, 20])
  })

  test('goes on when the clock is put back', async () => {
    let backMs = 0
    const clock = createTestClock({ startMs: 3_600_000 })
    const limiter = createRateLimiter(
      { requests: 1, perMs: 100 },
      { ...clock, now: () => clock.now() - backMs },
    )
    await limiter.take(never)
    backMs = 3_600_000
    const next = limiter.take(never).then(() => clock.now())
    await clock.advance(100)
    expect(await next).toBe(3_600_100)
  })

  test('remembers no more than a window', async () => {
    const clock = createTestClock({ startMs: 0 })
    const limiter = createRateLimiter({ requests: Number.POSITIVE_INFINITY, perMs: 100 }, clock)
    expect(await startsOf(limiter, clock, 50)).toEqual(Array(50).fill(0))
  })

  test.each<[string, RateLimitOptions]>([
    ['limit.requests', { requests: 0, perMs: 1 }],
    ['limit.perMs', { requests: 1, perMs: 0 }],
    ['limit.burst', { requests: 1, perMs: 1, burst: 0.5 }],
  ])('%s that cannot work is config', (name, limit) => {
    const error = thrownError(() => createRateLimiter(limit))
    expect(error.code).toBe('config')
    expect(error.message).toContain(name)
  })
})

describe('a limiter as `rateLimit`', () => {
  test('is one limit for the clients that share it', async () => {
    const clock = createTestClock({ startMs: 0 })
    const rateLimit = createRateLimiter({ requests: 2, perMs: 100 }, clock)
    const [one, other] = [1, 2].map(() =>
      testClient([jsonAnswer(1), jsonAnswer(2)], { rateLimit, clock, timeoutMs: Number.POSITIVE_INFINITY }),
    )
    const all = [one, one, other, other].map((client) => client?.http.json(read))
    await clock.settle(Promise.all(all))
    expect(clock.now()).toBe(100)
  })

  test('is given a signal that ends with the request, and need not heed it', async () => {
    const given: AbortSignal[] = []
    const deaf: RateLimiter = {
      take(signal) {
        given.push(signal)
        return new Promise(() => undefined)
      },
    }
    const { http, clock, sent } = testClient([], { rateLimit: deaf, deadlineMs: 50 })
    const error = await contactsError(clock.settle(http.json(read)))
    expect(error).toMatchObject({ code: 'timeout', applied: 'no' })
    expect(given.map(({ aborted }) => aborted)).toEqual([true])
    expect(sent).toHaveLength(0)
  })

  test('that fails is config, and shows nothing of why', async () => {
    const rateLimit: RateLimiter = {
      take: () => Promise.reject(new RangeError('redis://user:secret@host')),
    }
    const { http, sent } = testClient([], { rateLimit, groupLimits: { search: rateLimit } })
    for (const request of [read, { ...read, group: 'search' }]) {
      const error = await contactsError(http.json(request))
      expect(error).toMatchObject({ code: 'config', provider: 'acme', applied: 'no' })
      expect(error.message).toBe('acme: `take` of `rateLimit` failed with RangeError.')
      expect(error.cause).toBeUndefined()
    }
    expect(sent).toHaveLength(0)
  })

  test('can be that of a group too, and the limit of all holds beside it', async () => {
    const took: string[] = []
    const limiter = (name: string): RateLimiter => ({ take: async () => void took.push(name) })
    const { http } = testClient([jsonAnswer(1), jsonAnswer(2)], {
      rateLimit: limiter('all'),
      groupLimits: { search: limiter('search') },
    })
    await http.json({ ...read, group: 'search' })
    await http.json(read)
    expect(took).toEqual(['search', 'all', 'all'])
  })

  test.each<[string, object | null]>([
    ['rateLimit', null],
    ['rateLimit.take', { take: 5 }],
    ['rateLimit.burst', { requests: 1, perMs: 1, burst: 0 }],
  ])('%s that cannot work is config at construction', (name, rateLimit) => {
    const options: object = { rateLimit }
    const error = thrownError(() => testClient([], options))
    expect(error.code).toBe('config')
    expect(error.message).toContain(name)
  })
})
