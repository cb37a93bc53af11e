/**
 * Serves listings that were encoded beforehand, on loopback, each latency on a port of its own. Prints the ports as JSON when it is
 * ready, and ends when its input does.
 *
 * Arguments: how many contacts there are, and the latencies in milliseconds.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { serveChatBotKit } from './chatbotkit.ts'
import { serveCognipeer } from './cognipeer.ts'

const [count = '100000', ...latencies] = process.argv.slice(2)
const chatBotKit = serveChatBotKit(Number(count))
const cognipeer = serveCognipeer(Number(count))

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  let body = ''
  for await (const chunk of request) body += chunk
  const served = url.pathname.startsWith('/v1/sdk/') ? cognipeer(url, body) : chatBotKit(url, request.headers)
  const length = served.body.reduce((sum, part) => sum + part.byteLength, 0)
  response.writeHead(served.status ?? 200, { 'content-type': served.type, 'content-length': length })
  for (const part of served.body) response.write(part)
  response.end()
}

const ports: Record<string, number> = {}
for (const latency of latencies) {
  const latencyMs = Number(latency)
  const server = createServer((request, response) => {
    if (latencyMs === 0) void answer(request, response)
    else setTimeout(() => void answer(request, response), latencyMs)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address !== null && typeof address === 'object') ports[latency] = address.port
}
console.log(JSON.stringify(ports))
process.stdin.on('end', () => process.exit()).resume()
