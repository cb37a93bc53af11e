import { expect, test } from 'vitest'
import { createServers } from './emulator.ts'
import { logged } from './request-log.ts'

function logging() {
  const { emulator, handle, vendorOf } = createServers({})
  const lines: string[] = []
  let time = Date.UTC(2026, 0, 1)
  const handler = logged(handle, {
    vendorOf: (path) => vendorOf(path) ?? 'emulator',
    write: (line) => lines.push(line),
    now: () => (time += 3),
  })
  const ask = (path: string, init: RequestInit = {}, signal?: AbortSignal) =>
    handler(new Request(`http://127.0.0.1:4010${path}`, init), signal)
  return { emulator, lines, ask }
}

const headers = { authorization: 'Bearer sk-emulator' }

test('a line has time, vendor, method, path, status and milliseconds', async () => {
  const { lines, ask } = logging()
  await ask('/v1/contact/c1/fetch', { headers })
  await ask('/channel-service/v1/contacts', { headers: { 'x-api-key': 'api_emulator' } })
  await ask('/nowhere', { method: 'POST' })
  await ask('/')
  expect(lines).toEqual([
    '2026-01-01T00:00:00.003Z chatbotkit GET /v1/contact/c1/fetch 404 3 ms\n',
    '2026-01-01T00:00:00.009Z channel-inbox GET /channel-service/v1/contacts 200 3 ms\n',
    '2026-01-01T00:00:00.015Z emulator POST /nowhere 404 3 ms\n',
    '2026-01-01T00:00:00.021Z emulator GET / 200 3 ms\n',
  ])
})

test('neither credentials nor bodies nor values of the query are in it', async () => {
  const { lines, ask } = logging()
  const body = JSON.stringify({ name: 'Ana Souza' })
  await ask('/v1/contact/create?note=private', { method: 'POST', headers, body })
  await ask('/v1/sdk/contact?email=ana@example.com&x=1', {
    headers: { authorization: 'Bearer pat_emulator', 'x-hook-id': 'emulatorhook' },
  })
  expect(lines[1]).toContain(' cognipeer GET /v1/sdk/contact?email=…&x=… 404 ')
  expect(lines.join('')).not.toMatch(/emulator\b.*Bearer|sk-emulator|pat_emulator|Ana|ana@|private/)
})

test('faults are marked with what they did, and what ended without an answer is told', async () => {
  const { emulator, lines, ask } = logging()
  emulator.chatbotkit.faults.add({ path: '/contact/list', status: 503, retryAfter: 3 })
  emulator.chatbotkit.faults.add({ method: 'GET', path: '/contact/list', cut: 'answer' })
  emulator.chatbotkit.faults.add({ stall: 'request' })
  await ask('/v1/contact/list', { headers })
  await expect(ask('/v1/contact/list', { headers })).rejects.toThrow('cut the connection')
  const controller = new AbortController()
  const stalled = ask('/v1/contact/list', { headers }, controller.signal)
  const outcome = expect(stalled).rejects.toThrow()
  controller.abort()
  await outcome
  expect(lines.map((line) => line.split('/list ')[1])).toEqual([
    '503 3 ms (fault: status, retryAfter)\n',
    'cut 3 ms (fault: cut)\n',
    'aborted 3 ms (fault: stall)\n',
  ])
})
