import { describe, expect, test, vi } from 'vitest'
import { setUp } from './test-client.ts'

const auth = { authorization: 'Bearer sk-emulator' }
const url = (path: string) => `https://emulator.test/api/v1${path}`

function withContacts(count: number) {
  const set = setUp()
  set.emulator.chatbotkit.seed(
    Array.from({ length: count }, (_, at) => ({ name: `Zoë ${at} 🦊`, createdAt: 1 + at })),
  )
  return { ...set, faults: set.emulator.chatbotkit.faults, fetch: set.emulator.chatbotkit.fetch }
}

describe('the connection', () => {
  test('cut at the request: nothing is applied; at the answer: it is', async () => {
    const { client, faults, emulator } = withContacts(0)
    faults.add({ cut: 'request' })
    faults.add({ cut: 'answer' })
    const error = { name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNRESET' } }
    await expect(client.post('/contact/create', { name: 'refused' })).rejects.toMatchObject(error)
    await expect(client.post('/contact/create', { name: 'lost' })).rejects.toMatchObject(error)
    expect(emulator.chatbotkit.contacts.map((contact) => contact.name)).toEqual(['lost'])
    expect(emulator.chatbotkit.requests.map((request) => request.status)).toEqual([undefined, undefined])
  })

  test('cut in the body: exactly the bytes or lines before it arrive', async () => {
    const { client, fetch, faults } = withContacts(250)
    const whole = (await client.get('/contact/list', { accept: 'application/jsonl' })).text
    const bytes = new TextEncoder().encode(whole)
    for (const [cut, expected] of [
      [{ afterBytes: 5000 }, bytes.slice(0, 5000)],
      [{ afterBytes: 0 }, bytes.slice(0, 0)],
      [
        { afterLines: 130 },
        new TextEncoder().encode(
          whole
            .split('\n')
            .slice(0, 130)
            .map((line) => `${line}\n`)
            .join(''),
        ),
      ],
    ] as const) {
      faults.add({ cut })
      const response = await fetch(url('/contact/list'), {
        headers: { ...auth, accept: 'application/jsonl' },
      })
      const { received, error } = await readAll(response)
      expect(received).toEqual(expected)
      expect(error).toMatchObject({
        name: 'TypeError',
        message: 'terminated',
        cause: { code: 'UND_ERR_SOCKET' },
      })
    }
  })

  test('a cut past the end is a cut at the end', async () => {
    const { fetch, faults, client } = withContacts(3)
    const whole = (await client.get('/contact/list')).text
    faults.add({ cut: { afterLines: 5 } })
    const { received, error } = await readAll(await fetch(url('/contact/list'), { headers: auth }))
    expect([new TextDecoder().decode(received), error]).toMatchObject([whole, { message: 'terminated' }])
  })

  test('truncated JSON ends cleanly', async () => {
    const { client, faults } = withContacts(3)
    faults.add({ truncateBytes: 50 })
    const { status, text, json } = await client.get('/contact/list')
    expect([status, text.length, json]).toEqual([200, 50, undefined])
  })

  test('chunks have the sizes asked for, and the same bytes', async () => {
    const { client, fetch, faults } = withContacts(120)
    const whole = (await client.get('/contact/list', { accept: 'application/jsonl' })).text
    faults.add({ chunkBytes: [1, 700] })
    const response = await fetch(url('/contact/list'), { headers: { ...auth, accept: 'application/jsonl' } })
    const { chunks, received } = await readAll(response)
    expect(chunks.slice(0, 5)).toEqual([1, 700, 1, 700, 1])
    expect(new TextDecoder().decode(received)).toBe(whole)
  })

  test('a stall ends when the caller gives up', async () => {
    const { fetch, faults, emulator } = withContacts(150)
    for (const stall of ['request', 'answer'] as const) {
      faults.add({ stall })
      const controller = new AbortController()
      const answer = fetch(url('/contact/list'), { headers: auth, signal: controller.signal })
      await vi.waitFor(() => expect(faults.pending).toBe(0))
      controller.abort(new Error('enough'))
      await expect(answer).rejects.toThrow('enough')
    }
    faults.add({ stall: { afterBytes: 10 } })
    const controller = new AbortController()
    const response = await fetch(url('/contact/list'), { headers: auth, signal: controller.signal })
    const reader = response.body?.getReader()
    expect((await reader?.read())?.value).toHaveLength(10)
    const next = reader?.read()
    expect(emulator.chatbotkit.openStreams).toBe(1)
    controller.abort(new Error('enough'))
    await expect(next).rejects.toThrow('enough')
    expect(emulator.chatbotkit.openStreams).toBe(0)
  })

  test('latency is waited through the given sleep', async () => {
    const slept: number[] = []
    const { client, emulator } = setUp({ sleep: async (ms) => void slept.push(ms) })
    emulator.chatbotkit.faults.add({ latencyMs: 1234, status: 503 })
    expect((await client.get('/contact/list')).status).toBe(503)
    expect(slept).toEqual([1234])
  })
})

describe('ChatBotKit’s own', () => {
  test('a 200 with an error object', async () => {
    const { client, faults } = withContacts(1)
    faults.add({ errorObject: true, times: 2 })
    const object = { code: 'GENERIC_ERROR', message: 'System error occurred' }
    expect(await client.get('/contact/list')).toMatchObject({ status: 200, json: object })
    const id = await client.create({})
    faults.clear()
    faults.add({ errorObject: true })
    expect(await client.get(`/contact/${id}/fetch`)).toMatchObject({ status: 200, json: object })
  })

  test('a malformed record at its place, in each form and on any page', async () => {
    const { client, faults, emulator } = withContacts(150)
    const malformed = {
      index: 120,
      record: ({ id: _id, ...rest }: Readonly<Record<string, unknown>>) => rest,
    }
    faults.add({ malformed })
    const lines = await client.lines('/contact/list')
    expect(lines.map((line) => 'id' in Object(line).data).indexOf(false)).toBe(120)
    faults.add({ malformed: { index: 1, record: () => 'not a record' } })
    const { items, cursor } = Object((await client.get('/contact/list?take=2')).json)
    expect([items[1], cursor]).toEqual(['not a record', emulator.chatbotkit.contacts.at(-2)?.id])
    faults.add({ malformed: { index: 0, record: (record) => ({ ...record, createdAt: 'today' }) } })
    expect((await client.get(`/contact/${cursor}/fetch`)).json).toMatchObject({
      id: cursor,
      createdAt: 'today',
    })
  })

  test.each([0, 3, 100, 130, 500])('a late error line after %i of 150 items', async (afterItems) => {
    const { client, faults } = withContacts(150)
    faults.add({ lateError: { afterItems } })
    const lines = await client.lines('/contact/list')
    expect(lines).toHaveLength(Math.min(afterItems, 150) + 1)
    expect(lines.at(-1)).toEqual({
      type: 'error',
      data: { code: 'GENERIC_ERROR', message: 'System error occurred' },
    })
  })

  test('a late error just ends a CSV listing', async () => {
    const { client, faults } = withContacts(5)
    faults.add({ lateError: { afterItems: 2 } })
    expect((await client.get('/contact/list', { accept: 'text/csv' })).text.split('\n')).toHaveLength(4)
  })

  test('nop lines between the items', async () => {
    const { client, faults } = withContacts(4)
    faults.add({ nopEvery: 2, chunkBytes: 3 })
    const types = (await client.lines('/contact/list')).map((line) => Object(line).type)
    expect(types).toEqual(['nop', 'item', 'item', 'nop', 'item', 'item'])
  })

  test('a stale read answers the record before the last write', async () => {
    const { client, faults } = withContacts(0)
    const id = await client.create({ name: 'old' })
    faults.add({ path: '/fetch', stale: true, times: 2 })
    expect((await client.get(`/contact/${id}/fetch`)).status).toBe(404)
    await client.post(`/contact/${id}/update`, { name: 'new' })
    expect((await client.get(`/contact/${id}/fetch`)).json).toMatchObject({ name: 'old' })
    expect((await client.get(`/contact/${id}/fetch`)).json).toMatchObject({ name: 'new' })
  })
})

async function readAll(
  response: Response,
): Promise<{ received: Uint8Array; chunks: number[]; error: unknown }> {
  const reader = response.body?.getReader()
  const parts: Uint8Array[] = []
  let error: unknown
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read())
      parts.push(read.value)
  } catch (thrown) {
    error = thrown
  }
  const received = new Uint8Array(await new Blob(parts.map((part) => part.slice())).arrayBuffer())
  return { received, chunks: parts.map((part) => part.length), error }
}

test('a connection that is refused was never made', async () => {
  const { client, emulator } = setUp()
  emulator.chatbotkit.faults.add({ cut: 'connect' })
  const refused = client.post('/contact/create', { name: 'Ana' })
  await expect(refused).rejects.toMatchObject({
    message: 'fetch failed',
    cause: { code: 'ECONNREFUSED', syscall: 'connect' },
  })
  expect(emulator.chatbotkit.contacts).toEqual([])
})
