import { afterEach, expect, test, vi } from 'vitest'
import type { EmulatorServer } from './index.ts'
import { setUp, testClient } from './test-client.ts'

const servers: EmulatorServer[] = []
const globals = [globalThis.Request, globalThis.Response]

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function listening() {
  const set = setUp()
  const server = await set.emulator.chatbotkit.listen()
  servers.push(server)
  const fetch = (input: Request | URL | string, init?: RequestInit) =>
    globalThis.fetch(String(input).replace('https://emulator.test', server.url), init)
  return { ...set, server, fetch, client: testClient(fetch), faults: set.emulator.chatbotkit.faults }
}

const jsonl = { authorization: 'Bearer sk-emulator', accept: 'application/jsonl' }

test('serves on a free loopback port', async () => {
  const { server, client } = await listening()
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
  const id = await client.create({ name: 'Zoë 🦊' })
  const { json, headers } = await client.get(`/contact/${id}/fetch`)
  expect(json).toMatchObject({ name: 'Zoë 🦊' })
  expect(headers.get('content-type')).toBe('application/json')
})

test('leaves the global Request and Response alone', async () => {
  await listening()
  expect(globalThis.Request === globals[0] && globalThis.Response === globals[1]).toBe(true)
})

test('closing twice is no error', async () => {
  const { server } = await listening()
  await server.close()
  await server.close()
})

test('a port that is taken is an error', async () => {
  const { server, emulator } = await listening()
  await expect(emulator.chatbotkit.listen({ port: server.port })).rejects.toThrow('EADDRINUSE')
})

test('emulator.listen serves every vendor', async () => {
  const { emulator } = setUp()
  const server = await emulator.listen()
  servers.push(server)
  const headers = { authorization: 'Bearer sk-emulator' }
  expect((await fetch(`${server.url}/v1/contact/list`, { headers })).status).toBe(200)
  expect((await fetch(`${server.url}/elsewhere`, { headers })).status).toBe(404)
})

test('a JSONL listing arrives whole', async () => {
  const { client, emulator } = await listening()
  emulator.chatbotkit.seed(Array.from({ length: 2500 }, (_, at) => ({ name: `Zoë ${at} 🦊` })))
  expect(await client.lines('/contact/list')).toHaveLength(2500)
  expect(emulator.chatbotkit.openStreams).toBe(0)
})

test('a consumer that stops early frees the stream', async () => {
  const { fetch, emulator } = await listening()
  emulator.chatbotkit.seed(Array.from({ length: 20_000 }, () => ({ description: 'x'.repeat(2000) })))
  const response = await fetch('https://emulator.test/api/v1/contact/list', { headers: jsonl })
  const reader = response.body?.getReader()
  await reader?.read()
  expect(emulator.chatbotkit.openStreams).toBe(1)
  await reader?.cancel()
  await vi.waitFor(() => expect(emulator.chatbotkit.openStreams).toBe(0))
})

test('a slow consumer holds the stream back', async () => {
  const { fetch, emulator } = await listening()
  emulator.chatbotkit.seed(Array.from({ length: 20_000 }, () => ({ description: 'x'.repeat(2000) })))
  const response = await fetch('https://emulator.test/api/v1/contact/list', { headers: jsonl })
  const reader = response.body?.getReader()
  await reader?.read()
  // Forty megabytes do not fit into the buffers on the way, so what comes now is still to be queried.
  emulator.chatbotkit.seed([{ id: 'late', createdAt: 1 }])
  const decoder = new TextDecoder()
  let tail = ''
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    tail = (tail + decoder.decode(read.value, { stream: true })).slice(-4000)
  }
  expect(tail).toContain('"late"')
})

test('cuts break the socket', async () => {
  const { client, emulator, faults, fetch } = await listening()
  faults.add({ cut: 'request' })
  faults.add({ cut: 'answer' })
  await expect(client.post('/contact/create', { name: 'refused' })).rejects.toThrow('fetch failed')
  await expect(client.post('/contact/create', { name: 'lost' })).rejects.toThrow('fetch failed')
  expect(emulator.chatbotkit.contacts.map((contact) => contact.name)).toEqual(['lost'])

  const whole = (await client.get('/contact/list')).text
  for (const afterBytes of [0, 1, 40]) {
    faults.add({ cut: { afterBytes } })
    const response = await fetch('https://emulator.test/api/v1/contact/list', {
      headers: { authorization: 'Bearer sk-emulator' },
    })
    expect(response.status).toBe(200)
    let received = ''
    const read = async () => {
      const decoder = new TextDecoder()
      for await (const chunk of response.body ?? []) received += decoder.decode(chunk)
    }
    await expect(read()).rejects.toThrow('terminated')
    expect(received).toBe(whole.slice(0, afterBytes))
  }
})

test('a cut late in a long stream delivers everything before it', async () => {
  const { client, emulator, faults } = await listening()
  emulator.chatbotkit.seed(
    Array.from({ length: 5000 }, (_, at) => ({ name: `Zoë ${at}`, description: 'x'.repeat(500) })),
  )
  const whole = (await client.get('/contact/list', jsonl)).text
  const server = servers[0]
  faults.add({ cut: { afterLines: 4321 } })
  const response = await globalThis.fetch(`${server?.url}/api/v1/contact/list`, { headers: jsonl })
  const parts: string[] = []
  const decoder = new TextDecoder()
  const read = async () => {
    for await (const chunk of response.body ?? []) parts.push(decoder.decode(chunk, { stream: true }))
  }
  await expect(read()).rejects.toThrow('terminated')
  expect(parts.join('') === `${whole.split('\n').slice(0, 4321).join('\n')}\n`).toBe(true)
})

test('truncated JSON ends cleanly', async () => {
  const { client, emulator, faults } = await listening()
  emulator.chatbotkit.seed([{ name: 'Jane' }])
  faults.add({ truncateBytes: 20 })
  expect(await client.get('/contact/list')).toMatchObject({
    status: 200,
    text: expect.stringMatching(/^.{20}$/),
  })
})

test('a stalled answer ends when the client gives up', async () => {
  const { fetch, emulator, faults } = await listening()
  emulator.chatbotkit.seed([{}])
  faults.add({ stall: { afterBytes: 10 } })
  const controller = new AbortController()
  const response = await fetch('https://emulator.test/v1/contact/list', {
    headers: jsonl,
    signal: controller.signal,
  })
  const reader = response.body?.getReader()
  expect((await reader?.read())?.value).toHaveLength(10)
  controller.abort()
  await vi.waitFor(() => expect(emulator.chatbotkit.openStreams).toBe(0))
})

test('closing breaks what is open, and the port is free again', async () => {
  const { fetch, server, emulator, faults } = await listening()
  faults.add({ stall: 'request' })
  const answer = fetch('https://emulator.test/v1/contact/list', { headers: jsonl })
  const outcome = expect(answer).rejects.toThrow('fetch failed')
  await vi.waitFor(() => expect(faults.pending).toBe(0))
  await servers.splice(0)[0]?.close()
  await outcome
  servers.push(await emulator.chatbotkit.listen({ port: server.port }))
})
