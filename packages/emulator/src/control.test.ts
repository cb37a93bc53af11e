import { expect, test } from 'vitest'
import { createServers } from './emulator.ts'
import { createEmulator } from './index.ts'

const BASE = 'http://127.0.0.1:4010'
const post = (body?: unknown): RequestInit => ({
  method: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body ?? null),
})

test('a reset forgets everything, and what the program begins with is put back', async () => {
  let resets = 0
  const { emulator, handle } = createServers({}, () => resets++)
  emulator.cognipeer.seed([{ name: 'Ana' }])
  emulator.cognipeer.faults.add({ status: 503 })
  const response = await handle(new Request(`${BASE}/emulator/reset`, post()), undefined)
  expect([response.status, resets, emulator.cognipeer.contacts, emulator.cognipeer.faults.pending]).toEqual([
    204,
    1,
    [],
    0,
  ])
})

test('faults are queued by vendor', async () => {
  const emulator = createEmulator()
  const faults = {
    chatbotkit: [{ path: '/contact/list', status: 503, times: 2 }, { cut: 'answer' }],
    channelInbox: [{ latencyMs: 5 }],
  }
  expect((await emulator.fetch(`${BASE}/emulator/faults`, post(faults))).status).toBe(204)
  expect([emulator.chatbotkit, emulator.channelInbox].map((vendor) => vendor.faults.pending)).toEqual([2, 1])
})

test.each([
  [
    { chatbotkit: [{ stauts: 503 }] },
    'A fault of chatbotkit has the unknown member "stauts". Did you mean "status"?',
  ],
  [
    { chatBot: [] },
    'There is no vendor "chatBot". Known are: chatbotkit, cognipeer, channelInbox, contactMethods.',
  ],
  [{ cognipeer: { status: 503 } }, 'Faults of cognipeer come in an array.'],
  [{ cognipeer: [[]] }, 'A fault of cognipeer is not an object'],
  [{ chatbotkit: [{ path: {} }] }, 'has "path", which is a text, or an expression.'],
  [{ chatbotkit: [{ path: 5 }] }, 'has "path", which is a text'],
  [{ chatbotkit: [{ retryAfter: null }] }, 'has "retryAfter", which is a number of seconds, or a Date.'],
  [
    { chatbotkit: [{ headers: { 'a b': 'c' } }] },
    'has "headers", which is an object of headers that can be sent.',
  ],
  [{ chatbotkit: [{ cut: { afterBytes: 'x' } }] }, 'has "afterBytes", which is a whole number from 0.'],
  [
    { chatbotkit: [{ malformed: { index: 0, record: {} } }] },
    'has "malformed", which is an object with "record", a function',
  ],
  [{ chatbotkit: [{ chunkBytes: [] }] }, 'has "chunkBytes", which is a whole number from 1'],
  [[], 'Faults come by vendor'],
  ['{', 'JSON'],
])('%j is refused', async (faults, message) => {
  const response = await createEmulator().fetch(`${BASE}/emulator/faults`, post(faults))
  expect([response.status, (await response.json()).message]).toEqual([400, expect.stringContaining(message)])
})

test('another method is refused', async () => {
  const emulator = createEmulator()
  emulator.chatbotkit.seed([{ name: 'Ana' }])
  for (const path of ['/emulator/reset', '/emulator/faults'])
    expect((await emulator.fetch(`${BASE}${path}`)).status).toBe(405)
  expect(emulator.chatbotkit.contacts).toHaveLength(1)
})

test('of faults that come together all are queued or none', async () => {
  const emulator = createEmulator()
  const faults = { chatbotkit: [{ status: 503 }], cognipeer: [{ status: 503 }, { stauts: 503 }] }
  expect((await emulator.fetch(`${BASE}/emulator/faults`, post(faults))).status).toBe(400)
  expect([emulator.chatbotkit.faults.pending, emulator.cognipeer.faults.pending]).toEqual([0, 0])
})

test.each([
  [204, undefined],
  [204, 'http://localhost:5173'],
  [204, 'http://app.localhost'],
  [204, 'http://127.0.0.1:4010'],
  [204, 'http://[::1]:4010'],
  [403, 'https://example.com'],
  // A name that its owner makes point to this machine.
  [403, 'http://127.0.0.1.example.com:4010'],
  [403, 'https://localhost.example.com'],
  [403, 'http://evillocalhost'],
  // What a frame in a sandbox is.
  [403, 'null'],
  [403, ''],
])('%s for a page of %s', async (status, origin) => {
  const emulator = createEmulator()
  emulator.chatbotkit.seed([{ name: 'Ana' }])
  const headers = new Headers(origin === undefined ? {} : { origin })
  const paths = { '/emulator/faults': post({}), '/emulator/reset': post() }
  for (const [path, init] of Object.entries(paths)) {
    const response = await emulator.fetch(`${BASE}${path}`, { ...init, headers })
    expect(response.status).toBe(status)
  }
  expect(emulator.chatbotkit.contacts).toHaveLength(status === 204 ? 0 : 1)
})
