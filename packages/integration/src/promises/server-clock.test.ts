import { type Clock, ContactsError, type FetchFunction } from '@anycontact/core'
import { describe, expect, test } from 'vitest'
import { createTestClock } from '../clock.ts'
import { vendors } from './limited-clients.ts'

const HOUR = 3_600_000
const SERVER_START = Date.UTC(2026, 0, 1)
/** How long the server wants to be left alone. */
const WAIT_MS = 5_000

type Headers = Readonly<Record<string, string>>

/** A clock here that differs from the server's, and how long was waited on it. */
function wrongClock(aheadMs: number) {
  const clock = createTestClock(SERVER_START + aheadMs)
  const waits: number[] = []
  const recording: Clock = {
    now: clock.now,
    sleep(ms, signal) {
      if (ms < 30_000) waits.push(ms)
      return clock.sleep(ms, signal)
    },
  }
  return { clock: recording, waits, serverNow: () => clock.now() - aheadMs }
}

/** A server that answers 429 until its own clock says that the time is over. */
function limitedServer(
  serverNow: () => number,
  ask: (until: number) => Headers,
  saysDate: boolean,
  waitMs = WAIT_MS,
) {
  const until = SERVER_START + waitMs
  const seen = { requests: 0 }
  const between =
    (vendor: FetchFunction): FetchFunction =>
    async (input, init) => {
      seen.requests++
      const now = serverNow()
      if (now >= until) return vendor(input, init)
      const date: Headers = saysDate ? { date: new Date(now).toUTCString() } : {}
      return Response.json({ message: 'Later' }, { status: 429, headers: { ...date, ...ask(until) } })
    }
  return { seen, between }
}

const retryAfterDate = (until: number): Headers => ({ 'retry-after': new Date(until).toUTCString() })
const retryAfterSeconds = (): Headers => ({ 'retry-after': String(WAIT_MS / 1000) })
const resetSeconds = (until: number): Headers => ({ 'x-ratelimit-reset': String(until / 1000) })
const resetMs = (until: number): Headers => ({ 'x-ratelimit-reset': String(until) })

const skews = [
  ['an hour behind', -HOUR],
  ['right', 0],
  ['an hour ahead', HOUR],
  ['a month ahead', 720 * HOUR],
] as const

const forms = Object.entries(vendors).flatMap(([vendor, connect]) => [
  [vendor, 'Retry-After as a date', retryAfterDate, connect] as const,
  [vendor, 'Retry-After in seconds', retryAfterSeconds, connect] as const,
  // The only one that documents a reset header.
  ...(vendor === 'cognipeer'
    ? ([
        [vendor, 'a reset time in seconds', resetSeconds, connect],
        [vendor, 'a reset time in milliseconds', resetMs, connect],
      ] as const)
    : []),
])

describe.each(forms)('%s, which asks by %s', (_, _form, ask, connect) => {
  test.each(skews)('waits as long as it is asked to where the clock here is %s', async (_skew, aheadMs) => {
    const { clock, waits, serverNow } = wrongClock(aheadMs)
    const { seen, between } = limitedServer(serverNow, ask, true)
    const { reads } = connect({ clock, people: 1, between })
    await reads.get?.()
    // A `Date` has whole seconds: a wait can be one too long, and never too short by more than that.
    expect(waits.length).toBeLessThanOrEqual(2)
    expect(waits[0]).toBeGreaterThan(WAIT_MS - 1_500)
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(WAIT_MS + 1_500)
    expect(seen.requests).toBeLessThanOrEqual(4)
  })

  test.each(skews)(
    'says how long where it may not wait, and the clock here is %s',
    async (_skew, aheadMs) => {
      const { clock, serverNow } = wrongClock(aheadMs)
      const { seen, between } = limitedServer(serverNow, ask, true)
      const { reads } = connect({ clock, people: 1, between, retry: { maxDelayMs: 1_000 } })
      const error = await reads.get?.().catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'rate_limited' })
      const waitMs = ContactsError.is(error) ? error.retryAfterMs : undefined
      expect(waitMs).toBeGreaterThan(WAIT_MS - 1_500)
      expect(waitMs).toBeLessThanOrEqual(WAIT_MS + 1_000)
      expect(seen.requests).toBe(1)
    },
  )

  test('without a `Date` the clock here is taken for right', async () => {
    const { clock, waits, serverNow } = wrongClock(0)
    const { between } = limitedServer(serverNow, ask, false)
    const { reads } = connect({ clock, people: 1, between })
    await reads.get?.()
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(WAIT_MS + 1_500)
  })
})

describe.each(Object.entries(vendors))('%s', (_, connect) => {
  test('without a `Date`, a time that has passed here already is followed by the growing waits of any repetition', async () => {
    const { clock, waits, serverNow } = wrongClock(HOUR)
    const { seen, between } = limitedServer(serverNow, retryAfterDate, false, 60_000)
    const { reads } = connect({ clock, people: 1, between, random: () => 1 })
    const error = await reads.get?.().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 0 })
    expect(seen.requests).toBe(4)
    expect(waits).toHaveLength(3)
    expect(waits[2]).toBe(4 * (waits[0] ?? 0))
  })
})
