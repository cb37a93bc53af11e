/**
 * Serves the emulated providers of a sync on loopback, in a process of its own: Cognipeer with so many contacts, ChatBotKit with none.
 * Prints its address when it is ready, and ends when its input does.
 *
 * `GET /requests` answers how many requests came.
 *
 * Arguments: how many contacts there are, and how many milliseconds an answer takes.
 */
import { createServer } from 'node:http'
import { filled } from '../../cases/emulator-thread.js'

const [contacts = '0', latency = '0'] = process.argv.slice(2)
const emulator = filled(Number(contacts))
let requests = 0

const server = createServer(async (request, response) => {
  if (request.url === '/requests') {
    response.end(String(requests))
    return
  }
  requests++
  let body = ''
  for await (const chunk of request) body += chunk
  await new Promise((resolve) => setTimeout(resolve, Number(latency)))
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string') headers.set(name, value)
  const { method = 'GET', url = '/' } = request
  const answer = await emulator.fetch(`http://${request.headers.host}${url}`, {
    method,
    headers,
    ...(body !== '' && { body }),
  })
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(await answer.text())
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`)
})
process.stdin.on('end', () => process.exit()).resume()
