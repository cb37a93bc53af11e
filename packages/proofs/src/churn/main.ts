// pnpm churn [--rounds 1000] [--seed 0]: plays rounds one after the other, and prints what each listing loses.
import { parseArgs } from 'node:util'
import { failureOf, playRounds, tableOf } from './rounds.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '1000' }, seed: { type: 'string', default: '0' } },
})
const results = await playRounds(Number(values.seed), Number(values.rounds))
console.log(tableOf(results))
const failures = results.flatMap((found) => failureOf(found) ?? [])
for (const failure of failures) console.error(failure)
if (failures.length > 0) process.exitCode = 1
