import { expect, test } from 'vitest'
import { createEmulator } from './index.ts'

const ORIGIN = 'http://127.0.0.1:4010'

const filled = () => {
  const emulator = createEmulator()
  emulator.chatbotkit.seed([{ name: 'Ana' }])
  emulator.cognipeer.seed([{ name: 'Ana' }])
  emulator.channelInbox.seed([{ display_name: 'Ana' }])
  emulator.contactMethods.seed([{ clientId: 'c', type: 'email', value: 'ana@example.com' }])
  return emulator
}

test('says what is there as JSON: each example works with the credentials beside it', async () => {
  const emulator = filled()
  const response = await emulator.fetch(`${ORIGIN}/`)
  expect(response.headers.get('content-type')).toBe('application/json')
  const { apis, reset, faults } = await response.json()
  expect(apis).toHaveLength(4)
  for (const { baseUrl, headers, example } of apis) {
    expect(baseUrl.startsWith(ORIGIN)).toBe(true)
    const answer = await emulator.fetch(example.url, { ...example, headers })
    expect(answer.status).toBe(200)
    const body = await answer.json()
    expect(body.items ?? body.data).toHaveLength(1)
  }
  expect((await emulator.fetch(faults.url, faults)).status).toBe(204)
  expect((await emulator.fetch(apis[0].example.url, apis[0])).status).toBe(503)
  expect((await emulator.fetch(reset.url, { method: reset.method })).status).toBe(204)
  expect(emulator.chatbotkit.contacts).toEqual([])
  expect(emulator.channelInbox.requests).toEqual([])
})

test('the inbox’s own client finds its gateway there all the same, and its faults', async () => {
  const emulator = filled()
  const health = await emulator.channelInbox.fetch(`${ORIGIN}/`)
  expect(await (await emulator.fetch(`${ORIGIN}/`)).json()).toMatchObject(await health.json())
  expect(emulator.channelInbox.requests.map(({ path }) => path)).toEqual(['/', '/'])
  emulator.channelInbox.faults.add({ path: '/', status: 503 })
  expect((await emulator.fetch(`${ORIGIN}/`)).status).toBe(503)
})

test('a browser gets a page', async () => {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8'
  const response = await filled().fetch(`${ORIGIN}/`, { headers: { accept } })
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const html = await response.text()
  for (const text of [
    `chatbotkit({ secret: 'sk-emulator', baseUrl: '${ORIGIN}' })`,
    `<code>${ORIGIN}/v1</code>`,
    `curl -H 'authorization: Bearer artu-emulator' -H 'x-environment: test' -H 'content-type: application/json' -d '{}' ${ORIGIN}/contact-methods/list`,
    `curl -X POST ${ORIGIN}/emulator/reset`,
  ])
    expect(html).toContain(text)
})

test('a page on another origin may read it and reset', async () => {
  const emulator = filled()
  const headers = { origin: 'https://app.example' }
  for (const [path, method] of [
    ['/', 'GET'],
    ['/emulator/reset', 'POST'],
  ] as const) {
    const response = await emulator.fetch(`${ORIGIN}${path}`, { method, headers })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  }
})
