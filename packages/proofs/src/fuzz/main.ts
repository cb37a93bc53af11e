/** `pnpm fuzz --seconds 600 --seed 1`: tries until the time is over. `--only written` takes one lane, `--path 5:0` repeats a try. */
import { parseArgs } from 'node:util'
import { lanes } from './lanes/index.ts'

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { seconds: text, seed: text, only: text, path: text } })
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const chosen = lanes.filter(([{ name }]) => values.only === undefined || values.only === name)
if (chosen.length === 0)
  throw new Error(`There is no ${values.only}: ${lanes.map(([{ name }]) => name).join(', ')}`)
const all = chosen.reduce((sum, [, share]) => sum + share, 0)
for (const [lane, share] of chosen) {
  const seconds = (Number(values.seconds ?? 60) * share) / all
  const { taken, refused, failure } = await lane.run({ seed, seconds, path: values.path })
  console.log(`${lane.name}, seed ${seed}: ${taken} taken, ${refused} refused`)
  if (failure === undefined) continue
  console.log(failure)
  process.exitCode = 1
}
