import { expect, it } from 'vitest'
import { measureOnce } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'

// The vendor's client is installed by the bench alone.
it('is served in pages that the plain loop reads to their end', async () => {
  const count = 1050
  await using server = await startServer(count, [0], ['hubspot'])
  const environment = { url: server.url(), count }
  const only = await measureOnce({ module: 'hubspot', program: 'pagesRaw', environment })
  expect(only.samples).toEqual([expect.objectContaining({ items: count, damaged: 0 })])
})
