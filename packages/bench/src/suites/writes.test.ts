import { afterAll, beforeAll, expect, it } from 'vitest'
import { measure } from '../measure/programs.ts'
import { type BenchServer, startServer } from '../measure/server.ts'

const COUNT = 200
let server: BenchServer

beforeAll(async () => {
  server = await startServer(0)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

it.each([
  ['chatbotkitOurs', 2],
  ['cognipeerOurs', 2],
  ['chatbotkitSdk', 1],
])('%s writes each contact; requests for each: %i', async (program, requests) => {
  const environment = { url: server.url(), count: COUNT, concurrency: 8 }
  const [only] = await measure([{ module: 'writes', program, environment }], 2)
  const all = { items: COUNT, requests: requests * COUNT }
  expect(only?.samples).toEqual([expect.objectContaining(all), expect.objectContaining(all)])
})
