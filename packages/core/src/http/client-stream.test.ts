import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { CallScope } from '../call/scope.ts'
import { countListeners } from './testing/count-listeners.ts'
import { type Answer, jsonAnswer, silence } from './testing/stub-fetch.ts'
import { contactsError, inCall, read, testClient, write } from './testing/test-client.ts'

const encoder = new TextEncoder()

/** A body that the test feeds by hand. */
function feed(): {
  readonly answer: Answer
  send(text: string): void
  end(): void
  fail(error: Error): void
  readonly cancelled: boolean
} {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let cancelled = false
  const stream = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given
    },
    cancel: () => {
      cancelled = true
    },
  })
  return {
    answer: () => new Response(stream, { headers: { 'x-request-id': 'req-1' } }),
    send: (text) => controller?.enqueue(encoder.encode(text)),
    end: () => controller?.close(),
    fail: (error) => controller?.error(error),
    get cancelled() {
      return cancelled
    },
  }
}

const text = (result: ReadableStreamReadResult<Uint8Array>): string | undefined =>
  result.done ? undefined : new TextDecoder().decode(result.value)

describe('a stream', () => {
  test('hands the body on as it arrives, without a limit of size', async () => {
    const source = feed()
    const { http, clock } = testClient([source.answer], { maxResponseBytes: 1 })
    const { status, data } = await http.stream(read)
    expect(status).toBe(200)
    const reader = data.getReader()
    source.send('one')
    expect(text(await reader.read())).toBe('one')
    source.send('two')
    source.end()
    expect(text(await reader.read())).toBe('two')
    expect(text(await reader.read())).toBeUndefined()
    expect(clock.pending).toBe(0)
  })

  test('is empty where there is no body', async () => {
    const { http } = testClient([new Response(null, { status: 204 }), new Response(null)])
    for (const status of [204, 200]) {
      const answer = await http.stream(read)
      expect(answer.status).toBe(status)
      expect(text(await answer.data.getReader().read())).toBeUndefined()
    }
  })

  test('before its headers it is retried, and an error answer is an error', async () => {
    const { http, clock, sent } = testClient([
      new Response(null, { status: 503 }),
      new TypeError('fetch failed'),
      new Response('ok'),
      jsonAnswer({}, { status: 401 }),
    ])
    const { data } = await clock.settle(http.stream(read))
    expect(await new Response(data).text()).toBe('ok')
    expect(sent).toHaveLength(3)
    expect(await contactsError(http.stream(read))).toMatchObject({ code: 'unauthenticated' })
  })

  test('that is silent for timeoutMs is timeout, and the request is aborted', async () => {
    const source = feed()
    const { http, clock, sent } = testClient([source.answer], { timeoutMs: 1000 })
    const reader = (await http.stream(read)).data.getReader()
    source.send('one')
    await reader.read()
    await clock.advance(700)
    const failed = contactsError(reader.read())
    await clock.advance(999)
    expect(sent[0]?.signal.aborted).toBe(false)
    await clock.advance(1)
    expect(await failed).toMatchObject({
      code: 'timeout',
      retryable: true,
      provider: 'acme',
      operation: 'list',
    })
    expect(sent[0]?.signal.aborted).toBe(true)
    expect(source.cancelled).toBe(true)
    expect(clock.pending).toBe(0)
  })

  test('each piece starts the time anew', async () => {
    const source = feed()
    const { http, clock } = testClient([source.answer], { timeoutMs: 1000 })
    const reader = (await http.stream(read)).data.getReader()
    for (let i = 0; i < 20; i++) {
      const piece = reader.read()
      await clock.advance(900)
      source.send('x')
      expect(text(await piece)).toBe('x')
    }
  })

  test('a slow consumer never times out, nor does the deadline reach it', async () => {
    const source = feed()
    const { http, clock, sent } = testClient([source.answer], { timeoutMs: 1000, deadlineMs: 5000 })
    const reader = (await http.stream(read)).data.getReader()
    for (let i = 0; i < 3; i++) {
      source.send('x')
      expect(text(await reader.read())).toBe('x')
      await clock.advance(600_000)
    }
    expect(clock.pending).toBe(0)
    expect(sent[0]?.signal.aborted).toBe(false)
    source.end()
    expect(text(await reader.read())).toBeUndefined()
  })

  test('that breaks off throws network after what has arrived, and is not asked for again', async () => {
    const source = feed()
    const { http, clock, sent } = testClient([source.answer])
    const reader = (await http.stream(read)).data.getReader()
    source.send('one')
    expect(text(await reader.read())).toBe('one')
    const failed = contactsError(reader.read())
    source.fail(Object.assign(new TypeError('terminated'), { code: 'UND_ERR_SOCKET' }))
    expect(await failed).toMatchObject({
      code: 'network',
      status: 200,
      requestId: 'req-1',
      cause: { code: 'UND_ERR_SOCKET' },
    })
    expect(sent).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  test.each<[string, (reader: ReadableStreamDefaultReader) => Promise<unknown>]>([
    ['cancelled', (reader) => reader.cancel('enough')],
    ['cancelled while a read is pending', async (reader) => [reader.read(), await reader.cancel('enough')]],
  ])('that is %s aborts the request and leaves nothing behind', async (_, cancel) => {
    const source = feed()
    const { http, clock, sent } = testClient([source.answer])
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const { data } = await http.stream(inCall(read, { signal: controller.signal }))
    expect(listeners.count).toBe(1)
    await cancel(data.getReader())
    expect(sent[0]?.signal.aborted).toBe(true)
    expect(source.cancelled).toBe(true)
    expect(listeners.count).toBe(0)
    expect(clock.pending).toBe(0)
  })

  test('leaves its place to others, so that its consumer can write meanwhile', async () => {
    const source = feed()
    const { http } = testClient([source.answer, jsonAnswer('written')], { concurrency: 1 })
    const reader = (await http.stream(read)).data.getReader()
    source.send('one')
    await reader.read()
    expect((await http.json(write)).data).toBe('written')
    await reader.cancel()
  })

  test('that is read to its end does not abort the request, and leaves nothing behind', async () => {
    const { http, sent } = testClient([new Response('a')])
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const { data } = await http.stream(inCall(read, { signal: controller.signal }))
    await new Response(data).text()
    expect(sent[0]?.signal.aborted).toBe(false)
    expect(listeners.count).toBe(0)
  })

  test.each([
    ['while a read is pending', true],
    ['between two reads', false],
  ])("the caller's abort %s breaks it with the reason, untouched", async (_, pending) => {
    const source = feed()
    const { http, clock, sent } = testClient([source.answer])
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const reader = (await http.stream(inCall(read, { signal: controller.signal }))).data.getReader()
    const reason = { mine: true }
    const early = pending ? reader.read().catch((error: unknown) => ({ error })) : undefined
    await nextTurn()
    controller.abort(reason)
    const { error } = Object(await (early ?? reader.read().catch((caught: unknown) => ({ error: caught }))))
    expect(error).toBe(reason)
    expect(sent[0]?.signal.aborted).toBe(true)
    expect(clock.pending).toBe(0)
    expect(listeners.count).toBe(0)
  })

  test.each([
    ['of its own', undefined],
    ["of the client's", 5000],
  ])("the caller's abort breaks it also where it has a deadline %s", async (_, client) => {
    const source = feed()
    const { http, clock, sent } = testClient([source.answer], { deadlineMs: client })
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const call = { signal: controller.signal, ...(client === undefined && { deadlineMs: 1000 }) }
    const reader = (await http.stream(inCall(read, call))).data.getReader()
    await clock.advance(10_000)
    const failed = reader.read().catch((error: unknown) => ({ error }))
    controller.abort('enough')
    expect(await failed).toEqual({ error: 'enough' })
    expect(sent[0]?.signal.aborted).toBe(true)
    expect([listeners.count, clock.pending]).toEqual([0, 0])
  })

  test('in the scope of a call, follows it, and leaves its end to whoever opened it', async () => {
    const source = feed()
    const { http, clock } = testClient([source.answer, new Response('ok')])
    const controller = new AbortController()
    const init = { provider: 'acme', operation: 'list', clock, untilHeaders: true }
    const call = new CallScope({ signal: controller.signal, deadlineMs: 1000 }, init)
    const rest = (await http.stream({ ...read, call })).data
    const reader = (await http.stream({ ...read, call })).data.getReader()
    expect(text(await reader.read())).toBe('ok')
    expect(text(await reader.read())).toBeUndefined()
    await clock.advance(10_000)
    const failed = new Response(rest).text().catch((error: unknown) => ({ error }))
    await nextTurn()
    controller.abort('enough')
    expect(await failed).toEqual({ error: 'enough' })
    expect(clock.pending).toBe(0)
    call.close()
  })

  test('is timed out by its deadline before its headers', async () => {
    const { http, clock } = testClient([silence], { deadlineMs: 10 })
    const error = await contactsError(clock.settle(http.stream(read)))
    expect(error).toMatchObject({ code: 'timeout', operation: 'list', applied: 'no' })
  })

  test('of a write that breaks off says that it may have been applied', async () => {
    const source = feed()
    const { http } = testClient([source.answer])
    const reader = (await http.stream(write)).data.getReader()
    source.fail(new TypeError('terminated'))
    const error = await contactsError(reader.read())
    expect(error).toMatchObject({ code: 'network', retryable: false })
    expect(error.message).toContain('may have been applied')
  })
})
