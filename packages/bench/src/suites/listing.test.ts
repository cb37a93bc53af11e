import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../measure/programs.ts'
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
  it.each([
    'pagesRaw',
    'pagesOfetch',
    'pagesSdk',
    'pagesApi',
    'pagesOurs',
    'streamRaw',
    'streamApi',
    'streamOurs',
    'numberedRaw',
    'numberedOurs',
  ])('%s reads each contact once, undamaged', async (name) => {
    const { only } = await measure({ only: program(name) }, 1)
    expect(only).toEqual([expect.objectContaining({ items: COUNT, damaged: 0 })])
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
    const samples = await measure({ raw: program(raw), ours: program(ours) }, 3)
    expect(cpuMicros(samples.ours).least / cpuMicros(samples.raw).least).toBeLessThan(3)
  })
})
