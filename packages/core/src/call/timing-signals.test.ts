import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { countListeners } from '../http/testing/count-listeners.ts'
import { AbortSource, abortable, followSignal } from './timing.ts'

describe('abortable', () => {
  test('settles as the promise does, and leaves no listener', async () => {
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    const pending = abortable(nextTurn(), signal)
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
    await nextTurn()
    expect(late).toEqual(['late'])
  })
})

describe('followSignal', () => {
  test('has one listener however many follow, and each is called once with the reason', () => {
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const told: unknown[] = []
    const stops = Array.from({ length: 100 }, () => followSignal(controller.signal, (why) => told.push(why)))
    expect(listeners.count).toBe(1)
    for (const stop of stops.slice(2)) stop()
    controller.abort('enough')
    controller.abort('again')
    expect(told).toEqual(['enough', 'enough'])
  })

  test('calls at once when the signal is aborted already, and nothing follows none', () => {
    const told: unknown[] = []
    followSignal(AbortSignal.abort('early'), (why) => told.push(why))()
    followSignal(undefined, (why) => told.push(why))()
    expect(told).toEqual(['early'])
  })

  test('one that stops while the others are called, and one that stops twice, harm nobody', () => {
    const controller = new AbortController()
    const told: string[] = []
    const stopFirst = followSignal(controller.signal, () => {
      told.push('first')
      stopSecond()
    })
    const stopSecond = followSignal(controller.signal, () => told.push('second'))
    controller.abort()
    expect(told).toEqual(['first', 'second'])
    stopFirst()
    stopFirst()
  })
})

describe('AbortSource', () => {
  test('aborts its signal and calls who follows it, for the first reason alone', () => {
    const source = new AbortSource()
    const told: unknown[] = []
    source.follow((reason) => told.push(reason))
    source.follow((reason) => told.push(reason))()
    expect([source.aborted, source.reason]).toEqual([false, undefined])
    source.abort('enough')
    source.abort('again')
    expect([source.aborted, source.reason, source.signal.reason]).toEqual([true, 'enough', 'enough'])
    source.follow((reason) => told.push(reason))
    expect(told).toEqual(['enough', 'enough'])
  })

  test('without a reason has that of its signal', () => {
    const source = new AbortSource()
    const told: unknown[] = []
    source.follow((reason) => told.push(reason))
    source.abort(undefined)
    expect(source.reason).toBeInstanceOf(DOMException)
    expect(told).toEqual([source.signal.reason])
  })

  test('races with a promise, without a listener on its signal', async () => {
    const source = new AbortSource()
    const listeners = countListeners(source.signal)
    const late: string[] = []
    let resolve = (_value: string): void => {}
    const slow = new Promise<string>((given) => {
      resolve = given
    })
    const lost = source.race(slow, (value) => late.push(value))
    expect(await source.race(Promise.resolve(1))).toBe(1)
    await expect(source.race(Promise.reject('no'))).rejects.toBe('no')
    expect(listeners.count).toBe(0)
    source.abort('enough')
    await expect(lost).rejects.toBe('enough')
    await expect(source.race(Promise.resolve(2))).rejects.toBe('enough')
    resolve('late')
    await nextTurn()
    expect(late).toEqual(['late'])
  })
})
