import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { CallScope } from '../call/scope.ts'
import { type Answer, jsonAnswer } from './testing/stub-fetch.ts'
import { contactsError, read, testClient, write } from './testing/test-client.ts'
import type { HttpConfig, HttpRequest } from './types.ts'

const HALF_A_DAY_MS = 43_200_000
const later = (status = 429, seconds = 43_200): Response =>
  new Response(null, { status, headers: { 'retry-after': String(seconds) } })

/** Requests that belong together, each of a call of its own, as the items of a batch do. */
function together(answers: readonly Answer[], options: Partial<HttpConfig> = {}, deadlineMs?: number) {
  const client = testClient(answers, options)
  const { clock } = client
  const batch = new CallScope(
    { deadlineMs },
    { provider: 'acme', operation: 'createMany', clock, untilHeaders: true },
  )
  const send = (request: HttpRequest) => {
    const { operation, provider, deadlineMs, hold } = batch
    const call = new CallScope({ deadlineMs }, { operation, provider, clock, hold })
    return client.http.json({ ...request, call })
  }
  return { ...client, send }
}

describe('after a wait that is too long to be waited out', () => {
  test('nothing more is sent of what belongs together, until it is over', async () => {
    const { send, sent, clock, http } = together([later(), jsonAnswer(1), jsonAnswer(2)])
    expect(await contactsError(send(read))).toMatchObject({ status: 429, retryAfterMs: HALF_A_DAY_MS })
    await clock.advance(3_600_000)
    const error = await contactsError(send(write))
    expect(error).toMatchObject({
      code: 'rate_limited',
      provider: 'acme',
      operation: 'createMany',
      applied: 'no',
      retryable: true,
      retryAfterMs: HALF_A_DAY_MS - 3_600_000,
    })
    expect(error.status).toBeUndefined()
    expect(error.message).toBe(
      'acme createMany: not sent, because the provider asked to wait for 39600 seconds. Send it then.',
    )
    expect(sent).toHaveLength(1)
    // Another call is for its caller to decide.
    expect((await http.json(read)).data).toBe(1)
    await clock.advance(HALF_A_DAY_MS)
    expect((await send(read)).data).toBe(2)
  })

  test('what waits for its turn fails at once, and for a place when it has one', async () => {
    const options = { rateLimit: { requests: 1, perMs: 600_000 }, concurrency: 2 }
    const { send, sent, clock } = together([later()], options)
    const startedAt = clock.now()
    const all = [send(read), send(read), send(read), send(read)].map(contactsError)
    await nextTurn()
    const errors = await clock.settle(Promise.all(all))
    expect(errors.map(({ code, retryAfterMs }) => [code, retryAfterMs])).toEqual(
      Array(4).fill(['rate_limited', HALF_A_DAY_MS]),
    )
    expect(new Set(errors).size).toBe(4)
    expect([sent.length, clock.now() - startedAt, clock.pending]).toEqual([1, 0, 0])
  })

  test('one that may have been applied and waits to be sent again fails with what became of it', async () => {
    const { send, sent, clock } = together([new Response(null, { status: 503 }), later()])
    const lost = contactsError(send({ ...write, effect: 'idempotent' }))
    await nextTurn()
    await contactsError(send(read))
    expect(await clock.settle(lost)).toMatchObject({ code: 'unavailable', status: 503, applied: 'unknown' })
    expect(sent).toHaveLength(2)
  })

  test('an outage that lasts as long is the same', async () => {
    const { send, sent } = together([later(503)])
    await contactsError(send(read))
    expect(await contactsError(send(read))).toMatchObject({
      code: 'unavailable',
      retryAfterMs: HALF_A_DAY_MS,
    })
    expect(sent).toHaveLength(1)
  })

  test.each([
    ['longer than the deadline', 5, 4_000, 1],
    ['that only this call had no time left for', 3, 4_000, 2],
    ['that can be waited out', 3, undefined, 2],
  ])('a wait %s', async (_, seconds, deadlineMs, requests) => {
    const slow: Answer = async () => {
      await clock.sleep(2_000)
      return later(429, seconds)
    }
    const { send, sent, clock } = together([slow, jsonAnswer(1)], { retry: { attempts: 1 } }, deadlineMs)
    expect(await clock.settle(contactsError(send(read)))).toMatchObject({ code: 'rate_limited' })
    await send(read).catch(() => undefined)
    expect(sent).toHaveLength(requests)
  })
})
