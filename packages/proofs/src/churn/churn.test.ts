import { describe, expect, it } from 'vitest'
import { CASES, playRound } from './round.ts'
import { failureOf, playRounds } from './rounds.ts'

describe('contacts that come, go and change while every adapter lists', () => {
  it('come exactly once where they were there throughout, in 1,000 rounds', {
    timeout: 300_000,
  }, async () => {
    const results = await playRounds(0, 1_000)
    expect(results.flatMap((found) => failureOf(found) ?? [])).toEqual([])
    // An exception that is never seen is none.
    const seen = new Set(
      results.flatMap(({ case: { exception }, lost }) => (lost.length > 0 ? [exception] : [])),
    )
    expect(seen).toEqual(new Set(CASES.flatMap(({ exception }) => exception ?? [])))
    for (const played of CASES) {
      const rounds = results.filter((found) => found.case === played)
      expect(rounds.reduce((sum, { changes }) => sum + changes, 0)).toBeGreaterThan(rounds.length)
    }
  })

  it('are played again from their seed alone', async () => {
    for (const seed of [1, 7, 12]) expect(await playRound(seed)).toEqual(await playRound(seed))
  })

  it('are told with the command that plays them again', async () => {
    const found = await playRound(0)
    expect(failureOf({ ...found, doubled: ['c1'] })).toContain('pnpm churn --rounds 1 --seed 0')
    expect(failureOf(found)).toBeUndefined()
  })
})
