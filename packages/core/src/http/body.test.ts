import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { AbortSource } from '../call/timing.ts'
import { concatBytes, decodeUtf8, readBody } from './body.ts'

const never = new AbortSource()

describe('readBody', () => {
  test('reads to the end, or up to the limit', async () => {
    expect(await readBody(new Response(null), 3, never)).toMatchObject({ end: 'complete' })
    for (const [limit, text, end] of [
      [3, 'abc', 'complete'],
      [2, 'ab', 'cut'],
      [0, '', 'cut'],
    ] as const) {
      const read = await readBody(new Response('abc'), limit, never)
      expect([decodeUtf8(read.bytes), read.end]).toEqual([text, end])
    }
  })

  test('keeps what arrived before it broke, and why', async () => {
    const error = new Error('cut')
    let pulls = 0
    const stream = new ReadableStream({
      pull: (controller) =>
        pulls++ === 0 ? controller.enqueue(new TextEncoder().encode('ab')) : controller.error(error),
    })
    const read = await readBody(new Response(stream), 9, never)
    expect(read).toMatchObject({ end: 'broken', error })
    expect(decodeUtf8(read.bytes)).toBe('ab')
  })

  test.each([
    ['before it starts', true],
    ['while it waits', false],
  ])('an abort %s ends it, also for a body that does not heed the signal', async (_, early) => {
    let cancelled: unknown
    const stream = new ReadableStream({
      cancel: (reason) => {
        cancelled = reason
      },
    })
    const abort = new AbortSource()
    if (early) abort.abort('enough')
    const reading = readBody(new Response(stream), 9, abort)
    await nextTurn()
    if (!early) abort.abort('enough')
    expect(await reading).toMatchObject({ end: 'broken', error: 'enough' })
    expect(cancelled).toBe('enough')
  })

  test('follows the abort no longer than it reads', async () => {
    const abort = new AbortSource()
    const follow = abort.follow.bind(abort)
    let followers = 0
    abort.follow = (onAbort) => {
      followers++
      const stop = follow(onAbort)
      return () => {
        followers--
        stop()
      }
    }
    const whole = readBody(new Response('abc'), 9, abort)
    const cut = readBody(new Response('abc'), 1, abort)
    expect(followers).toBe(2)
    await Promise.all([whole, cut])
    expect(followers).toBe(0)
  })
})

test('concatBytes copies only where it must', () => {
  const one = Uint8Array.of(1)
  expect(concatBytes([one])).toBe(one)
  expect(concatBytes([])).toEqual(new Uint8Array(0))
  expect(concatBytes([one, Uint8Array.of(2, 3)])).toEqual(Uint8Array.of(1, 2, 3))
})
