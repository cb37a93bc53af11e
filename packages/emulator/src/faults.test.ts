import { describe, expect, test } from 'vitest'
import { setUp } from './test-client.ts'

function withContacts(count: number) {
  const set = setUp()
  set.emulator.chatbotkit.seed(
    Array.from({ length: count }, (_, at) => ({ name: `Zoë ${at} 🦊`, createdAt: 1 + at })),
  )
  return { ...set, faults: set.emulator.chatbotkit.faults, fetch: set.emulator.chatbotkit.fetch }
}

describe('which request meets a fault', () => {
  test('one request by default, then all is well again', async () => {
    const { client, faults } = withContacts(0)
    faults.add({ status: 503 })
    expect(faults.pending).toBe(1)
    expect((await client.get('/contact/list')).status).toBe(503)
    expect(faults.pending).toBe(0)
    expect((await client.get('/contact/list')).status).toBe(200)
  })

  test('faults are met in the order of the queue', async () => {
    const { client, faults } = withContacts(0)
    faults.add({ status: 500, times: 2 })
    faults.add({ status: 503 })
    const statuses = []
    for (let at = 0; at < 4; at += 1) statuses.push((await client.get('/contact/list')).status)
    expect(statuses).toEqual([500, 500, 503, 200])
  })

  test('method and path choose; a text is the end of the path, without the query', async () => {
    const { client, faults } = withContacts(0)
    faults.add({ method: 'POST', path: '/contact/create', status: 500 })
    faults.add({ path: /\/x\/fetch$/g, status: 502, times: 2 })
    expect((await client.get('/contact/list?x=/contact/create')).status).toBe(200)
    expect((await client.post('/contact/ensure', {})).status).toBe(200)
    expect((await client.post('/contact/create', {})).status).toBe(500)
    expect((await client.get('/contact/x/fetch')).status).toBe(502)
    expect((await client.get('/contact/x/fetch')).status).toBe(502)
  })

  test('skip lets requests pass first; Infinity never ends; clear ends all', async () => {
    const { client, faults } = withContacts(0)
    faults.add({ status: 500, skip: 2, times: Number.POSITIVE_INFINITY })
    const statuses = []
    for (let at = 0; at < 5; at += 1) statuses.push((await client.get('/contact/list')).status)
    expect(statuses).toEqual([200, 200, 500, 500, 500])
    faults.clear()
    expect((await client.get('/contact/list')).status).toBe(200)
  })
})

describe('answers instead of the real one', () => {
  test.each([
    [400, { message: 'Bad request', code: 'BAD_REQUEST' }],
    [402, { message: 'No subscription', code: 'NO_SUBSCRIPTION' }],
    [408, { message: 'Timeout', code: 'TIMEOUT' }],
    [409, { message: 'Conflict', code: 'CONFLICT' }],
    [418, { code: 'GENERIC_ERROR', message: 'System error occurred' }],
    [422, { message: 'Unprocessable entity', code: 'UNPROCESSABLE_ENTITY' }],
    [501, { message: 'Not implemented', code: 'NOT_IMPLEMENTED' }],
    [502, { message: 'Bad gateway', code: 'BAD_GATEWAY' }],
    [429, { code: 'LIMITS_REACHED', message: 'You have exceeded your allocated rate limits: rate/poll' }],
    [500, { code: 'GENERIC_ERROR', message: 'System error occurred' }],
    [503, { message: 'Service unavailable', code: 'SERVICE_UNAVAILABLE' }],
    [504, { message: 'Gateway timeout', code: 'GATEWAY_TIMEOUT' }],
  ])('status %i has the vendor’s body', async (status, body) => {
    const { client, faults } = withContacts(0)
    faults.add({ status })
    const answer = await client.get('/contact/list')
    expect([answer.status, answer.json, answer.headers.get('retry-after')]).toEqual([status, body, null])
  })

  test('headers and body as given: text as it is, anything else as JSON', async () => {
    const { client, faults } = withContacts(0)
    faults.add({ status: 413, body: 'Too large', headers: { 'X-Edge': 'yes' } })
    faults.add({ status: 418, body: { odd: true } })
    const plain = await client.get('/contact/list')
    expect([plain.text, plain.headers.get('x-edge'), plain.headers.get('content-type')]).toEqual([
      'Too large',
      'yes',
      'text/plain; charset=utf-8',
    ])
    expect(await client.get('/contact/list')).toMatchObject({ status: 418, json: { odd: true } })
  })

  test('html is a 502 page of an edge', async () => {
    const { client, faults } = withContacts(0)
    faults.add({ html: true })
    const { status, headers, text } = await client.get('/contact/list')
    expect([status, headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
    expect(text).toContain('<h1>502 Bad Gateway</h1>')
  })

  test.each([
    [7, '7'],
    [new Date(Date.UTC(2024, 5, 10, 6, 13, 20)), 'Mon, 10 Jun 2024 06:13:20 GMT'],
  ])('retryAfter %s is a 429 with the header %s', async (retryAfter, header) => {
    const { client, faults } = withContacts(0)
    faults.add({ retryAfter })
    const { status, headers } = await client.get('/contact/list')
    expect([status, headers.get('retry-after')]).toEqual([429, header])
  })

  test.each([204, 304])('status %i has no body', async (status) => {
    const { client, faults } = withContacts(0)
    faults.add({ status })
    expect(await client.get('/contact/list')).toMatchObject({ status, text: '' })
  })

  test('a body alone is a 200', async () => {
    const { client, faults } = withContacts(0)
    faults.add({ body: { items: 'none' } })
    expect(await client.get('/contact/list')).toMatchObject({ status: 200, json: { items: 'none' } })
  })

  test('the request is not applied, unless it says so', async () => {
    const { client, faults, emulator } = withContacts(0)
    faults.add({ status: 502 })
    faults.add({ status: 504, applied: true })
    await client.post('/contact/create', { name: 'refused' })
    await client.post('/contact/create', { name: 'lost' })
    expect(emulator.chatbotkit.contacts.map((contact) => contact.name)).toEqual(['lost'])
    expect(emulator.chatbotkit.requests.map((request) => request.status)).toEqual([502, 504])
  })
})

describe('what a server does with a request that it answers', () => {
  test('a write is applied after a delay, when its client was told something else long before', async () => {
    const slept: number[] = []
    let wake = (): void => {}
    const sleep = (ms: number): Promise<void> => {
      slept.push(ms)
      return new Promise((resolve) => {
        wake = resolve
      })
    }
    const { client, emulator } = setUp({ sleep })
    emulator.chatbotkit.faults.add({ applyAfterMs: 90_000 })
    expect(await client.post('/contact/create', { name: 'late' })).toMatchObject({
      status: 504,
      json: { code: 'GATEWAY_TIMEOUT' },
    })
    emulator.chatbotkit.faults.add({ applyAfterMs: 90_000, status: 500 })
    expect((await client.post('/contact/create', { name: 'later' })).status).toBe(500)
    emulator.chatbotkit.faults.add({ applyAfterMs: 90_000, cut: 'answer' })
    await expect(client.post('/contact/create', { name: 'latest' })).rejects.toThrow('fetch failed')
    expect(emulator.chatbotkit.contacts).toEqual([])
    wake()
    await expect.poll(() => emulator.chatbotkit.contacts).toMatchObject([{ name: 'latest' }])
    expect(slept).toEqual([90_000, 90_000, 90_000])
  })

  test('fields are not kept, wherever they stand', async () => {
    const { client, emulator } = withContacts(0)
    emulator.chatbotkit.faults.add({ forget: ['email', 'plan'] })
    const id = await client.create({ name: 'Ana', email: 'ana@example.com', meta: { plan: 'pro', size: 1 } })
    expect(emulator.chatbotkit.contacts).toMatchObject([{ id, name: 'Ana', email: null, meta: { size: 1 } }])
    expect(emulator.chatbotkit.requests[0]?.json).toMatchObject({ email: 'ana@example.com' })
  })

  test('the answer is another one, though the request was applied', async () => {
    const { client, faults, emulator } = withContacts(1)
    faults.add({ rewrite: (answer) => ({ ...Object(answer), id: 'another' }) })
    expect((await client.post('/contact/create', { name: 'Ana' })).json).toEqual({ id: 'another' })
    expect(emulator.chatbotkit.contacts).toHaveLength(2)
  })

  test('a JSONL stream is not rewritten', async () => {
    const { client, faults } = withContacts(2)
    faults.add({ rewrite: () => ({}) })
    expect(await client.lines('/contact/list')).toHaveLength(2)
  })

  test('the vendor’s own answer has other headers', async () => {
    const { client, faults } = withContacts(1)
    faults.add({ headers: { 'content-type': 'text/html', 'ratelimit-reset': '7' } })
    const { status, headers, json } = await client.get('/contact/list')
    expect([status, headers.get('content-type'), headers.get('ratelimit-reset')]).toEqual([
      200,
      'text/html',
      '7',
    ])
    expect(json).toMatchObject({ items: [{}] })
  })
})
