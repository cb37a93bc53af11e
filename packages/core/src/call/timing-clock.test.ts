import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestClock, nextTurn } from '../adapter-kit/test-clock.ts'
import { countListeners } from '../http/testing/count-listeners.ts'
import { startTimer, systemClock } from './timing.ts'

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('sleeps, and leaves nothing behind', async () => {
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const before = systemClock.now()
    const slept = systemClock.sleep(1000, controller.signal)
    expect(listeners.count).toBe(1)
    await vi.advanceTimersByTimeAsync(999)
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    await slept
    expect(systemClock.now() - before).toBe(1000)
    expect(listeners.count).toBe(0)
  })

  test('an abort ends a sleep with its reason, and leaves nothing behind', async () => {
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const slept = systemClock.sleep(1000, controller.signal)
    controller.abort('enough')
    await expect(slept).rejects.toBe('enough')
    expect(vi.getTimerCount()).toBe(0)
    expect(listeners.count).toBe(0)
    await expect(systemClock.sleep(1, controller.signal)).rejects.toBe('enough')
  })

  test('a sleep longer than the runtime can do does not end at once', async () => {
    let over = false
    systemClock.sleep(1e12).then(() => {
      over = true
    })
    await vi.advanceTimersByTimeAsync(20 * 24 * 3600 * 1000)
    expect(over).toBe(false)
  })
})

describe("startTimer on the runtime's clock", () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('fires once the time has passed, unless stopped', async () => {
    const fired: string[] = []
    startTimer(systemClock, 10, () => fired.push('a'))
    const stop = startTimer(systemClock, 10, () => fired.push('b'))
    startTimer(systemClock, Number.POSITIVE_INFINITY, () => fired.push('never'))
    stop()
    stop()
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(9)
    expect(fired).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(fired).toEqual(['a'])
  })

  test('does not fire at once for a time longer than the runtime can wait', async () => {
    let fired = false
    const stop = startTimer(systemClock, 1e12, () => {
      fired = true
    })
    await vi.advanceTimersByTimeAsync(20 * 24 * 3600 * 1000)
    expect(fired).toBe(false)
    stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('startTimer', () => {
  test('fires once the time has passed, unless stopped', async () => {
    const clock = createTestClock()
    const fired: string[] = []
    startTimer(clock, 10, () => fired.push('a'))
    const stop = startTimer(clock, 10, () => fired.push('b'))
    startTimer(clock, Number.POSITIVE_INFINITY, () => fired.push('never'))
    stop()
    expect(clock.pending).toBe(1)
    await clock.advance(9)
    expect(fired).toEqual([])
    await clock.advance(1)
    expect(fired).toEqual(['a'])
    expect(clock.pending).toBe(0)
  })

  test('does not fire when it is stopped in the moment in which the time is over', async () => {
    let fired = false
    const stop = startTimer({ now: () => 0, sleep: () => Promise.resolve() }, 10, () => {
      fired = true
    })
    stop()
    await nextTurn()
    expect(fired).toBe(false)
  })
})
