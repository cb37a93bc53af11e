/**
 * `pnpm kills --contacts 20000 --kills 30 --ledger sqlite --scenario copy --seed 1`: kills the processes of a sync with -9 at random
 * moments, starts them again until the run is over, judges the laws by what the emulated providers have then, and prints the verdict.
 * Without `--ledger` and `--scenario` it does so with each of them. A busy machine wants `--timeout-ms 5000`.
 */
import { parseArgs } from 'node:util'
import type { LedgerKind } from './ledgers.ts'
import { type Play, type Played, play } from './play.ts'
import { isScenario, SCENARIOS, type ScenarioName } from './scenarios.ts'
import { tableOf } from './table.ts'
import { limitsOf } from './task.ts'

const text = { type: 'string' } as const
const { values } = parseArgs({
  options: { contacts: text, kills: text, seed: text, ledger: text, scenario: text, 'timeout-ms': text },
})

const KINDS: readonly LedgerKind[] = ['sqlite', 'postgres']
const kinds = KINDS.filter((kind) => (values.ledger ?? kind) === kind)
const scenarios = Object.keys(SCENARIOS)
  .filter((name) => (values.scenario ?? name) === name)
  .filter(isScenario)
if (kinds.length === 0 || scenarios.length === 0)
  throw new TypeError(
    `There is --ledger ${KINDS.join(' or ')}, and --scenario ${Object.keys(SCENARIOS).join(' or ')}.`,
  )

const rows: { readonly asked: Play; readonly played: Played }[] = []
for (const ledger of kinds) for (const scenario of scenarios) rows.push(await playOne(ledger, scenario))
console.log(tableOf(rows))
const breaches = rows.flatMap(({ played }) => played.breaches)
console.log(breaches.length === 0 ? 'Every law holds.' : `FAILED: ${breaches.length} breaches.`)
if (breaches.length > 0) process.exitCode = 1

async function playOne(ledger: LedgerKind, scenario: ScenarioName) {
  const asked: Play = {
    scenario,
    ledger,
    contacts: Number(values.contacts ?? 20_000),
    kills: Number(values.kills ?? 30),
    seed: Number(values.seed ?? 1),
    limits: limitsOf(Number(values['timeout-ms'] ?? 1_000)),
  }
  const played = await play(asked)
  for (const { law, text: found } of played.breaches)
    console.log(`Law ${law} does not hold (${ledger}, ${scenario}, --seed ${asked.seed}): ${found}`)
  for (const failure of played.failures) console.log(`A worker ended by itself: ${summary(failure)}`)
  return { asked, played }
}

/** The line of an uncaught error that names it. */
function summary(failure: string): string {
  return failure.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? failure
}
