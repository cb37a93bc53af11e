import { describe, expect, test } from 'vitest'
import type { Applied } from '../errors.ts'
import { countListeners } from '../http/testing/count-listeners.ts'
import type { CallScope } from './scope.ts'
import { openScope, refused } from './testing/open-scope.ts'

describe("the caller's abort", () => {
  const reasons: [string, unknown][] = [
    ['an error', new Error('mine')],
    ['an object', { mine: true }],
    ['null', null],
    ['no reason', undefined],
    ['a ContactsError', refused()],
    ['an error that looks like a time-out', new DOMException('mine', 'TimeoutError')],
  ]

  test.each(reasons)('ends it with the reason, untouched: %s', (_, reason) => {
    const caller = new AbortController()
    const { scope } = openScope({ signal: caller.signal, deadlineMs: 10 })
    scope.beginWrite(false)
    expect(scope.signal.aborted).toBe(false)
    caller.abort(reason)
    expect(scope.signal.aborted).toBe(true)
    expect(scope.signal.reason).toBe(caller.signal.reason)
    expect(scope.failure(scope.signal.reason)).toBe(caller.signal.reason)
  })

  test.each(reasons)('before it was opened, too: %s', (_, reason) => {
    const { scope } = openScope({ signal: AbortSignal.abort(reason) })
    expect(scope.signal.aborted).toBe(true)
    expect(scope.failure(scope.signal.reason)).toBe(scope.signal.reason)
    if (reason !== undefined) expect(scope.signal.reason).toBe(reason)
  })

  test('reaches its parts, its children and their requests; after the end it reaches nothing', () => {
    const caller = new AbortController()
    const { scope } = openScope({ signal: caller.signal, deadlineMs: 10 })
    const child = scope.child()
    const part = scope.part(scope.signal)
    const closed = scope.child()
    closed.close()
    caller.abort('enough')
    expect([child, part].map(({ signal }) => signal.reason)).toEqual(['enough', 'enough'])
    expect(closed.signal.aborted).toBe(false)
    expect(child.failure('enough')).toBe('enough')
  })

  test('leave aborts what is under way, and takes the scope off its caller', () => {
    const caller = new AbortController()
    const listeners = countListeners(caller.signal)
    const { scope } = openScope({ signal: caller.signal })
    expect(listeners.count).toBe(1)
    scope.leave('gone')
    expect(scope.signal.reason).toBe('gone')
    expect(listeners.count).toBe(0)
  })
})

/** Two writes that are under way at the same time, and both refused. */
function refuseTwo(scope: CallScope): void {
  const writes = [scope.beginWrite(false), scope.beginWrite(false)]
  for (const write of writes) write.settle('no')
}

describe('the deadline', () => {
  test('is one for all requests of the scope', async () => {
    const { scope, clock } = openScope({ deadlineMs: 100 })
    expect(scope.endsAt).toBe(clock.now() + 100)
    expect(scope.forRequest(5)).toBe(scope)
    await clock.advance(60)
    expect(scope.forRequest(5)).toBe(scope)
    await clock.advance(39)
    expect(scope.signal.aborted).toBe(false)
    await clock.advance(1)
    expect(scope.signal.aborted).toBe(true)
    expect(scope.failure(scope.signal.reason)).toMatchObject({
      code: 'timeout',
      provider: 'acme',
      operation: 'update',
      applied: 'no',
      retryable: true,
      message: expect.stringContaining('`deadlineMs` of 100 ms. Nothing was written.'),
    })
  })

  test.each<[string, (scope: CallScope) => void, Applied, boolean, string]>([
    ['a write whose fate is unknown', (s) => s.beginWrite(false), 'unknown', false, 'may have been applied'],
    ['one that is safe to repeat', (s) => s.beginWrite(true), 'unknown', true, 'may have been applied'],
    ['two refused writes at once', refuseTwo, 'no', true, 'Nothing was written'],
    ['a refused write', (s) => s.beginWrite(false).settle('no'), 'no', true, 'Nothing was written'],
    ['an applied write', (s) => s.beginWrite(true).settle('yes'), 'yes', true, 'is in force'],
  ])('tells of %s before it', async (_, write, applied, retryable, words) => {
    const { scope, clock } = openScope({ deadlineMs: 10 })
    write(scope)
    await clock.advance(10)
    const cause = refused()
    expect(scope.failure(scope.signal.reason, cause)).toMatchObject({
      code: 'timeout',
      applied,
      retryable,
      cause,
      message: expect.stringContaining(words),
    })
  })

  test('does not fire when the scope has ended, and leaves no timer', async () => {
    const { scope, clock } = openScope({ deadlineMs: 10 })
    scope.close()
    scope.close()
    expect(clock.pending).toBe(0)
    await clock.advance(10)
    expect(scope.signal.aborted).toBe(false)
  })

  test('of a child starts anew; that of a part is the same', async () => {
    const { scope, clock } = openScope({ deadlineMs: 100 })
    await clock.advance(60)
    const child = scope.child()
    const part = scope.part(scope.signal)
    expect([child.endsAt - clock.now(), part.endsAt - clock.now()]).toEqual([100, 40])
    await clock.advance(40)
    expect([scope, part, child].map(({ signal }) => signal.aborted)).toEqual([true, true, true])
    // The parent's time is up: the child cannot go on without it.
    expect(child.failure(child.signal.reason)).toMatchObject({ code: 'timeout' })
  })

  test('without one, each request has the one of the HTTP client', async () => {
    const { scope, clock } = openScope()
    expect(scope.endsAt).toBe(Number.POSITIVE_INFINITY)
    expect(scope.forRequest(Number.POSITIVE_INFINITY)).toBe(scope)
    expect(clock.pending).toBe(0)
    await clock.advance(1000)
    const request = scope.forRequest(50)
    expect(request.endsAt).toBe(clock.now() + 50)
    await clock.advance(50)
    expect(scope.signal.aborted).toBe(false)
    expect(request.failure(request.signal.reason)).toMatchObject({ code: 'timeout', operation: 'update' })
  })

  test('Infinity is none', () => {
    const { scope, clock } = openScope({ deadlineMs: Number.POSITIVE_INFINITY })
    expect(scope.endsAt).toBe(Number.POSITIVE_INFINITY)
    expect(clock.pending).toBe(0)
  })

  test('until the headers, it counts for each request alone', async () => {
    const { scope, clock } = openScope({ deadlineMs: 100 }, { untilHeaders: true })
    await clock.advance(1000)
    const first = scope.forRequest(5)
    expect(first.endsAt).toBe(clock.now() + 100)
    first.close()
    await clock.advance(1000)
    expect([scope.signal.aborted, first.signal.aborted]).toEqual([false, false])
    const second = scope.forRequest(5)
    await clock.advance(100)
    expect([scope.signal.aborted, second.signal.aborted]).toEqual([false, true])
  })
})

describe('many scopes on one signal', () => {
  test('have one listener while they are open, and leave none', () => {
    const caller = new AbortController()
    const listeners = countListeners(caller.signal)
    const scopes: CallScope[] = []
    for (let n = 0; n < 5000; n++) {
      scopes.push(openScope({ signal: caller.signal }).scope)
      expect(listeners.count).toBe(1)
    }
    for (const scope of scopes.slice(1)) scope.close()
    expect(listeners.count).toBe(1)
    scopes[0]?.close()
    expect(listeners.count).toBe(0)
  })

  test('one after the other never have more than one', () => {
    const caller = new AbortController()
    const listeners = countListeners(caller.signal)
    for (let n = 0; n < 5000; n++) {
      const { scope } = openScope({ signal: caller.signal })
      const child = scope.child()
      expect(listeners.count).toBe(1)
      child.close()
      scope.close()
      expect(listeners.count).toBe(0)
    }
  })

  test('are all ended by it, each with its reason', () => {
    const caller = new AbortController()
    const scopes = Array.from({ length: 5000 }, () => openScope({ signal: caller.signal }).scope)
    caller.abort('enough')
    expect(scopes.every(({ signal }) => signal.reason === 'enough')).toBe(true)
  })
})
