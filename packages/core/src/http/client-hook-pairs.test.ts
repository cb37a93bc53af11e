import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answer, deaf, jsonAnswer, silence } from './testing/stub-fetch.ts'
import { read, testClient } from './testing/test-client.ts'
import type { FailureEvent, HttpConfig, RequestEvent, ResponseEvent } from './types.ts'

/** What hooks see, in order; each request by its own letter. */
function watch(): { readonly hooks: Partial<HttpConfig>; readonly seen: string[]; failures: FailureEvent[] } {
  const seen: string[] = []
  const failures: FailureEvent[] = []
  const letters = new Map<object, string>()
  const letter = ({ request }: RequestEvent): string => {
    const known = letters.get(request) ?? String.fromCharCode(97 + letters.size)
    letters.set(request, known)
    return known
  }
  const hooks = {
    onRequest: (event: RequestEvent) => seen.push(`${letter(event)}${event.attempt} sent`),
    onResponse: (event: ResponseEvent) => seen.push(`${letter(event)}${event.attempt} ${event.status}`),
    onFailure(event: FailureEvent) {
      failures.push(event)
      seen.push(`${letter(event)}${event.attempt} ${event.code ?? 'aborted'}`)
    },
  }
  return { hooks, seen, failures }
}

const dropped = new TypeError('fetch failed')
const redirect = (): Response => new Response(null, { status: 302, headers: { location: '/v2' } })

test('a request that gets no answer ends with onFailure, which says why and how long it took', async () => {
  const { hooks, seen, failures } = watch()
  const late: Answer = async () => {
    await clock.sleep(40)
    throw dropped
  }
  const { http, clock } = testClient([late, silence, jsonAnswer(1)], { ...hooks, timeoutMs: 1000 })
  await clock.settle(http.json(read))
  expect(seen).toEqual(['a1 sent', 'a1 network', 'a2 sent', 'a2 timeout', 'a3 sent', 'a3 200'])
  expect(failures.map(({ durationMs }) => durationMs)).toEqual([40, 1000])
  expect(failures[0]).toMatchObject({ url: 'https://api.acme.test/v1/contacts', method: 'GET' })
})

test('so does one that the deadline or the caller ends, and one that is aborted before it is sent', async () => {
  const { hooks, seen } = watch()
  const slow = testClient([silence], { ...hooks, deadlineMs: 500 })
  await slow.clock.settle(slow.http.json(read).catch(() => undefined))
  const aborted = testClient([deaf], hooks)
  const controller = new AbortController()
  const underWay = aborted.http.json({ ...read, call: { signal: controller.signal } })
  setTimeout(() => controller.abort(), 0)
  await expect(underWay).rejects.toThrow('aborted')
  const hasty = new AbortController()
  const unsent = testClient([jsonAnswer(1)], {
    ...hooks,
    onRequest(event) {
      hooks.onRequest?.(event)
      hasty.abort()
    },
  })
  await expect(unsent.http.json({ ...read, call: { signal: hasty.signal } })).rejects.toThrow('aborted')
  expect(unsent.sent).toEqual([])
  expect(seen).toEqual(['a1 sent', 'a1 timeout', 'b1 sent', 'b1 aborted', 'c1 sent', 'c1 aborted'])
})

test('a fetch that gives no Response is a failure of the configuration, with an end of its own', async () => {
  const { hooks, seen } = watch()
  const { http } = testClient([() => Object.create(null)], hooks)
  await expect(http.json(read)).rejects.toMatchObject({ code: 'config' })
  expect(seen).toEqual(['a1 sent', 'a1 config'])
})

test('whatever is answered, each request that is sent is answered or has failed before it is sent again', async () => {
  const kinds: Record<string, () => Answer> = {
    good: () => jsonAnswer(1),
    busy: () => new Response(null, { status: 503 }),
    refused: () => new Response(null, { status: 404 }),
    garbled: () => new Response('{', { headers: { 'content-type': 'application/json' } }),
    redirect: () => redirect(),
    elsewhere: () => new Response(null, { status: 302, headers: { location: 'https://else.test/' } }),
    unauthenticated: () => new Response(null, { status: 401 }),
    broken: () => new Response(new ReadableStream({ start: (body) => body.error(dropped) })),
    unreadable: () => () => Object.create(null),
    dropped: () => dropped,
    silence: () => silence,
  }
  const answers = fc.array(fc.constantFrom(...Object.keys(kinds)), { minLength: 24, maxLength: 24 })
  await fc.assert(
    fc.asyncProperty(answers, fc.integer({ min: 1, max: 5 }), async (names, count) => {
      const { hooks, seen } = watch()
      let asked = 0
      const given = names.map((name) => kinds[name]?.() ?? dropped)
      const { http, clock } = testClient([...given, ...given.map(() => new Error('enough'))], {
        ...hooks,
        timeoutMs: 50,
        authHeaders: () => ({ authorization: `Bearer ${asked++}` }),
        random: () => 0,
      })
      await clock.settle(Promise.allSettled(Array.from({ length: count }, () => http.json(read))))
      const open = new Set<string>()
      for (const line of seen) {
        const [who = '', what] = line.split(' ')
        expect(open.has(who)).toBe(what !== 'sent')
        if (what === 'sent') open.add(who)
        else open.delete(who)
      }
      expect(open.size).toBe(0)
      expect(new Set(seen.map(([letter]) => letter)).size).toBe(count)
    }),
    { numRuns: 60 },
  )
})
