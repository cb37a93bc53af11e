/**
 * Serves listings that were encoded beforehand, and writes, on loopback, each latency on a port of its own. Prints the ports as JSON
 * when it is ready, and ends when its input does.
 *
 * `GET /requests` answers how many requests came since it was last asked, and forgets what was written by them.
 *
 * Arguments: how many contacts there are, and the latencies in milliseconds; `--vendors chatbotkit,cognipeer` leaves out the others.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import { serveChatBotKit } from './chatbotkit.ts'
import { serveCognipeer } from './cognipeer.ts'
import { serveHubSpot } from './hubspot.ts'
import { json, type Served, type Vendor } from './served.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { vendors: { type: 'string' } },
})
const [count = '100000', ...latencies] = positionals
const names = values.vendors?.split(',')
const vendors: readonly (readonly [path: string, Vendor])[] = [
  { name: 'chatbotkit', path: '/api/v1/contact/', serve: serveChatBotKit },
  { name: 'cognipeer', path: '/v1/sdk/contact', serve: serveCognipeer },
  { name: 'hubspot', path: '/crm/v3/objects/contacts', serve: serveHubSpot },
]
  .filter(({ name }) => !names || names.includes(name))
  .map(({ path, serve }) => [path, serve(Number(count))] as const)
let requests = 0

function counted(): Served {
  const answer = json({ requests })
  requests = 0
  for (const [, vendor] of vendors) vendor.forget()
  return answer
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
  let body = ''
  for await (const chunk of request) body += chunk
  const vendor = vendors.find(([path]) => url.pathname.startsWith(path))?.[1]
  const { method = 'GET', headers } = request
  const served = vendor?.answer({ method, url, accept: headers.accept ?? '', body }) ?? json({}, 404)
  send(response, served)
}

function send(response: ServerResponse, { status = 200, type, body }: Served): void {
  const length = body.reduce((sum, part) => sum + part.byteLength, 0)
  response.writeHead(status, { 'content-type': type, 'content-length': length })
  for (const part of body) response.write(part)
  response.end()
}

const ports: Record<string, number> = {}
for (const latency of latencies) {
  const latencyMs = Number(latency)
  const server = createServer((request, response) => {
    if (request.url === '/requests') {
      send(response, counted())
      return
    }
    requests++
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
