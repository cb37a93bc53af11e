import { describe, expect, test } from 'vitest'
import { createRateLimiter, createSemaphore } from './limiter.ts'
import { countListeners } from './testing/count-listeners.ts'
import { createFakeClock, flush } from './testing/fake-clock.ts'

const never = new AbortController().signal

describe('createSemaphore', () => {
  test('gives places in the order asked, each once', async () => {
    const semaphore = createSemaphore(2)
    const order: number[] = []
    const releases: (() => void)[] = []
    for (const n of [1, 2, 3, 4]) {
      semaphore.acquire(never).then((release) => {
        order.push(n)
        releases.push(release)
      })
    }
    await flush()
    expect(order).toEqual([1, 2])
    releases[1]?.()
    releases[1]?.() // a second time gives back nothing
    await flush()
    expect(order).toEqual([1, 2, 3])
    releases[0]?.()
    await flush()
    expect(order).toEqual([1, 2, 3, 4])
  })

  test('one that is aborted while waiting leaves the queue, and no listener', async () => {
    const semaphore = createSemaphore(1)
    const release = await semaphore.acquire(never)
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const aborted = semaphore.acquire(controller.signal)
    const next = semaphore.acquire(never)
    expect(listeners.count).toBe(1)
    controller.abort('enough')
    await expect(aborted).rejects.toBe('enough')
    await expect(semaphore.acquire(controller.signal)).rejects.toBe('enough')
    release()
    expect(await next).toBeTypeOf('function')
  })

  test('one that gets its place keeps no listener', async () => {
    const semaphore = createSemaphore(1)
    const release = await semaphore.acquire(never)
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    const waiting = semaphore.acquire(signal)
    release()
    await waiting
    expect(listeners.count).toBe(0)
  })
})

describe('createRateLimiter', () => {
  test('starts no more than allowed in any window', async () => {
    const clock = createFakeClock(0)
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
    const clock = createFakeClock(0)
    const take = createRateLimiter({ requests: 1, perMs: 100 }, clock)
    await take(never)
    const controller = new AbortController()
    const aborted = take(controller.signal)
    const next = take(never).then(() => clock.now())
    await flush()
    controller.abort('enough')
    await expect(aborted).rejects.toBe('enough')
    await clock.advance(100)
    expect(await next).toBe(100)
  })
})
