import { getEventListeners } from 'node:events'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { createEmulator } from './index.ts'
import { setUp } from './test-client.ts'

const auth = { authorization: 'Bearer sk-emulator' }
const list = 'https://emulator.test/api/v1/contact/list'

test('an aborted signal rejects with its reason before anything happens', async () => {
  const { emulator } = setUp()
  const signal = AbortSignal.abort(new Error('stop'))
  await expect(emulator.chatbotkit.fetch(list, { headers: auth, signal })).rejects.toThrow('stop')
  expect(emulator.chatbotkit.requests).toHaveLength(0)
})

test('an abort while the body is read errors the body and frees the stream', async () => {
  const { emulator } = setUp()
  emulator.chatbotkit.seed(Array.from({ length: 250 }, () => ({})))
  const controller = new AbortController()
  const request = new Request(list, {
    headers: { ...auth, accept: 'application/jsonl' },
    signal: controller.signal,
  })
  const response = await emulator.chatbotkit.fetch(request)
  const reader = response.body?.getReader()
  await reader?.read()
  controller.abort(new Error('stop'))
  await expect(reader?.read()).rejects.toThrow('stop')
  expect(emulator.chatbotkit.openStreams).toBe(0)
})

test('nothing is left listening to a signal that outlives its request', async () => {
  const { emulator } = setUp()
  emulator.chatbotkit.seed(Array.from({ length: 250 }, () => ({})))
  const { signal } = new AbortController()
  for (const accept of ['application/json', 'application/jsonl']) {
    const response = await emulator.chatbotkit.fetch(list, { headers: { ...auth, accept }, signal })
    await response.text()
  }
  const cancelled = await emulator.chatbotkit.fetch(list, { headers: auth, signal })
  await cancelled.body?.cancel()
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

test('an answer that comes after the abort is let go of', async () => {
  let wake = () => {}
  const { emulator } = setUp({ sleep: () => new Promise<void>((resolve) => (wake = resolve)) })
  emulator.chatbotkit.seed([{}])
  emulator.chatbotkit.faults.add({ latencyMs: 1 })
  const controller = new AbortController()
  const headers = { ...auth, accept: 'application/jsonl' }
  const answer = emulator.chatbotkit.fetch(list, { headers, signal: controller.signal })
  await Promise.resolve()
  controller.abort(new Error('stop'))
  await expect(answer).rejects.toThrow('stop')
  wake()
  await new Promise((resolve) => setImmediate(resolve))
  expect(emulator.chatbotkit.openStreams).toBe(0)
})

test('requests are recorded as they were sent', async () => {
  const { emulator, clock } = setUp()
  const { fetch, requests } = emulator.chatbotkit
  await fetch(`${list}?take=2&meta.a=%C3%A9&take=3`, { headers: { ...auth, 'X-Trace': 'abc' } })
  const body = '{"name":"Zoë"}'
  const headers = { ...auth, 'content-type': 'application/json' }
  await fetch(new URL('http://other.test/v1/contact/create'), { method: 'POST', body, headers })
  await fetch('http://other.test/v1/contact/create', { method: 'POST', body: 'broken', headers })
  expect(requests).toMatchObject([
    {
      method: 'GET',
      url: `${list}?take=2&meta.a=%C3%A9&take=3`,
      path: '/api/v1/contact/list',
      query: { take: '2', 'meta.a': 'é' },
      headers: { 'x-trace': 'abc', authorization: 'Bearer sk-emulator' },
      bodyText: '',
      json: undefined,
      receivedAt: clock.now,
      status: 200,
    },
    { method: 'POST', path: '/v1/contact/create', bodyText: body, json: { name: 'Zoë' }, status: 200 },
    { bodyText: 'broken', json: undefined, status: 400 },
  ])
  requests.clear()
  expect(requests).toEqual([])
})

test('the record can be limited to the newest requests', async () => {
  const { client, emulator } = setUp({ chatbotkit: { recordLimit: 2 } })
  for (const take of [1, 2, 3]) await client.get(`/contact/list?take=${take}`)
  expect(emulator.chatbotkit.requests.map((request) => request.query.take)).toEqual(['2', '3'])
})

test('an answer has the words of its status, as on a socket', async () => {
  const { emulator } = setUp()
  expect((await emulator.chatbotkit.fetch(list, { headers: auth })).statusText).toBe('OK')
  expect((await emulator.chatbotkit.fetch(list)).statusText).toBe('Unauthorized')
})

test('emulator.fetch finds the vendor by the path, and resets it', async () => {
  const { emulator } = setUp()
  emulator.chatbotkit.seed([{}])
  expect((await emulator.fetch(list, { headers: auth })).status).toBe(200)
  expect((await emulator.fetch('https://emulator.test/v1/contacts', { headers: auth })).status).toBe(404)
  expect(emulator.chatbotkit.requests).toHaveLength(1)
  emulator.reset()
  expect([emulator.chatbotkit.contacts, emulator.chatbotkit.requests]).toEqual([[], []])
})

test('a seed and a clock make ids reproducible', async () => {
  const ids = () => {
    const emulator = createEmulator({ now: () => 1_718_000_000_000, seed: 7 })
    return emulator.chatbotkit.seed([{}, {}]).map((contact) => contact.id)
  }
  expect(ids()).toEqual(ids())
  const other = createEmulator({ now: () => 1_718_000_000_000, seed: 8 })
  expect(other.chatbotkit.seed([{}])[0]?.id).not.toBe(ids()[0])
})

test('seeding refuses an id or fingerprint that is taken', () => {
  const { emulator } = setUp()
  emulator.chatbotkit.seed([{ id: 'a', fingerprint: 'f' }])
  expect(() => emulator.chatbotkit.seed([{ id: 'a' }])).toThrow('id is taken: a')
  expect(() => emulator.chatbotkit.seed([{ fingerprint: 'f' }])).toThrow('fingerprint is taken: f')
})

test('importing the package loads nothing of Node', async () => {
  const seen = new Set<string>()
  const outside = new Set<string>()
  const follow = async (file: URL): Promise<void> => {
    if (seen.has(file.href)) return
    seen.add(file.href)
    const source = await readFile(file, 'utf8')
    for (const [, clause = '', name = ''] of source.matchAll(/^(?:import|export) ([^;]*?) from '(.+?)'/gm)) {
      if (clause.startsWith('type ')) continue
      if (name.startsWith('.')) await follow(new URL(name, file))
      else outside.add(name)
    }
  }
  await follow(new URL('./index.ts', import.meta.url))
  expect(seen.size).toBeGreaterThan(20)
  expect([...outside].sort()).toEqual(['hono', 'libphonenumber-js/min'])
})
