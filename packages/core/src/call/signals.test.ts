import { describe, expect, test } from 'vitest'
import { countListeners } from '../http/testing/count-listeners.ts'
import { flush } from '../http/testing/fake-clock.ts'
import { abortable } from './signals.ts'

describe('abortable', () => {
  test('settles as the promise does, and leaves no listener', async () => {
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    const pending = abortable(flush(), signal)
    expect(listeners.count).toBe(1)
    await pending
    expect(await abortable(Promise.resolve(1), signal)).toBe(1)
    await expect(abortable(Promise.reject('no'), signal)).rejects.toBe('no')
    expect(listeners.count).toBe(0)
  })

  test.each([
    ['before', true],
    ['meanwhile', false],
  ])('rejects with the reason when aborted %s, and disposes of what comes late', async (_, early) => {
    const controller = new AbortController()
    let resolve = (_value: string): void => {}
    const late: string[] = []
    const promise = new Promise<string>((given) => {
      resolve = given
    })
    if (early) controller.abort('enough')
    const result = abortable(promise, controller.signal, (value) => late.push(value))
    if (!early) controller.abort('enough')
    await expect(result).rejects.toBe('enough')
    resolve('late')
    await flush()
    expect(late).toEqual(['late'])
  })
})
