import { afterAll, beforeAll, expect, it } from 'vitest'
import * as programs from '../../cases/local.js'
import { measureOnce } from '../measure/programs.ts'
import { type BenchServer, startServer } from '../measure/server.ts'

const COUNT = 2000
let server: BenchServer

beforeAll(async () => {
  server = await startServer(COUNT, [0], ['cognipeer'])
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

it.each(Object.keys(programs))('%s handles each contact, and damages none', async (program) => {
  const environment = { url: server.url(), count: COUNT }
  const only = await measureOnce({ module: 'local', program, environment })
  expect(only.samples).toEqual([expect.objectContaining({ items: COUNT, damaged: 0 })])
})
