import { describe, expect, it } from 'vitest'
import { play } from './play.ts'
import { syncEngine } from './sync-engine.ts'
import { NOTHING, neverHappened, withPlayed } from './tally.ts'

describe('a sync, wherever its processes die and whatever its network does', () => {
  it('keeps every law, over 100 seeds: `pnpm simulate` plays more', { timeout: 300_000 }, async () => {
    let tally = NOTHING
    for (let seed = 0; seed < 100; seed++) tally = withPlayed(tally, await play(seed, syncEngine))
    expect(tally.failures).toEqual([])
    expect(tally.counts['write applied']).toBeGreaterThan(500)
    expect(tally.counts['process started']).toBeGreaterThan(500)
  })

  it('is played again from its seed alone, to the last line', { timeout: 60_000 }, async () => {
    for (let seed = 1000; seed < 1010; seed++) {
      const [once, again] = [await play(seed, syncEngine), await play(seed, syncEngine)]
      expect(again.lines).toEqual(once.lines)
      expect(again.counts).toEqual(once.counts)
      expect(once.lines.length).toBeGreaterThan(20)
    }
  })
})

describe('a simulation in which something never happens', () => {
  it('has not tried it, and says so', () => {
    const played = { seeds: 2_000, failures: [], counts: { request: 1 } }
    expect(neverHappened(played)).toContain('answer lost')
    expect(neverHappened(played)).not.toContain('request')
    // A few seeds say nothing.
    expect(neverHappened({ ...played, seeds: 10 })).toEqual([])
  })
})
