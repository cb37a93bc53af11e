import { describe, expect, test } from 'vitest'
import { flush } from './testing/fake-clock.ts'
import { type Answer, jsonAnswer, silence } from './testing/stub-fetch.ts'
import { contactsError, read, testClient } from './testing/test-client.ts'

const json = { 'content-type': 'application/json' }

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
