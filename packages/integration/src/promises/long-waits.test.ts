import { type BatchResult, ContactsError, copyContacts, type FetchFunction } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, test } from 'vitest'
import { createTestClock } from '../clock.ts'
import { batches, type Connect, vendors } from './limited-clients.ts'

const ITEMS = 60
const CONCURRENCY = 4
const HALF_A_DAY = 43_200

/** A vendor that answers some requests and then wants to be left alone. */
function closingVendor(accepted: number, status: number, retryAfter = String(HALF_A_DAY)) {
  const seen = { requests: 0, refused: 0 }
  const between =
    (vendor: FetchFunction): FetchFunction =>
    async (input, init) => {
      if (++seen.requests <= accepted) return vendor(input, init)
      seen.refused++
      // The others are on their way before the first of them is answered.
      await new Promise((resolve) => setImmediate(resolve))
      return Response.json({ message: 'Later' }, { status, headers: { 'retry-after': retryAfter } })
    }
  return { seen, between }
}

function isAskedToWait(error: unknown): boolean {
  return ContactsError.is(error) && (error.retryAfterMs ?? 0) > (HALF_A_DAY - 60) * 1000
}

async function collect(
  connect: Connect,
  batch: string,
  accepted: number,
  status: number,
  concurrency: number,
) {
  const { seen, between } = closingVendor(accepted, status)
  const client = connect({ clock: createTestClock(), people: ITEMS, between })
  const results: BatchResult<object>[] = []
  for await (const result of client.batches[batch]?.(ITEMS, { concurrency }) ?? []) results.push(result)
  return { results, seen }
}

describe.each(batches)('%s: %s', (_, batch, connect) => {
  test.each([
    ['the first request', 0, 429, CONCURRENCY],
    ['the eighth request', 7, 429, CONCURRENCY],
    ['the eighth request, one item at a time', 7, 429, 1],
    ['the eighth request, because of an outage', 7, 503, CONCURRENCY],
  ])(
    '%s is told to come back in half a day: nothing more is sent',
    async (_situation, accepted, status, concurrency) => {
      const { results, seen } = await collect(connect, batch, accepted, status, concurrency)
      expect(seen.refused).toBeLessThanOrEqual(concurrency)
      expect(results.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
        Array.from({ length: ITEMS }, (_, n) => n),
      )
      const errors = results.flatMap((result) => (result.ok ? [] : [result.error]))
      expect(new Set(errors).size).toBe(errors.length)
      for (const error of errors) expect(error.code).toBe(status === 429 ? 'rate_limited' : 'unavailable')
      expect(errors.filter((error) => !isAskedToWait(error))).toEqual([])
      // Each of those that were not sent says so.
      if (batch === 'contactMethods.createMany') return
      const unsent = errors.filter(({ message }) => message.includes('not sent'))
      expect(unsent.length).toBeGreaterThanOrEqual(ITEMS - accepted - 2 * concurrency)
      for (const error of unsent) if (error.message.includes('this item')) expect(error.applied).toBe('no')
    },
  )

  test('a wait that can be obeyed is obeyed, and every item succeeds', async () => {
    let refusals = 0
    const between =
      (vendor: FetchFunction): FetchFunction =>
      async (input, init) => {
        if (++refusals % 5 !== 0) return vendor(input, init)
        return Response.json({ message: 'Later' }, { status: 429, headers: { 'retry-after': '2' } })
      }
    const client = connect({ clock: createTestClock(), people: 20, between })
    const totals = await client.batches[batch]?.(20)
    expect(totals?.failed).toEqual([])
    expect(totals?.succeeded).toHaveLength(20)
  })
})

describe.each(Object.entries(vendors))('%s', (_, connect) => {
  test('a listing that reads ahead stops too', async () => {
    const { seen, between } = closingVendor(2, 429)
    const { list } = connect({ clock: createTestClock(), people: 400, concurrency: 4, between })
    const reading = (async () => {
      for await (const _page of list({ pageSize: 10 }).pages()) {
        // Whoever takes a while gives the pages ahead time to fail.
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    })()
    const error = await reading.catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'rate_limited' })
    expect(isAskedToWait(error)).toBe(true)
    expect(seen.refused).toBeLessThanOrEqual(4)
  })

  test('a single call fails at once, and the next one asks again', async () => {
    const { seen, between } = closingVendor(0, 429)
    const { reads } = connect({ clock: createTestClock(), people: 1, between })
    for (const sent of [1, 2]) {
      const error = await reads.get?.().catch((reason: unknown) => reason)
      expect(isAskedToWait(error)).toBe(true)
      expect(seen.requests).toBe(sent)
    }
  })
})

describe.each(Object.entries(vendors).filter(([, connect]) => connect().copyTo))(
  'a copy to %s',
  (name, connect) => {
    test('stops, and tells of each contact that is left that it was not sent', async () => {
      const { seen, between } = closingVendor(7, 429)
      const { copyTo } = connect({ clock: createTestClock(), between })
      if (!copyTo) throw new Error('It has no upserts.')
      const from = memory({ clock: createTestClock() })
      const people = Array.from({ length: ITEMS }, (_, n) => ({
        id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
        externalId: `p-${n}`,
        email: `p${n}@example.com`,
      }))
      await from.createMany(people)
      const by = name === 'contact-methods' ? 'id' : 'externalId'
      const report = await copyContacts(from, copyTo, { by, concurrency: CONCURRENCY })
      expect(report.read).toBe(ITEMS)
      expect(seen.refused).toBeLessThanOrEqual(CONCURRENCY)
      expect(report.failed.filter(({ error }) => !isAskedToWait(error))).toEqual([])
      expect(new Set(report.failed.map(({ error }) => error)).size).toBe(report.failed.length)
      const unsent = report.failed.filter(({ error }) => error.message.includes('this item was not sent'))
      expect(unsent.length).toBeGreaterThanOrEqual(ITEMS - 7 - 2 * CONCURRENCY)
    })
  },
)
