import { describe, expect, it } from 'vitest'
import { play } from './play.ts'
import { limitsOf } from './task.ts'

/** Time for a machine that does much else; by itself one takes a quarter of a minute. */
const TIME = 240_000

describe('processes that are killed with -9 at random moments', () => {
  it.each([
    { ledger: 'sqlite', scenario: 'both' },
    { ledger: 'postgres', scenario: 'both' },
    { ledger: 'postgres', scenario: 'copy' },
  ] as const)('$ledger, $scenario: every law holds', { timeout: TIME }, async (asked) => {
    const kills = 6
    const played = await play({ ...asked, contacts: 2_000, kills, seed: 1, limits: limitsOf(1_000) })
    expect(played).toMatchObject({ breaches: [], kills })
    // Kills that meet no write under way would try nothing.
    expect(played.cutOff).toBeGreaterThan(0)
  })
})
