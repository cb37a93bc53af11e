import { describe, expect, it } from 'vitest'
import { failureOf } from './failure.ts'
import { play } from './play.ts'
import { naiveEngine } from './testing/naive.ts'

describe('what the simulation sees', () => {
  it('is everything that a sync without a ledger does wrong', { timeout: 60_000 }, async () => {
    const seen = new Set<string>()
    for (let seed = 0; seed < 100; seed++) {
      const { breaches } = await play(seed, naiveEngine)
      for (const breach of breaches) seen.add(breach.slice(0, 'law 1'.length))
    }
    expect([...seen]).toEqual(expect.arrayContaining(['law 1', 'law 2', 'law 3', 'law 5']))
  })

  it('is the same each time, to the last line', async () => {
    for (const seed of [1, 2, 3, 14, 15]) {
      const [once, again] = [await play(seed, naiveEngine), await play(seed, naiveEngine)]
      expect(again).toEqual(once)
      expect(once.lines.length).toBeGreaterThan(50)
    }
  })

  it('is told with the command that plays it again', async () => {
    const played = await play(3, naiveEngine)
    expect(failureOf(played)).toContain('pnpm simulate --seed 3')
    expect(failureOf({ ...played, breaches: [] })).toBeUndefined()
  })
})
