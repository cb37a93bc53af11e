import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { countListeners } from '../http/testing/count-listeners.ts'
import { AbortSource, followSignal } from './timing.ts'

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

test('one of many that follow takes no longer to leave than one of few, whichever leaves first', () => {
  const controller = new AbortController()
  const told: number[] = []
  const stops = Array.from({ length: 100_000 }, (_, at) =>
    followSignal(controller.signal, () => told.push(at)),
  )
  const startedAt = performance.now()
  for (const stop of stops.slice(0, 20_000)) stop()
  for (const stop of stops.slice(20_002).reverse()) stop()
  expect(performance.now() - startedAt).toBeLessThan(1_000)
  for (const stop of stops.slice(0, 10)) stop()
  controller.abort()
  expect(told.sort()).toEqual([20_000, 20_001])
})

test('those who stay are told, each once, whoever joins and leaves meanwhile', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), (moves) => {
      const source = new AbortSource()
      const told: number[] = []
      const following = new Map<number, () => void>()
      for (const who of moves) {
        const stop = following.get(who)
        stop?.()
        stop?.()
        if (!following.delete(who))
          following.set(
            who,
            source.follow(() => told.push(who)),
          )
      }
      source.abort('enough')
      for (const stop of following.values()) stop()
      expect(new Set(told)).toEqual(new Set(following.keys()))
      expect(told).toHaveLength(following.size)
    }),
  )
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

  test.each([
    ['before it is aborted', true],
    ['when it is aborted', false],
  ])('has one signal, aborted with its reason, also where that is asked for %s', (_, early) => {
    const source = new AbortSource()
    const told: unknown[] = []
    const known = early ? source.signal : undefined
    source.abort('enough')
    expect(source.signal).toBe(known ?? source.signal)
    expect([source.signal.aborted, source.signal.reason]).toEqual([true, 'enough'])
    followSignal(source.signal, (reason) => told.push(reason))
    expect(told).toEqual(['enough'])
    expect(() => source.throwIfAborted()).toThrow('enough')
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
