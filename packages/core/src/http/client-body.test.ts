import { describe, expect, test } from 'vitest'
import { type Answer, jsonAnswer } from './testing/stub-fetch.ts'
import { contactsError, read, testClient, write } from './testing/test-client.ts'

const json = { 'content-type': 'application/json' }

/** A body in pieces, which may break off with an error; tells whether it was cancelled. */
function body(pieces: readonly (string | Uint8Array | Error)[]): {
  stream: ReadableStream<Uint8Array>
  readonly cancelled: boolean
} {
  const queue = [...pieces]
  let cancelled = false
  return {
    stream: new ReadableStream({
      pull(controller) {
        const next = queue.shift()
        if (next === undefined) controller.close()
        else if (next instanceof Error) controller.error(next)
        else controller.enqueue(typeof next === 'string' ? new TextEncoder().encode(next) : next)
      },
      cancel() {
        cancelled = true
      },
    }),
    get cancelled() {
      return cancelled
    },
  }
}

describe('a successful answer', () => {
  test.each<[string, Response]>([
    ['204', new Response(null, { status: 204 })],
    ['205', new Response(null, { status: 205 })],
    ['an empty 200', new Response('', { status: 200 })],
    ['an empty 200 that says JSON', new Response('', { headers: json })],
    ['a blank 200 that says text', new Response(' \n')],
    ['a 201 without a body', new Response(null, { status: 201 })],
  ])('%s has no data', async (_, response) => {
    const { http } = testClient([response])
    const answer = await http.json(write)
    expect(answer).toMatchObject({ status: response.status, data: undefined })
  })

  test('null, false and 0 are data', async () => {
    const { http } = testClient([jsonAnswer(null), jsonAnswer(false), jsonAnswer(0)])
    expect([
      (await http.json(read)).data,
      (await http.json(read)).data,
      (await http.json(read)).data,
    ]).toEqual([null, false, 0])
  })

  test('takes characters cut at the borders of pieces, and a byte order mark', async () => {
    const bytes = new TextEncoder().encode('\ufeff{"name":"日本 😀 é"}')
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte))
    const { http } = testClient([
      new Response(body(pieces).stream, {
        headers: { 'content-type': 'application/vnd.acme+json; charset=utf-8' },
      }),
    ])
    expect((await http.json(read)).data).toEqual({ name: '日本 😀 é' })
  })

  test('what one answer holds leaves nothing to the next: half a character, a byte order mark, bytes that are no UTF-8', async () => {
    const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)]
    const marked = bytesOf('\ufeff{"name":"é"}')
    const bodies = [marked, [...marked, 0xc3], marked, [0xff, ...marked], marked, bytesOf('{"name":"日"}')]
    const answers = bodies.map((bytes) => new Response(Uint8Array.from(bytes), { headers: json }))
    const { http } = testClient(answers)
    const settled = await Promise.allSettled(answers.map(() => http.json(read)))
    const names = settled.map((result) => (result.status === 'fulfilled' ? result.value.data : undefined))
    const e = { name: 'é' }
    expect(names).toEqual([e, undefined, e, undefined, e, { name: '日' }])
  })

  test('text and bytes are what was sent', async () => {
    const { http } = testClient([
      new Response('a,b\né,😀\n'),
      new Response(Uint8Array.of(0, 255, 7)),
      new Response(null),
      new Response(null),
    ])
    expect((await http.text(read)).data).toBe('a,b\né,😀\n')
    expect((await http.bytes(read)).data).toEqual(Uint8Array.of(0, 255, 7))
    expect((await http.text(read)).data).toBe('')
    expect((await http.bytes(read)).data).toEqual(new Uint8Array(0))
  })
})

describe('an answer that cannot be understood', () => {
  test.each(['text/html', 'application/jsonl', ''])('a 200 of type %j is bad_response', async (type) => {
    const page = body(['<html>please log in</html>', 'x'.repeat(100_000), 'x', 'x'])
    const { http, sent } = testClient([new Response(page.stream, { headers: { 'content-type': type } })])
    const error = await contactsError(http.json(read))
    expect(error).toMatchObject({ code: 'bad_response', status: 200, retryable: false })
    expect(sent).toHaveLength(1)
    expect(page.cancelled).toBe(true)
  })

  test('of type text/plain is JSON where its text is, as of a Response made of text', async () => {
    const { http, sent } = testClient([
      new Response('{"a":1}'),
      new Response(''),
      new Response('Please log in.'),
    ])
    expect((await http.json(read)).data).toEqual({ a: 1 })
    expect((await http.json(read)).data).toBeUndefined()
    const error = await contactsError(http.json(read))
    expect(error).toMatchObject({ code: 'bad_response', status: 200, retryable: false })
    expect(error.message).toContain('not JSON')
    expect(sent).toHaveLength(3)
  })

  test('a key __proto__ is bad_response, and not asked for again', async () => {
    const { http, sent } = testClient([new Response('{"a":{"\\u005f_proto__":{}}}', { headers: json })])
    const error = await contactsError(http.json(read))
    expect(error).toMatchObject({ code: 'bad_response', retryable: false })
    expect(error.message).toContain('__proto__')
    expect(sent).toHaveLength(1)
  })

  test('JSON that is cut off is read again', async () => {
    const { http, clock, sent } = testClient([
      new Response('{"items":[{"id"', { headers: json }),
      jsonAnswer([1]),
    ])
    expect((await clock.settle(http.json(read))).data).toEqual([1])
    expect(sent).toHaveLength(2)
  })

  test('JSON that stays cut off is bad_response in the end', async () => {
    const cut: Answer = () =>
      new Response('{"items":[{"id"', { headers: { ...json, 'x-request-id': 'req-1' } })
    const { http, clock, sent } = testClient([cut, cut, cut, cut])
    const error = await contactsError(clock.settle(http.json(read)))
    expect(error).toMatchObject({ code: 'bad_response', status: 200, retryable: true, requestId: 'req-1' })
    expect(sent).toHaveLength(4)
  })

  test('cut-off JSON for a write is bad_response at once, and says what to do', async () => {
    const { http, sent } = testClient([new Response('{"id"', { headers: json })])
    const error = await contactsError(http.json(write))
    expect(error).toMatchObject({ code: 'bad_response', retryable: false })
    expect(error.message).toContain('may have been applied')
    expect(sent).toHaveLength(1)
  })

  test.each<[string, () => Response, boolean]>([
    ['by its length', () => new Response('x'.repeat(11), { headers: { 'content-length': '11' } }), false],
    ['as it comes', () => new Response(body(['x'.repeat(6), 'x'.repeat(5), 'x']).stream), true],
  ])('an answer too large %s is bad_response', async (_, response) => {
    const { http, sent } = testClient([response()], { maxResponseBytes: 10 })
    const error = await contactsError(http.text(read))
    expect(error).toMatchObject({ code: 'bad_response', retryable: false })
    expect(error.message).toContain('maxResponseBytes')
    expect(sent).toHaveLength(1)
  })

  test('an answer of just the size allowed is taken, and the rest of a larger one is cancelled', async () => {
    const large = body(['x'.repeat(6), 'x'.repeat(5), 'x'])
    const declared = body(['x'])
    const { http } = testClient(
      [
        new Response(body(['x'.repeat(6), 'x'.repeat(4)]).stream),
        new Response(large.stream),
        new Response(declared.stream, { headers: { 'content-length': '11' } }),
      ],
      { maxResponseBytes: 10 },
    )
    expect((await http.text(read)).data).toBe('x'.repeat(10))
    await contactsError(http.text(read))
    expect(large.cancelled).toBe(true)
    await contactsError(http.text(read))
    expect(declared.cancelled).toBe(true)
  })

  test('the answer to a HEAD may have the length of what a GET would get', async () => {
    const { http } = testClient([new Response(null, { headers: { 'content-length': '999' } })], {
      maxResponseBytes: 10,
    })
    expect((await http.text({ ...read, method: 'HEAD' })).data).toBe('')
  })

  test('a body that breaks off is read again, and network in the end', async () => {
    const cut: Answer = () =>
      new Response(body(['{"a":', new TypeError('terminated')]).stream, { headers: json })
    const { http, clock, sent } = testClient([cut, cut, cut, cut, cut, jsonAnswer(1)])
    const error = await contactsError(clock.settle(http.json(read)))
    expect(error).toMatchObject({ code: 'network', status: 200, retryable: true })
    expect(sent).toHaveLength(4)
    expect((await clock.settle(http.json(read))).data).toBe(1)
  })

  test('a body that breaks off before it can be told from an empty one is network, of any type', async () => {
    const { http } = testClient([new Response(body([new TypeError('terminated')]).stream)], { retry: false })
    expect(await contactsError(http.json(read))).toMatchObject({ code: 'network' })
  })

  test('a body that breaks off is not asked for again by a write', async () => {
    const { http, sent } = testClient([
      new Response(body(['{"a":', new TypeError('terminated')]).stream, { headers: json }),
    ])
    const error = await contactsError(http.json(write))
    expect(error).toMatchObject({ code: 'network', retryable: false })
    expect(error.message).toContain('may have been applied')
    expect(sent).toHaveLength(1)
  })
})

describe('an error body that breaks off', () => {
  const gone: Answer = () =>
    new Response(body(['{"message":', new TypeError('terminated')]).stream, { status: 404, headers: json })

  test('is asked for again by a read, and its status decides in the end', async () => {
    const { http, clock, sent } = testClient([gone, jsonAnswer(1), gone, gone, gone, gone])
    expect((await clock.settle(http.json(read))).data).toBe(1)
    expect(sent).toHaveLength(2)
    expect(await contactsError(clock.settle(http.json(read)))).toMatchObject({ code: 'not_found' })
    expect(sent).toHaveLength(6)
  })

  test('is not asked for again by a write that must not be sent twice', async () => {
    const { http, sent } = testClient([gone])
    expect(await contactsError(http.json(write))).toMatchObject({ code: 'not_found', applied: 'no' })
    expect(sent).toHaveLength(1)
  })
})

describe('an error body of any kind is survived', () => {
  test.each<[string, () => BodyInit | null, Record<string, string>]>([
    ['none', () => null, {}],
    ['empty JSON', () => '', json],
    ['null', () => 'null', json],
    ['a string', () => '"no"', json],
    ['broken JSON', () => '{"message":', json],
    ['JSON with __proto__', () => '{"__proto__":{"message":"x"}}', json],
    ['HTML', () => '<html>Bad Gateway</html>', { 'content-type': 'text/html' }],
    ['huge', () => 'x'.repeat(1_000_000), { 'content-type': 'text/plain' }],
    ['broken off', () => body(['{"mess', new Error('cut')]).stream, json],
    ['not UTF-8', () => Uint8Array.of(0x7b, 0xff, 0xfe), json],
  ])('%s', async (_, content, headers) => {
    const { http } = testClient([new Response(content(), { status: 422, headers })], {
      classify: ({ json: data, text }) => {
        expect(data === undefined || data === null || data === 'no').toBe(true)
        expect(text.length).toBeLessThanOrEqual(4096)
        return undefined
      },
    })
    expect(await contactsError(http.json(write))).toMatchObject({ code: 'invalid_input', status: 422 })
  })

  test('JSON is recognised under another content type too, and the rest of a huge one is cancelled', async () => {
    const huge = body(['x'.repeat(70_000), 'x'])
    const { http } = testClient(
      [new Response('{"message":"Nope"}', { status: 400 }), new Response(huge.stream, { status: 400 })],
      { classify: ({ json: data }) => (data === undefined ? {} : { message: JSON.stringify(data) }) },
    )
    expect((await contactsError(http.json(read))).message).toContain('Nope')
    await contactsError(http.json(read))
    expect(huge.cancelled).toBe(true)
  })
})
