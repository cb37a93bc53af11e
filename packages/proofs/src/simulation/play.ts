import type { Ledger } from '@anycontact/sync/ledger-kit'
import type { Engine } from './engine.ts'
import type { Side } from './hands.ts'
import { falseDeletions } from './judge/deletions.ts'
import { doubles } from './judge/doubles.ts'
import { type Before, type Evidence, fieldOf, gather, type Right } from './judge/evidence.ts'
import { fields } from './judge/fields.ts'
import { overLimit } from './judge/limit.ts'
import { presence } from './judge/presence.ts'
import { Runs } from './runs.ts'
import { drawScript, type Epoch, type Script } from './script.ts'
import { World } from './world/world.ts'

/** What came of a seed. */
export interface Played {
  readonly seed: number
  readonly script: Script
  /** What is wrong; empty where every law holds. */
  readonly breaches: readonly string[]
  readonly counts: ReadonlyMap<string, number>
  /** What happened, line by line: the same for the same seed. */
  readonly lines: readonly string[]
  /** What was thrown, where something was. */
  readonly error: unknown
}

/** Plays what a seed stands for, to the end or to the first breach, and judges it. */
export async function play(seed: number, engine: Engine): Promise<Played> {
  const world = new World(drawScript(seed))
  const { breaches, error } = await judged(world, engine).then(
    (found) => ({ breaches: found, error: undefined }),
    (thrown: unknown) => ({ breaches: [`it failed: ${thrown}`], error: thrown }),
  )
  for (const breach of breaches) world.journal.tell(breach)
  const { counts, lines } = world.journal
  return { seed, script: world.script, breaches, counts, lines, error }
}

async function judged(world: World, engine: Engine): Promise<readonly string[]> {
  const { script, time, hands, network, journal } = world
  const ledger = world.watch.of(await engine.openLedger(time.now, world.chance('ledger store')))
  try {
    const runs = new Runs(world, engine, ledger)
    hands.populate(script.contacts)
    world.look()
    let before: Before | undefined
    for (const epoch of script.epochs) {
      const decided = before ? await decideSome(world, engine, ledger) : []
      await throughEpoch(world, runs, epoch)
      const problems = await engine.problems(ledger, script.definition)
      const evidence = gather(world, problems, before, decided)
      const breaches = [...atAllTimes(world), ...presence(evidence), ...fields(evidence)]
      if (breaches.length > 0) return breaches
      before = agreedIn(evidence)
      hands.edits = []
    }
    const sent = network.sent.length
    await runs.toTheEnd(true)
    const echo = network.sent.slice(sent).filter(({ isWrite }) => isWrite)
    journal.count('runs without a write', echo.length === 0 ? 1 : 0)
    return [
      ...atAllTimes(world),
      ...echo.map(({ method, path }) => `law 4: nothing was edited, and ${method} ${path} was sent`),
    ]
  } finally {
    await ledger.close()
  }
}

/** Somebody decides some of the conflicts that wait for it. */
async function decideSome(world: World, engine: Engine, ledger: Ledger): Promise<readonly Right[]> {
  const { script, journal, sites, hands } = world
  const random = world.chance(`decisions ${world.time.now()}`)
  const choose = (): Side | undefined => random.pick(['source', 'target', undefined] as const)
  const decided = await engine.decide(ledger, script.definition, choose)
  return decided.flatMap(({ field, side, ...ids }) => {
    const row = sites[side].rows().find(({ id }) => id === ids[side])
    if (!row) return []
    journal.count('decided')
    return [{ key: hands.keyOf(side, row), field, value: fieldOf({ world }, side, row, field) }]
  })
}

/** Others edit, everything goes wrong that can, and then two runs have nothing new to deal with. */
async function throughEpoch(world: World, runs: Runs, epoch: Epoch): Promise<void> {
  const { time, hands, weather, reaper, line } = world
  await time.settle(hands.act(epoch.editsBefore), 1)
  world.look()
  await time.settle(time.wait(1000), 2000)
  hands.isDuring = true
  hands.rate = 0.05
  hands.left = epoch.editsDuring
  weather.roughness = epoch.roughness
  line.roughness = epoch.ledgerRoughness
  world.stopRate = world.script.stopRate
  reaper.rate = epoch.killRate
  reaper.left = epoch.kills
  await runs.toTheEnd(false)
  hands.left = 0
  await runs.toTheEnd(false)
  // What a client has sent again can have arrived once, and arrive again later over what others have edited meanwhile.
  await time.drain()
  world.look()
  // From here on only processes die.
  world.calm()
  reaper.left = epoch.kills > 0 ? 1 : 0
  await runs.toTheEnd(true)
  reaper.left = 0
  hands.isDuring = false
  // Nothing is on its way any more that could change what is judged.
  await time.drain()
  world.look()
}

function atAllTimes(world: World): string[] {
  return [
    ...doubles(world),
    ...falseDeletions(world),
    ...overLimit(world.network.sent, world.script),
    ...world.late,
  ]
}

function agreedIn(evidence: Evidence): Before {
  const { byKey, world } = evidence
  const names = Object.keys(world.script.definition.route.fields)
  const before = new Map<string, Readonly<Record<string, string>>>()
  for (const [key, [source]] of byKey.source) {
    const target = byKey.target.get(key)?.[0]
    if (!source || !target) continue
    const values: Record<string, string> = {}
    for (const name of names) {
      const value = fieldOf(evidence, 'source', source, name)
      // What somebody is still to decide is not agreed.
      if (value === fieldOf(evidence, 'target', target, name)) values[name] = value
    }
    before.set(key, values)
  }
  return before
}
