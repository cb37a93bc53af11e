import { createServer } from 'node:http'

// Notes when requests arrive, until its standard input ends; then it tells the times, in milliseconds.

const arrivals: number[] = []
/** How late the program itself was at most: so much closer than they came can requests seem to be. */
let stallMs = 0
let lookedAt = performance.now()
const looking = setInterval(() => {
  const now = performance.now()
  stallMs = Math.max(stallMs, now - lookedAt - 5)
  lookedAt = now
}, 5)

const server = createServer((request, response) => {
  arrivals.push(performance.now())
  request.resume()
  response.writeHead(204).end()
}).listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}/`)
})

process.stdin.resume().on('end', () => {
  clearInterval(looking)
  server.closeAllConnections()
  server.close()
  console.log(JSON.stringify({ arrivals, stallMs }))
})
