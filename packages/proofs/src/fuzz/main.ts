/** `pnpm fuzz --seconds 600 --seed 1`: tries until the time is over; `--case 5` tries one again. */
import { parseArgs } from 'node:util'
import { fuzz, tryOnce } from './run.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string' }, seed: { type: 'string' }, case: { type: 'string' } },
})
const seed = Number(values.seed ?? Date.now() % 1_000_000)
if (values.case !== undefined) {
  const { what, problem } = await tryOnce(seed, Number(values.case))
  console.log(`${what}: ${problem ?? 'nothing wrong'}`)
  if (problem !== undefined) process.exitCode = 1
} else {
  const { tries, failure } = await fuzz(seed, Number(values.seconds ?? 60))
  console.log(`seed ${seed}: ${tries} tries, ${failure ?? 'nothing wrong'}`)
  if (failure !== undefined) process.exitCode = 1
}
