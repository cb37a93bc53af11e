import { expect, it } from 'vitest'
import { measure } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'

// The vendor's client is installed by the bench alone.
it('is served in pages that the plain loop reads to their end', async () => {
  const count = 1050
  await using server = await startServer(count, [0], ['hubspot'])
  const environment = { url: server.url(), count }
  const { only } = await measure({ only: { module: 'hubspot', program: 'pagesRaw', environment } }, 1)
  expect(only).toEqual([expect.objectContaining({ items: count, damaged: 0 })])
})
