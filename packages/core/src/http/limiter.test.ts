import { describe, expect, test } from 'vitest'
import { createTestClock, nextTurn } from '../adapter-kit/test-clock.ts'
import { createRateLimiter } from './limiter.ts'

const never = new AbortController().signal

describe('createRateLimiter', () => {
  test('starts no more than allowed in any window', async () => {
    const clock = createTestClock({ startMs: 0 })
    const take = createRateLimiter({ requests: 2, perMs: 100 }, clock)
    const starts: number[] = []
    const start = (): void => {
      take(never).then(() => starts.push(clock.now()))
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
    const take = createRateLimiter({ requests: 1, perMs: 100 }, clock)
    await take(never)
    const controller = new AbortController()
    const aborted = take(controller.signal)
    const next = take(never).then(() => clock.now())
    await nextTurn()
    controller.abort('enough')
    await expect(aborted).rejects.toBe('enough')
    await clock.advance(100)
    expect(await next).toBe(100)
  })
})
