import { expect, test } from 'vitest'
import { silence } from './testing/stub-fetch.ts'
import { contactsError, inCall, testClient } from './testing/test-client.ts'
import type { HttpRequest, RetryEvent } from './types.ts'

// What a request says itself until its adapter hands on a call: these tests go together with those members.

const read: HttpRequest = { operation: 'list', method: 'GET', path: '/contacts' }

test('a request can say its operation, time limits and retries itself', async () => {
  const { http, clock, sent } = testClient([silence, silence, silence])
  const startedAt = clock.now()
  const first = await contactsError(
    clock.settle(http.json({ ...read, timeoutMs: 7, retry: { attempts: 1 } })),
  )
  expect(first).toMatchObject({ code: 'timeout', operation: 'list' })
  expect(clock.now() - startedAt).toBe(7)
  await contactsError(clock.settle(http.json({ ...read, deadlineMs: 10 })))
  expect(clock.now() - startedAt).toBe(17)
  expect(sent).toHaveLength(2)
})

test('its call goes before what it says itself', async () => {
  const { http, clock } = testClient([silence])
  const startedAt = clock.now()
  const request = inCall({ ...read, timeoutMs: 7, retry: false }, { operation: 'find', timeoutMs: 20 })
  expect(await contactsError(clock.settle(http.json(request)))).toMatchObject({ operation: 'find' })
  expect(clock.now() - startedAt).toBe(20)
})

test('its signal ends it', async () => {
  const { http } = testClient([silence])
  const controller = new AbortController()
  const failed = http.json({ ...read, signal: controller.signal }).catch((error: unknown) => ({ error }))
  controller.abort('enough')
  expect(await failed).toEqual({ error: 'enough' })
})

test('`idempotent` stands for its effect, and `onRetry` hears of its repetitions', async () => {
  const events: RetryEvent[] = []
  const failing = (): Response => new Response(null, { status: 500 })
  const { http, clock, sent } = testClient([failing, failing, failing, failing])
  const onRetry = (event: RetryEvent): void => void events.push(event)
  const write = { ...read, method: 'PUT', retry: { attempts: 2 }, onRetry }
  expect(await contactsError(clock.settle(http.json({ ...write, idempotent: true })))).toMatchObject({
    applied: 'unknown',
  })
  expect(events).toMatchObject([{ code: 'unavailable', status: 500, delayMs: 125, attempt: 1 }])
  expect(await contactsError(http.json(write))).toMatchObject({ applied: 'unknown' })
  expect(await contactsError(http.json({ ...read, idempotent: false }))).toMatchObject({ applied: 'unknown' })
  expect(sent).toHaveLength(4)
})
