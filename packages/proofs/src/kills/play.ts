import type { Emulator } from '@anycontact/emulator'
import { type Ledger, runSync, type SyncReport } from '@anycontact/sync'
import { work } from '@anycontact/sync/ledger-kit'
import { type Random, seededRandom } from '../churn/random.ts'
import { Crew } from './crew.ts'
import { type Breach, differences, doubles, echoes, falseDeletions, judge, writesOf } from './judge.ts'
import { type LedgerKind, makePlace, openLedger } from './ledgers.ts'
import { planKills, someOf } from './plan-kills.ts'
import { type ScenarioName, scenarioOf } from './scenarios.ts'
import type { Limits } from './task.ts'
import { makeWorld, reachHere, type World } from './world.ts'

/** What is played. */
export interface Play {
  readonly scenario: ScenarioName
  readonly ledger: LedgerKind
  readonly contacts: number
  readonly kills: number
  readonly seed: number
  readonly limits: Limits
}

/** What came of it. */
export interface Played {
  readonly breaches: readonly Breach[]
  /** How often processes were killed, and how many of them in all. */
  readonly kills: number
  readonly killed: number
  /** Writes that the ledger held for open after the kills, so that they had to be settled. */
  readonly cutOff: number
  /** Requests that were received in the run that was killed, and how many of them wrote. */
  readonly requests: number
  readonly writes: number
  readonly seconds: number
  /** Writes of the run after it, and of the one after that. */
  readonly second: number
  readonly third: number
  /** What workers said that ended by themselves. */
  readonly failures: readonly string[]
}

/** So many processes share a ledger that is for many. */
const WORKERS = 4

/** How often is looked whether it is time for the next kill, in milliseconds. */
const LOOK_MS = 5

/** A worker may give up where the emulator does not answer in time. More than so many, and something is wrong with all. */
const MAX_FAILURES = 50

/** Plays a run whose processes are killed again and again, then further runs, and judges what came of it. */
export async function play({ scenario, ledger: kind, contacts, kills, seed, limits }: Play): Promise<Played> {
  const random = seededRandom(seed)
  await using place = await makePlace(kind)
  await using ledger = openLedger(place)
  const world = await makeWorld(scenario, contacts, ledger)
  const { emulator } = world
  await using server = await served(emulator)
  const crew = new Crew(
    { scenario, ledger: { kind, address: place.address }, baseUrl: server.url, limits },
    kind === 'sqlite' ? 1 : WORKERS,
  )
  const startedAt = performance.now()
  const told = await killAgainAndAgain({ crew, world, ledger, random, kills, scenario })
  const seconds = (performance.now() - startedAt) / 1000
  const requests = requestsOf(emulator)
  const writes = writesOf(emulator)
  const first = firstBreaches(scenario, world)

  await runOnce(scenario, emulator, ledger, kind, limits)
  const afterSecond = writesOf(emulator)
  const settled = await judge(scenario, world, ledger)
  await runOnce(scenario, emulator, ledger, kind, limits)
  const third = writesOf(emulator) - afterSecond
  return {
    ...told,
    breaches: [
      ...first,
      ...settled,
      ...echoes({ writes: third, most: 0 }),
      ...(scenarioOf(scenario).direction === 'one-way'
        ? echoes({ writes: afterSecond - writes, most: world.gone.size })
        : []),
    ],
    requests,
    writes,
    seconds,
    second: afterSecond - writes,
    third,
    failures: crew.failures,
  }
}

/** What the run that was killed has to have come to by itself: all that the source has is at the target. */
function firstBreaches(scenario: ScenarioName, world: World): readonly Breach[] {
  const { direction, target } = scenarioOf(scenario)
  return [
    ...doubles(scenario, world),
    ...falseDeletions(world),
    // In both directions a contact of the target alone is made at the source once both were read whole, which a run that was cut may not say.
    ...(direction === 'one-way' ? differences(scenario, world, target) : []),
  ]
}

interface Killing {
  readonly crew: Crew
  readonly world: World
  readonly ledger: Ledger
  readonly random: Random
  readonly kills: number
  readonly scenario: ScenarioName
}

async function killAgainAndAgain({
  crew,
  world: { emulator, requests: expected },
  ledger,
  random,
  kills,
  scenario,
}: Killing): Promise<Pick<Played, 'kills' | 'killed' | 'cutOff'>> {
  crew.fill()
  let [done, killed] = [0, 0]
  const cutOff = new Set<string>()
  const size = crew.alive.length
  for (const kill of planKills(random, { kills, requests: expected * 0.9, workers: size })) {
    const from = requestsOf(emulator)
    while (!crew.isOver && requestsOf(emulator) - from < kill.afterRequests) {
      await sleep(LOOK_MS)
      revive(crew)
    }
    await sleep(kill.delayMs)
    if (crew.isOver) break
    const victims = someOf(random, crew.alive, kill.victims)
    await crew.kill(victims)
    done += 1
    killed += victims.length
    for (const { id } of await ledger.intents(scenario)) cutOff.add(id)
    revive(crew)
  }
  while (!crew.isOver) {
    await sleep(LOOK_MS)
    revive(crew)
  }
  await crew.ended()
  return { kills: done, killed, cutOff: cutOff.size }
}

function revive(crew: Crew): void {
  if (crew.failures.length > MAX_FAILURES)
    throw new Error(`Workers end by themselves again and again:\n${crew.failures.at(-1)}`)
  crew.fill()
}

async function runOnce(
  scenario: ScenarioName,
  emulator: Emulator,
  ledger: Ledger,
  kind: LedgerKind,
  { settleMs, leaseMs }: Limits,
): Promise<SyncReport | undefined> {
  const sync = scenarioOf(scenario).sync(reachHere(emulator))
  const options = { ledger, settleMs, leaseMs }
  return kind === 'sqlite'
    ? await runSync(sync, options)
    : await work(sync, { ...options, start: true, pollMs: 20 })
}

async function served(emulator: Emulator): Promise<{ readonly url: string } & AsyncDisposable> {
  const { url, close } = await emulator.listen()
  return { url, [Symbol.asyncDispose]: close }
}

function requestsOf({ chatbotkit, cognipeer }: Emulator): number {
  return chatbotkit.requests.length + cognipeer.requests.length
}

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}
