import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkCount, measure, measureOnce } from '../measure/programs.ts'
import { type BenchServer, startServer } from '../measure/server.ts'
import { cpuMicros } from '../report/figures.ts'

const COUNT = 30_000
let server: BenchServer

beforeAll(async () => {
  server = await startServer(COUNT)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const program = (name: string) => ({
  module: 'listing',
  program: name,
  environment: { url: server.url(), count: COUNT },
})

describe('every program of the listings', () => {
  // What a program does more than a plain loop is what it costs: a server that is wrong about one thing can double it.
  it.each([
    ['pagesRaw', 301],
    ['pagesOfetch', 301],
    ['pagesSdk', 301],
    ['pagesApi', 301],
    // The last page is empty, so it is asked whether the contact before it is still there.
    ['pagesOurs', 302],
    ['streamRaw', 1],
    ['streamApi', 2],
    ['streamOurs', 2],
    ['numberedRaw', 300],
    // Pages overlap, and those under way at the end may be for nothing.
    ['numberedOurs', 350],
  ])('%s reads each contact once, undamaged, in %i requests at most', async (name, most) => {
    const only = await measureOnce(program(name))
    expect(only.samples).toEqual([expect.objectContaining({ items: COUNT, damaged: 0 })])
    const { requests } = await (await fetch(`${server.url()}/requests`)).json()
    expect(requests).toBeLessThanOrEqual(most)
  })

  it('streamSdk reads each contact, whatever it damages', async () => {
    checkCount(await measureOnce(program('streamSdk')), COUNT)
  })
})

// CPU time, and of the best of three runs: what else the machine does is in it, but seldom in all three. The margins are wide, because
// in so few contacts most of the time goes into what the engine compiles; the bench has the figures.
describe.each([
  ['stream', 'streamRaw', 'streamOurs'],
  ['pages', 'pagesRaw', 'pagesOurs'],
  ['numbered pages', 'numberedRaw', 'numberedOurs'],
])('listing by %s', (_, raw, ours) => {
  it('costs not much more than the plain loop', async () => {
    const least = (await measure([program(raw), program(ours)], 3)).map((one) => cpuMicros(one).least)
    const [base = Number.NaN, cost] = least
    expect(cost).toBeLessThan(base * 3)
  })
})
