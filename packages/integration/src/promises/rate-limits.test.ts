import { createRateLimiter, type FetchFunction, type RateLimiter } from '@anycontact/core'
import { createTestClock, type TestClock } from '@anycontact/core/adapter-kit'
import { describe, expect, test } from 'vitest'
import { type Connect, type Given, vendors } from './limited-clients.ts'

interface Limit {
  readonly requests: number
  readonly perMs: number
  readonly burst?: number
}

const limits: readonly Limit[] = [
  { requests: 10, perMs: 1_000 },
  { requests: 10, perMs: 1_000, burst: 1 },
  { requests: 7, perMs: 1_000, burst: 3 },
  { requests: 5, perMs: 1_000, burst: 20 },
  { requests: 1, perMs: 90 },
]
const CALLS = 40

/** The generator "mulberry32". */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Hands a client over to chance: its credential, headers and server take their time, and some requests are refused. */
function byChance(clock: TestClock, random: () => number, starts: number[]): Given {
  const upTo = (ms: number): Promise<void> => clock.sleep(Math.floor(random() * ms))
  return {
    clock,
    random,
    people: 12,
    async credential(accepted) {
      if (random() < 0.7) await upTo(800)
      return accepted
    },
    async headers() {
      if (random() < 0.7) await upTo(500)
      return { 'x-trace': String(random()) }
    },
    between:
      (vendor: FetchFunction): FetchFunction =>
      async (input, init) => {
        starts.push(clock.now())
        if (random() < 0.8) await upTo(700)
        const chance = random()
        if (chance < 0.1) return Response.json({ message: 'Out of order' }, { status: 503 })
        if (chance < 0.15) {
          return Response.json({ message: 'Later' }, { status: 429, headers: { 'retry-after': '1' } })
        }
        return chance < 0.2 ? Response.json({ message: 'No' }, { status: 401 }) : vendor(input, init)
      },
  }
}

/** Makes calls of every kind at any time. */
async function makeCalls(clients: readonly ReturnType<Connect>[], clock: TestClock, random: () => number) {
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)]
    if (item === undefined) throw new Error('There is nothing to pick from.')
    return item
  }
  const calls = Array.from({ length: CALLS }, async () => {
    await clock.sleep(Math.floor(random() * 4_000))
    await pick(Object.values(pick(clients).reads))()
  })
  await clock.settle(Promise.allSettled(calls))
}

/** The windows in which more started than the limit takes, as `count in ms`. */
function excesses(starts: readonly number[], { requests, perMs, burst = requests }: Limit): string[] {
  const found: string[] = []
  for (const [first, from] of starts.entries()) {
    for (let last = first; last < starts.length; last++) {
      const ms = (starts[last] ?? from) - from
      const count = last - first + 1
      const inOneWindow = ms < perMs ? Math.max(requests, burst) : Number.POSITIVE_INFINITY
      if (count > Math.min((requests * ms) / perMs + burst, inOneWindow) + 1e-6)
        found.push(`${count} in ${ms} ms`)
    }
  }
  return found
}

const cases = Object.entries(vendors).flatMap(([vendor, connect]) =>
  limits.map((limit) => [vendor, JSON.stringify(limit), limit, connect] as const),
)

describe.each(cases)('%s with %s', (_, _words, limit, connect) => {
  test('starts no more than the limit takes in a window of any length', async () => {
    for (let seed = 1; seed <= 2; seed++) {
      const clock = createTestClock()
      const random = seededRandom(seed)
      const starts: number[] = []
      const client = connect({ ...byChance(clock, random, starts), rateLimit: limit, concurrency: 30 })
      await makeCalls([client], clock, random)
      expect(starts.length).toBeGreaterThan(CALLS)
      expect(excesses(starts, limit)).toEqual([])
    }
  })
})

describe('a limit that clients share', () => {
  const limit = { requests: 10, perMs: 1_000, burst: 4 }

  test.each<[string, (clock: TestClock) => RateLimiter]>([
    ['made by `createRateLimiter`', (clock) => createRateLimiter(limit, clock)],
    [
      'of a program of its own',
      (clock) => {
        const shared = createRateLimiter(limit, clock)
        return {
          // As one that is asked over a network.
          async take(signal) {
            await clock.sleep(3, signal)
            await shared.take(signal)
          },
        }
      },
    ],
  ])('%s holds for all of them together', async (_, make) => {
    const clock = createTestClock()
    const random = seededRandom(7)
    const starts: number[] = []
    const rateLimit = make(clock)
    const clients = Object.values(vendors).map((connect) =>
      connect({ ...byChance(clock, random, starts), rateLimit, concurrency: 30 }),
    )
    await makeCalls(clients, clock, random)
    expect(starts.length).toBeGreaterThan(CALLS)
    expect(excesses(starts, limit)).toEqual([])
  })

  test('is not used up by calls that are given up', async () => {
    const clock = createTestClock()
    const rateLimit = createRateLimiter({ requests: 1, perMs: 1_000 }, clock)
    const starts: number[] = []
    const between =
      (vendor: FetchFunction): FetchFunction =>
      (input, init) => {
        starts.push(clock.now())
        return vendor(input, init)
      }
    for (const connect of Object.values(vendors)) {
      const { reads } = connect({ clock, people: 1, between, rateLimit })
      const controller = new AbortController()
      const given = Array.from({ length: 20 }, () => reads.get?.({ signal: controller.signal }))
      const last = reads.get?.()
      controller.abort(new Error('Enough'))
      await Promise.allSettled(given)
      await clock.settle(last ?? Promise.reject(new Error('There is no get.')))
    }
    expect(starts).toHaveLength(4)
    expect((starts[3] ?? 0) - (starts[0] ?? 0)).toBe(3_000)
  })
})
