import { getEventListeners } from 'node:events'
import { type CallOptions, copyContacts, type FetchFunction } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestClock } from '../clock.ts'
import { batches, type Client, type Connect, vendors } from './limited-clients.ts'

const warnings: string[] = []
const note = ({ name, message }: Error): void => {
  warnings.push(`${name}: ${message}`)
}

beforeAll(() => void process.on('warning', note))
afterAll(() => void process.off('warning', note))

/** A signal, and the most listeners that it and those of single requests had when one was sent. */
function watched() {
  const controller = new AbortController()
  const { signal } = controller
  const seen = { listeners: 0, ownListeners: 0 }
  const between =
    (vendor: FetchFunction): FetchFunction =>
    async (input, init) => {
      seen.listeners = Math.max(seen.listeners, getEventListeners(signal, 'abort').length)
      if (init?.signal) {
        seen.ownListeners = Math.max(seen.ownListeners, getEventListeners(init.signal, 'abort').length)
      }
      // The others are on their way before this one is answered.
      await new Promise((resolve) => setImmediate(resolve))
      return vendor(input, init)
    }
  return { signal, seen, between }
}

/** Runs something with a signal, and expects that it leaves none of the traces of which runtimes warn. */
async function quiet(
  connect: Connect,
  concurrency: number,
  run: (client: Client, call: CallOptions) => Promise<unknown>,
): Promise<void> {
  const { signal, seen, between } = watched()
  warnings.length = 0
  const client = connect({ clock: createTestClock(), people: 100, concurrency, between })
  await run(client, { signal })
  // Warnings come in a later turn.
  await new Promise((resolve) => setImmediate(resolve))
  expect(warnings).toEqual([])
  expect(seen.listeners).toBe(1)
  expect(seen.ownListeners).toBeLessThanOrEqual(2)
  expect(getEventListeners(signal, 'abort')).toEqual([])
}

const calls = Object.entries(vendors).flatMap(([vendor, connect]) =>
  Object.keys(connect().reads).map((read) => [vendor, read, connect] as const),
)

describe.each(calls)('%s: %s', (_, read, connect) => {
  test.each([
    ['few requests at once', 2],
    ['as many as there are', 1_000],
  ])('30 on one signal, %s', async (_words, concurrency) => {
    await quiet(connect, concurrency, ({ reads }, call) =>
      Promise.all(Array.from({ length: 30 }, () => reads[read]?.(call))),
    )
  })
})

describe.each(batches)('%s: %s', (_, batch, connect) => {
  test.each([4, 16, 64])('at concurrency %i', async (concurrency) => {
    for (const requests of [8, 1_000]) {
      const run = async ({ batches: made }: Client, call: CallOptions): Promise<void> => {
        const totals = await made[batch]?.(100, { ...call, concurrency })
        expect(totals?.failed).toEqual([])
      }
      await quiet(connect, requests, run)
    }
  })

  test('20 at once', async () => {
    await quiet(connect, 1_000, ({ batches: made }, call) =>
      Promise.all(Array.from({ length: 20 }, () => made[batch]?.(5, call))),
    )
  })
})

describe.each(Object.entries(vendors))('%s', (_, connect) => {
  test('30 listings at once', async () => {
    await quiet(connect, 1_000, ({ list }, call) =>
      Promise.all(Array.from({ length: 30 }, () => list({ ...call, pageSize: 10 }).toArray())),
    )
  })

  test('30 calls that wait to be sent again', async () => {
    let requests = 0
    const refuseOnce =
      (vendor: FetchFunction): FetchFunction =>
      async (input, init) =>
        ++requests > 30 ? vendor(input, init) : Response.json({ message: 'Out of order' }, { status: 503 })
    await quiet(
      (given) => connect({ ...given, between: (vendor) => refuseOnce(given?.between?.(vendor) ?? vendor) }),
      1_000,
      ({ reads }, call) => Promise.all(Array.from({ length: 30 }, () => reads.get?.(call))),
    )
  })
})

test.each(Object.entries(vendors).filter(([, connect]) => connect().copyTo))(
  '20 copies to %s at once',
  async (name, connect) => {
    await quiet(connect, 1_000, async ({ copyTo }, { signal }) => {
      const from = memory({ clock: createTestClock() })
      await from.createMany(
        Array.from({ length: 5 }, (_, n) => ({
          id: `00000000-0000-4000-8000-00000000000${n}`,
          externalId: `p-${n}`,
          email: `p${n}@example.com`,
        })),
      )
      if (!copyTo) throw new Error('It has no upserts.')
      const by = name === 'contact-methods' ? 'id' : 'externalId'
      await Promise.all(Array.from({ length: 20 }, () => copyContacts(from, copyTo, { by, signal })))
    })
  },
)
