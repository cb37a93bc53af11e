import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { type Answer, deaf, deafBody, jsonAnswer, silence, slowBody } from './testing/stub-fetch.ts'
import { contactsError, inCall, read, testClient, write } from './testing/test-client.ts'

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
    await contactsError(clock.settle(http.json(inCall(read, { timeoutMs: 7, retry: false }))))
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
    await nextTurn()
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
    const error = await contactsError(clock.settle(http.json(inCall(write, { deadlineMs: 10 }))))
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
    await contactsError(clock.settle(http.json(inCall(read, { deadlineMs: 20 }))))
    expect(clock.now() - startedAt).toBe(20)
    await http.json(read)
    expect(clock.pending).toBe(0)
  })
})
