import { describe, expect, test } from 'vitest'
import { countListeners } from './testing/count-listeners.ts'
import { flush } from './testing/fake-clock.ts'
import { type Answer, jsonAnswer, silence } from './testing/stub-fetch.ts'
import { contactsError, read, testClient, write } from './testing/test-client.ts'
import type { HttpConfig, HttpRequest } from './types.ts'

const json = { 'content-type': 'application/json' }

/** Headers at once, and a body that starts and stays silent. */
const slowBody: Answer = ({ signal }) =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"a":'))
        signal.addEventListener('abort', () => controller.error(signal.reason))
      },
    }),
    { headers: json },
  )

/** The same, of a `fetch` that does not heed the signal. */
const deafBody: Answer = () =>
  new Response(new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode('{"a":')) }), {
    headers: json,
  })
const deaf: Answer = () => new Promise(() => {})

describe('timeoutMs', () => {
  test.each<[string, Answer]>([
    ['the headers', silence],
    ['the body', slowBody],
    ['the headers, of a fetch that does not heed its signal', deaf],
    ['the body, of a fetch that does not heed its signal', deafBody],
  ])('covers %s', async (_, answer) => {
    const { http, clock, sent } = testClient([answer], { retry: false })
    const startedAt = clock.now()
    const failed = contactsError(http.json(read))
    await clock.advance(29_999)
    expect(clock.pending).toBe(1)
    const error = await clock.settle(failed)
    expect(clock.now() - startedAt).toBe(30_000)
    expect(error).toMatchObject({ code: 'timeout', retryable: true, operation: 'list' })
    expect(error.message).toContain('30000 ms')
    expect(sent[0]?.signal.aborted).toBe(true)
    expect(clock.pending).toBe(0)
  })

  test('is counted for each attempt, and can be set by client and request', async () => {
    const { http, clock, sent } = testClient([silence, silence, silence], {
      timeoutMs: 50,
      retry: { attempts: 2, baseDelayMs: 0 },
    })
    const startedAt = clock.now()
    await contactsError(clock.settle(http.json(read)))
    expect(clock.now() - startedAt).toBe(100)
    await contactsError(clock.settle(http.json({ ...read, timeoutMs: 7, retry: false })))
    expect(clock.now() - startedAt).toBe(107)
    expect(sent).toHaveLength(3)
  })

  test('of a write: the answer is lost, and the error says so', async () => {
    const { http, clock } = testClient([silence])
    const error = await contactsError(clock.settle(http.json(write)))
    expect(error).toMatchObject({ code: 'timeout', retryable: false })
    expect(error.message).toContain('may have been applied')
  })

  test('covers functions for headers; a write that was not sent is safe to make again', async () => {
    const { http, clock, sent } = testClient([], { authHeaders: () => new Promise(() => {}) })
    const error = await contactsError(clock.settle(http.json(write)))
    expect(error).toMatchObject({ code: 'timeout', retryable: true })
    expect(error.message).not.toContain('may have been applied')
    expect(sent).toHaveLength(0)
  })

  test('does not take a status that has arrived for a time-out, when its body is slow', async () => {
    const slowError: Answer = () => new Response(new ReadableStream(), { status: 404 })
    const { http, clock } = testClient([slowError])
    expect(await contactsError(clock.settle(http.json(read)))).toMatchObject({ code: 'not_found' })
  })

  test('does not count time spent in the queue', async () => {
    const { http, clock, sent } = testClient([jsonAnswer(1), jsonAnswer(2)], {
      timeoutMs: 10,
      rateLimit: { requests: 1, perMs: 1000 },
    })
    const both = Promise.all([http.json(read), http.json(read)])
    expect((await clock.settle(both)).map(({ data }) => data)).toEqual([1, 2])
    expect(sent).toHaveLength(2)
  })

  test('an answer that comes too late is disposed of', async () => {
    let cancelled = false
    let answerLate = (): void => {}
    const late: Answer = () =>
      new Promise((resolve) => {
        answerLate = () =>
          resolve(
            new Response(
              new ReadableStream({
                cancel() {
                  cancelled = true
                },
              }),
            ),
          )
      })
    const { http, clock } = testClient([late], { retry: false })
    await contactsError(clock.settle(http.json(read)))
    answerLate()
    await flush()
    expect(cancelled).toBe(true)
  })
})

describe('deadlineMs', () => {
  test('covers all attempts', async () => {
    const { http, clock, sent } = testClient([silence, silence, silence], {
      timeoutMs: 100,
      deadlineMs: 250,
      retry: { baseDelayMs: 0 },
    })
    const startedAt = clock.now()
    const error = await contactsError(clock.settle(http.json(read)))
    expect(clock.now() - startedAt).toBe(250)
    expect(error).toMatchObject({ code: 'timeout', retryable: true, cause: { code: 'timeout' } })
    expect(error.message).toContain('deadlineMs')
    expect(sent).toHaveLength(3)
    expect(clock.pending).toBe(0)
  })

  test('covers the queue; a write that was not sent is safe to make again', async () => {
    const { http, clock, sent } = testClient([silence], { concurrency: 1, retry: false })
    const first = contactsError(http.json(read))
    const error = await contactsError(clock.settle(http.json({ ...write, deadlineMs: 10 })))
    expect(error).toMatchObject({ code: 'timeout', retryable: true })
    expect(error.message).not.toContain('may have been applied')
    expect(sent).toHaveLength(1)
    await clock.settle(first)
  })

  test('of a write that was refused with 429 and waits to be sent again: nothing was applied', async () => {
    const { http, clock, sent } = testClient([new Response(null, { status: 429 })], {
      deadlineMs: 200,
      rateLimit: { requests: 1, perMs: 1000 },
    })
    const error = await contactsError(clock.settle(http.json(write)))
    expect(error).toMatchObject({ code: 'timeout', retryable: true, cause: { code: 'rate_limited' } })
    expect(error.message).not.toContain('may have been applied')
    expect(sent).toHaveLength(1)
  })

  test('of a write that was sent: the answer is lost, and the error says so', async () => {
    const { http, clock } = testClient([silence], { deadlineMs: 10 })
    const error = await contactsError(clock.settle(http.json(write)))
    expect(error).toMatchObject({ code: 'timeout', retryable: false })
    expect(error.message).toContain('may have been applied')
  })

  test('of a request goes before that of the client, and nothing is left after success', async () => {
    const { http, clock } = testClient([silence, jsonAnswer(1)], { deadlineMs: 10 })
    const startedAt = clock.now()
    await contactsError(clock.settle(http.json({ ...read, deadlineMs: 20 })))
    expect(clock.now() - startedAt).toBe(20)
    await http.json(read)
    expect(clock.pending).toBe(0)
  })
})

describe("a caller's abort is passed through untouched, and leaves nothing behind", () => {
  class MyReason {}

  const cases: [string, readonly Answer[], Partial<HttpConfig>, number][] = [
    ['while waiting for the headers', [silence], {}, 0],
    ['while reading the body', [slowBody], {}, 0],
    ['while waiting for headers of a deaf fetch', [deaf], {}, 0],
    ['while reading the body of a deaf fetch', [deafBody], {}, 0],
    [
      'while reading the body of an error',
      [() => new Response(new ReadableStream(), { status: 500 })],
      {},
      0,
    ],
    [
      'while waiting for a retry',
      [() => new Response(null, { status: 503, headers: { 'retry-after': '9' } })],
      {},
      1,
    ],
    ['while asking for a token', [], { authHeaders: () => new Promise(() => {}) }, 0],
    ['with a deadline', [silence], { deadlineMs: 1000 }, 10],
  ]
  const reasons: [string, unknown][] = [
    ['an object', new MyReason()],
    ['the default', undefined],
    ['null', null],
    ['an error that looks like a time-out', new DOMException('mine', 'TimeoutError')],
  ]

  for (const [when, answers, options, advance] of cases) {
    test.each(reasons)(`${when}: %s`, async (_, reason) => {
      const { http, clock } = testClient(answers, options)
      const controller = new AbortController()
      const listeners = countListeners(controller.signal)
      const failed = http.json({ ...read, signal: controller.signal }).then(
        () => expect.unreachable(),
        (error: unknown) => ({ error }),
      )
      await clock.advance(advance)
      expect(listeners.count).toBe(1)
      controller.abort(reason)
      expect((await failed).error).toBe(controller.signal.reason)
      await flush()
      expect(clock.pending).toBe(0)
      expect(listeners.count).toBe(0)
    })
  }

  test.each<[string, Partial<HttpConfig>]>([
    ['for a place', { concurrency: 1 }],
    ['for its turn', { rateLimit: { requests: 1, perMs: 60_000 } }],
  ])('while waiting %s: and the next one gets it', async (_, options) => {
    const { http, clock, sent } = testClient([silence, jsonAnswer('next')], { ...options, retry: false })
    const first = contactsError(http.json(read))
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const second = http.json({ ...read, signal: controller.signal }).catch((error: unknown) => ({ error }))
    const third = http.json(read)
    await flush()
    expect(sent).toHaveLength(1)
    controller.abort('enough')
    expect(await second).toEqual({ error: 'enough' })
    expect(listeners.count).toBe(0)
    await clock.settle(first)
    expect((await clock.settle(third)).data).toBe('next')
    expect(clock.pending).toBe(0)
  })

  test('before the call: nothing is asked or sent', async () => {
    const { http, clock, sent } = testClient([])
    const signal = AbortSignal.abort('early')
    await expect(http.json({ ...read, signal })).rejects.toBe('early')
    expect(sent).toHaveLength(0)
    expect(clock.pending).toBe(0)
  })

  test('at once after the call: nothing is sent', async () => {
    const { http, clock, sent } = testClient([silence])
    const controller = new AbortController()
    const failed = http.json({ ...read, signal: controller.signal }).catch((error: unknown) => ({ error }))
    controller.abort('at once')
    expect(await failed).toEqual({ error: 'at once' })
    expect(sent).toHaveLength(0)
    expect(clock.pending).toBe(0)
  })

  test('from within a hook, just as the headers have arrived', async () => {
    for (const answer of [new Response('ok'), new Response('no', { status: 500 })]) {
      const controller = new AbortController()
      const retried: unknown[] = []
      const { http } = testClient([answer], {
        onResponse: () => controller.abort('seen enough'),
        onRetry: (event) => retried.push(event),
      })
      await expect(http.stream({ ...read, signal: controller.signal })).rejects.toBe('seen enough')
      expect(retried).toEqual([])
    }
  })

  test('while the body of an error is read, it is not announced as a retry', async () => {
    const retried: unknown[] = []
    const { http } = testClient([() => new Response(new ReadableStream(), { status: 500 })], {
      onRetry: (event) => retried.push(event),
    })
    const controller = new AbortController()
    const failed = http.json({ ...read, signal: controller.signal }).catch((error: unknown) => ({ error }))
    await flush()
    controller.abort('enough')
    expect(await failed).toEqual({ error: 'enough' })
    expect(retried).toEqual([])
  })

  test('after a success or an error nothing is left on the signal', async () => {
    const { http, clock } = testClient(
      [jsonAnswer(1), new Response(null, { status: 404 }), new TypeError('x')],
      {
        retry: false,
        deadlineMs: 1000,
      },
    )
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const request: HttpRequest = { ...read, signal: controller.signal }
    await http.json(request)
    await contactsError(http.json(request))
    await contactsError(http.json(request))
    expect(listeners.count).toBe(0)
    expect(clock.pending).toBe(0)
  })
})

describe('limits', () => {
  test('no more than `concurrency` are under way, body included', async () => {
    let open = 0
    let most = 0
    const counted: Answer = () => {
      most = Math.max(most, ++open)
      let pulled = false
      return new Response(
        new ReadableStream({
          async pull(controller) {
            await flush()
            if (pulled) {
              open--
              controller.close()
            } else controller.enqueue(new TextEncoder().encode('1'))
            pulled = true
          },
        }),
        { headers: json },
      )
    }
    const { http } = testClient(Array(20).fill(counted), { concurrency: 3 })
    await Promise.all(Array.from({ length: 20 }, () => http.json(read)))
    expect(most).toBe(3)
  })

  test('eight by default; one that waits for a retry holds no place', async () => {
    const { http, clock, sent } = testClient([...Array<Answer>(8).fill(silence), jsonAnswer(1)], {
      retry: false,
    })
    const silent = Array.from({ length: 8 }, () => contactsError(http.json(read)))
    const ninth = http.json(read)
    await flush()
    expect(sent).toHaveLength(8)
    await clock.settle(Promise.all(silent))
    expect((await ninth).data).toBe(1)

    const other = testClient([new Response(null, { status: 503 }), jsonAnswer('b'), jsonAnswer('a')], {
      concurrency: 1,
    })
    const a = other.http.json(read)
    await flush()
    expect((await other.http.json(read)).data).toBe('b')
    expect((await other.clock.settle(a)).data).toBe('a')
  })

  test('`rateLimit` holds for attempts, not for calls', async () => {
    const { http, clock, sent } = testClient(
      [new Response(null, { status: 500 }), jsonAnswer(1), jsonAnswer(2)],
      { rateLimit: { requests: 1, perMs: 1000 }, random: () => 0 },
    )
    const startedAt = clock.now()
    await clock.settle(http.json(read))
    expect(clock.now() - startedAt).toBe(1000)
    await clock.settle(http.json(read))
    expect(clock.now() - startedAt).toBe(2000)
    expect(sent).toHaveLength(3)
  })
})
