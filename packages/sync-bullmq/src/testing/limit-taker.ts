import { createRateLimiter } from '@anycontact/core'
import { sharedRateLimit } from '../limit/shared-rate-limit.ts'

// Sends all the requests that the limit lets through, by several at once, until its standard input ends.

const [address = '', kind = ''] = process.argv.slice(2)
const rate = {
  requests: Number(process.env.LIMIT_REQUESTS),
  perMs: 1000,
  burst: Number(process.env.LIMIT_BURST),
}
const shared =
  kind === 'shared'
    ? sharedRateLimit({ connectionString: process.env.LEDGER_URL ?? '', name: 'tried', ...rate })
    : undefined
const limiter = shared ?? createRateLimiter(rate)
/** When turns came, by the clock that all processes of the machine have. */
const turns: number[] = []

const stop = new AbortController()
process.stdin.resume().on('end', () => stop.abort())

// The first turn tells that it has begun.
await limiter.take(stop.signal)
console.log()

const senders = Array.from({ length: 8 }, async () => {
  while (!stop.signal.aborted) {
    await limiter.take(stop.signal)
    turns.push(performance.timeOrigin + performance.now())
    await (await fetch(address)).arrayBuffer()
  }
})
const ends = await Promise.allSettled(senders)
const failed = ends.find((end) => end.status === 'rejected' && end.reason !== stop.signal.reason)
if (failed?.status === 'rejected') throw failed.reason
await shared?.close()
console.log(JSON.stringify(turns))
process.exit()
