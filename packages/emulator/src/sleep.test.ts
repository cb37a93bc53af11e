import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { realSleep } from './sleep.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('waits as long as asked', async () => {
  let done = false
  const slept = realSleep(1000, new AbortController().signal).then(() => {
    done = true
  })
  await vi.advanceTimersByTimeAsync(999)
  expect(done).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await slept
  expect(done).toBe(true)
})

test('an abort ends the wait and its timer', async () => {
  const controller = new AbortController()
  const slept = expect(realSleep(1000, controller.signal)).rejects.toThrow('stop')
  controller.abort(new Error('stop'))
  await slept
  expect(vi.getTimerCount()).toBe(0)
})

test('an aborted signal does not wait at all', async () => {
  await expect(realSleep(1000, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
  expect(vi.getTimerCount()).toBe(0)
})
