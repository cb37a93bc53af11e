import { startPostgres } from '@anycontact/postgres'
import { expect, it } from 'vitest'
import { measureOnce } from '../measure/programs.ts'
import { startProviders } from './sync.ts'

const COUNT = 1_000

it('a run writes what has changed, and its heap does not grow', { timeout: 110_000 }, async () => {
  const nodeOptions = ['--expose-gc']
  const { samples } = await measureOnce({
    module: 'sync',
    program: 'oneProcess',
    environment: { count: 10_000 },
    nodeOptions,
  })
  const [sample] = samples
  expect(sample).toMatchObject({ items: 10_000, firstWrites: 10_000, secondWrites: 0, thirdWrites: 100 })
  for (const run of ['first', 'second', 'third']) {
    expect(Number(sample?.[`${run}EndMiB`]) - Number(sample?.[`${run}HalfwayMiB`])).toBeLessThan(5)
  }
  // A page of 100 is one request, on either side.
  expect(sample?.secondRequests).toBeLessThan(250)
  expect(sample?.ledgerBytes).toBeLessThan(1_000)
})

it('several workers do one run, under a limit that they share', { timeout: 110_000 }, async () => {
  await using postgres = await startPostgres()
  await using providers = await startProviders(COUNT)
  const limit = { requests: 2_000, perMs: 1_000, burst: 200 }
  const environment = { url: providers.url, connectionString: postgres.url, count: COUNT, workers: 2, limit }
  const { samples } = await measureOnce({ module: 'sync-workers', program: 'workers', environment })
  expect(samples).toMatchObject([{ items: COUNT }])
})
