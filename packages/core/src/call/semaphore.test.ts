import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { countListeners } from '../http/testing/count-listeners.ts'
import { createSemaphore } from './timing.ts'

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
    await nextTurn()
    expect(order).toEqual([1, 2])
    releases[1]?.()
    releases[1]?.() // a second time gives back nothing
    await nextTurn()
    expect(order).toEqual([1, 2, 3])
    releases[0]?.()
    await nextTurn()
    expect(order).toEqual([1, 2, 3, 4])
  })

  test('a free place is taken at once, and none where none is free', async () => {
    const semaphore = createSemaphore(1)
    const release = semaphore.take()
    expect(release).toBeTypeOf('function')
    expect(semaphore.take()).toBeUndefined()
    const next = semaphore.acquire(never)
    release?.()
    expect(semaphore.take()).toBeUndefined()
    expect(await next).toBeTypeOf('function')
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
