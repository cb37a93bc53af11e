import { describe, expect, it } from 'vitest'
import { lanes } from './lanes/index.ts'
import { written } from './lanes/written.ts'

describe('whatever is given, the outcome is a ContactsError before any request, or what was asked for', () => {
  it.each(lanes.map(([lane, , runs]) => ({ name: lane.name, lane, runs })))(
    '$name',
    async ({ lane, runs }) => {
      const { taken, refused, failure } = await lane.run({ seed: 20260131, runs })
      expect(failure).toBeUndefined()
      // Neither everything is refused, nor nothing.
      expect(taken).toBeGreaterThan(50)
      expect(refused).toBeGreaterThan(20)
    },
    // A machine that is busy takes its time over the same tries.
    600_000,
  )
})

it('a try is repeated by its seed and path', async () => {
  const { failure, ...counts } = await written.run({ seed: 7, path: '3' })
  expect({ failure, ...counts }).toEqual(await written.run({ seed: 7, path: '3' }))
})
