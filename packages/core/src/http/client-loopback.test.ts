/// <reference types="node" />
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttpClient } from './client.ts'
import { contactsError, inCall, read, write } from './testing/test-client.ts'
import type { HttpClient, HttpConfig } from './types.ts'

const servers: Server[] = []

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  return `http://127.0.0.1:${address.port}`
}

function client(baseUrl: string, options: Partial<HttpConfig> = {}): HttpClient {
  return createHttpClient({
    provider: 'acme',
    defaultBaseUrl: baseUrl,
    retry: { baseDelayMs: 1 },
    authHeaders: () => ({ authorization: 'Bearer sk-hunter2' }),
    ...options,
  })
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

describe("against a real server, with the runtime's own fetch", () => {
  test('an answer is read, an id arrives as one segment', async () => {
    const seen: string[] = []
    const base = await listen((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      response.setHeader('content-type', 'application/json').end('{"name":"日本"}')
    })
    const { data } = await client(base).json({
      call: { operation: 'get' },
      method: 'GET',
      path: '/c/{id}',
      params: { id: '../x?y#z' },
    })
    expect(data).toEqual({ name: '日本' })
    expect(seen).toEqual(['GET /c/..%2Fx%3Fy%23z Bearer sk-hunter2'])
  })

  test('connection refused', async () => {
    const base = await listen(() => {})
    await new Promise((resolve) => servers.pop()?.close(resolve))
    let retries = 0
    const http = client(base, { onRetry: () => retries++ })
    const error = await contactsError(http.json({ ...read, query: { q: 'hunter2' } }))
    expect(error).toMatchObject({ code: 'network', retryable: true, cause: { code: 'ECONNREFUSED' } })
    expect(retries).toBe(3)
  })

  test('a connection cut before the answer: a read is sent again, a write is not', async () => {
    let hits = 0
    const base = await listen((request, response) => {
      hits++
      if (request.method === 'GET' && hits === 3)
        response.setHeader('content-type', 'application/json').end('"ok"')
      else request.socket.destroy()
    })
    expect((await client(base).json(read)).data).toBe('ok')
    expect(hits).toBe(3)
    const error = await contactsError(client(base).json(write))
    expect(error).toMatchObject({ code: 'network', retryable: false })
    expect(error.message).toContain('may have been applied')
    expect(hits).toBe(4)
  })

  test.each(['declared', 'chunked'])(
    'a connection cut in the middle of a body of %s length',
    async (kind) => {
      let hits = 0
      const base = await listen((request, response) => {
        response.setHeader('content-type', 'application/json')
        if (++hits === 3) {
          response.end('"ok"')
          return
        }
        if (kind === 'declared') response.setHeader('content-length', '1000')
        response.write('{"items":[', () => request.socket.destroy())
      })
      expect((await client(base).json(read)).data).toBe('ok')
      expect(hits).toBe(3)
      hits = 0
      expect(await contactsError(client(base).json(write))).toMatchObject({ code: 'network', status: 200 })
      expect(hits).toBe(1)
    },
  )

  test('a stream cut in the middle gives what arrived, then network', async () => {
    const base = await listen((request, response) => {
      response.write('{"n":1}\n', () => setImmediate(() => request.socket.destroy()))
    })
    const { data } = await client(base).stream(read)
    const reader = data.getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('{"n":1}\n')
    expect(await contactsError(reader.read())).toMatchObject({ code: 'network' })
  })

  test('a redirect to another origin is refused; no request goes there', async () => {
    let strangers = 0
    const other = await listen((_, response) => {
      strangers++
      response.end()
    })
    const base = await listen((_, response) => {
      response.writeHead(302, { location: `${other}/contacts` }).end('moved')
    })
    expect(await contactsError(client(base).json(read))).toMatchObject({ code: 'bad_response', status: 302 })
    expect(strangers).toBe(0)
  })

  test('a redirect within the origin is followed', async () => {
    const base = await listen((request, response) => {
      if (request.url === '/there') response.setHeader('content-type', 'application/json').end('"there"')
      else response.writeHead(307, { location: '/there' }).end('moved')
    })
    expect((await client(base).json(read)).data).toBe('there')
    expect((await client(base).json(write)).data).toBe('there')
  })

  test('an abort while the headers are awaited closes the connection', async () => {
    const controller = new AbortController()
    let closed = (): void => {}
    const closing = new Promise<void>((resolve) => {
      closed = resolve
    })
    const base = await listen((request) => {
      request.socket.on('close', closed)
      controller.abort('enough')
    })
    await expect(client(base).json(inCall(read, { signal: controller.signal }))).rejects.toBe('enough')
    await closing
  })

  test('cancelling a stream closes the connection', async () => {
    let closed = (): void => {}
    const closing = new Promise<void>((resolve) => {
      closed = resolve
    })
    const base = await listen((request, response) => {
      request.socket.on('close', closed)
      response.write('first')
    })
    const { data } = await client(base).stream(read)
    const reader = data.getReader()
    await reader.read()
    await reader.cancel()
    await closing
  })

  test('connections are used again after answers, errors and streams', async () => {
    const ports = new Set<number | undefined>()
    const base = await listen((request, response) => {
      ports.add(request.socket.remotePort)
      if (request.url === '/error') response.writeHead(404).end('{"message":"no"}')
      else response.setHeader('content-type', 'application/json').end('[]')
    })
    const http = client(base)
    for (const path of ['/', '/error', '/', '/error']) {
      await http.json({ ...read, path }).catch(() => undefined)
      await new Response((await http.stream({ ...read, path: '/' })).data).text()
    }
    // Node's own fetch takes two in turn here; a connection lost with each request would make eight.
    expect(ports.size).toBeLessThanOrEqual(2)
  })

  test('a compressed answer that breaks is network', async () => {
    const base = await listen((_, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end('not gzip')
    })
    expect(await contactsError(client(base, { retry: false }).json(read))).toMatchObject({ code: 'network' })
  })
})
