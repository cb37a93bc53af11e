import { createTestClock, failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { COGNIPEER_RATE_LIMIT, cognipeer } from './index.ts'
import { names, people } from './testing/people.ts'
import { connect, setup } from './testing/setup.ts'

describe('the documented limit', () => {
  it('is kept on this side when asked for', async () => {
    expect(COGNIPEER_RATE_LIMIT).toEqual({ requests: 100, perMs: 60_000 })
    const clock = createTestClock()
    const { vendor, options } = connect({ rateLimit: COGNIPEER_RATE_LIMIT }, clock)
    const contacts = cognipeer({ ...options, rateLimit: COGNIPEER_RATE_LIMIT })
    vendor.seed(Array.from({ length: 230 }, () => ({})))
    const startedAt = clock.now()
    expect(await clock.settle(contacts.list({ pageSize: 1 }).toArray())).toHaveLength(230)
    expect(clock.now() - startedAt).toBe(120_000)
    expect(vendor.requests.every(({ status }) => status === 200)).toBe(true)
  })

  it('is waited for as X-RateLimit-Reset says when the server finds it exceeded', async () => {
    for (const retryAfter of [true, false]) {
      const there = setup({ concurrency: 1 }, { rateLimit: { requests: 10, perMs: 20_001 }, retryAfter })
      people(there, 25)
      expect(await there.contacts.list({ pageSize: 1 }).toArray()).toHaveLength(25)
      const refused = there.vendor.requests.filter(({ status }) => status === 429)
      expect(refused).toHaveLength(2)
      expect(there.clock.waits.filter((ms) => ms > 15_000)).toHaveLength(2)
    }
  })

  it('is met however few requests it lets through, and however many pages are under way', async () => {
    for (const requests of [1, 2, 3, 5]) {
      for (const concurrency of [undefined, 1, 4]) {
        const there = setup({ concurrency }, { rateLimit: { requests, perMs: 1_000 } })
        const all = people(there, 30)
        expect(names(await there.contacts.list({ pageSize: 1 }).toArray())).toEqual(all)
      }
    }
  })

  it('fails at once where the wait is longer than allowed', async () => {
    const there = setup({ retry: { maxDelayMs: 1000 } }, { rateLimit: { requests: 1, perMs: 60_000 } })
    await there.contacts.list()
    const error = await failure(there.contacts.list())
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) })
  })
})
