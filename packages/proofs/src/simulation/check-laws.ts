/** `pnpm check:simulation`: takes the laws out of the code one after the other, and fails unless each turns the simulation red. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { LAWS_REMOVED } from './laws-removed.ts'

/** So many seeds have to be enough. */
const SEEDS = 2_000

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

let blind = 0
for (const [place, { what }] of LAWS_REMOVED.entries()) {
  const { stdout, status } = spawnSync(
    process.execPath,
    [
      ...['--import', here('../../../../scripts/flow/resolve-sources.ts')],
      ...['--import', here('./remove-law.ts')],
      here('./main.ts'),
      ...['--seeds', String(SEEDS), '--failures', '1'],
    ],
    { encoding: 'utf8', env: { ...process.env, REMOVED_LAW: String(place) } },
  )
  const [seed, breach] = stdout.split('\n')
  const isRed = status !== 0 && seed?.startsWith('seed ') === true
  console.log(`${isRed ? 'red' : 'BLIND'} without ${what}${isRed ? `\n  ${seed}\n${breach}` : ''}`)
  if (!isRed) blind++
}
if (blind > 0) process.exitCode = 1
