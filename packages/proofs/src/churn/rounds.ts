import { CASES, type Found, playRound } from './round.ts'

/** Plays rounds one after the other. */
export async function playRounds(seed: number, rounds: number): Promise<readonly Found[]> {
  const results: Found[] = []
  for (let round = 0; round < rounds; round++) results.push(await playRound(seed + round))
  return results
}

/** What is wrong with a round, and how to play it again; `undefined` for what is right, or is a declared exception. */
export function failureOf(found: Found): string | undefined {
  const { case: played, seed, lost, doubled, strange, failure } = found
  const wrong: string[] = []
  if (failure !== undefined) wrong.push(`it failed: ${failure}`)
  if (doubled.length > 0) wrong.push(`came twice: ${doubled.join(', ')}`)
  if (strange.length > 0) wrong.push(`were never there: ${strange.join(', ')}`)
  if (lost.length > 0 && played.exception === undefined) wrong.push(`did not come: ${lost.join(', ')}`)
  if (wrong.length === 0) return undefined
  return `${played.provider}, ${played.name}: ${wrong.join('; ')}\n  pnpm churn --rounds 1 --seed ${seed}`
}

/** The rounds of each listing: how many, how many changes, and in how many somebody did not come. */
export function tableOf(results: readonly Found[]): string {
  const lines = CASES.map((played) => {
    const rounds = results.filter((found) => found.case === played)
    const changes = rounds.reduce((sum, found) => sum + found.changes, 0)
    const losing = rounds.filter(({ lost }) => lost.length > 0)
    const unseen = losing.filter(({ complete }) => complete === true)
    const replay = losing[0] ? ` (for example --seed ${losing[0].seed})` : ''
    const name = `${played.provider}, ${played.name}`.padEnd(42)
    const counts = `${rounds.length} rounds, ${changes} changes, ${losing.length} lost somebody, ${unseen.length} of them without a sign${replay}`
    return `${name}${counts}${played.exception ? `\n  ${played.exception}` : ''}`
  })
  return lines.join('\n')
}
