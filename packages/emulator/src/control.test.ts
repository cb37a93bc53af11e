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
