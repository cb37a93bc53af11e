import { runSync, sqliteLedger } from '@anycontact/sync'
import { beforeEach, describe, expect, it } from 'vitest'
import { atChatBotKit } from './clients.ts'
import { echoes, judge, writesOf } from './judge.ts'
import { externalIdOf } from './people.ts'
import { type ScenarioName, scenarioOf } from './scenarios.ts'
import { seed, storedAt } from './stores.ts'
import { makeWorld, reachHere, type World } from './world.ts'

describe.each(['copy', 'both'] as const)('the judge of %s', (name) => {
  const { target, key } = scenarioOf(name)
  let world: World
  let laws: () => Promise<readonly number[]>
  let ledger: ReturnType<typeof sqliteLedger>
  const run = () => runSync(scenarioOf(name).sync(reachHere(world.emulator)), { ledger })

  beforeEach(async () => {
    ledger = sqliteLedger(':memory:')
    world = await makeWorld(name, 120, ledger)
    laws = async () => (await judge(name, world, ledger)).map(({ law }) => law)
  })

  it('has nothing to say of runs that nobody kills', async () => {
    expect(await laws()).toContain(2)
    await run()
    expect(await laws()).toEqual([])
    const writes = writesOf(world.emulator)
    await run()
    expect(echoes({ writes: writesOf(world.emulator) - writes, most: 0 })).toEqual([])
    expect(echoes({ writes: 1, most: 0 })).toMatchObject([{ law: 4 }])
  })

  it('sees a contact that is there twice', async () => {
    await run()
    plantAgain(name, world)
    expect(await laws()).toContain(1)
  })

  it('sees what was edited and did not come over', async () => {
    await run()
    const isOf = (merged: boolean) => [...world.wanted].find(([, { isMerged }]) => isMerged === merged)
    for (const [law, isMerged] of [
      [5, false],
      [6, true],
    ] as const) {
      const [wanted = '', person] = isOf(isMerged) ?? []
      if (person)
        Reflect.set(world, 'wanted', new Map([...world.wanted, [wanted, { ...person, name: 'Eva' }]]))
      expect(await laws()).toContain(law)
    }
  })

  it('sees a contact that was deleted and is not gone', async () => {
    await run()
    const [alive] = storedAt(world.emulator, 'chatbotkit', key)
    await atChatBotKit(reachHere(world.emulator)).delete(alive?.id ?? '')
    expect(await laws()).toEqual(expect.arrayContaining([2, 3]))
  })

  it(`sees a contact that is not at ${target}`, async () => {
    await run()
    Reflect.set(
      world,
      'wanted',
      new Map([...world.wanted, ['nobody', { name: 'N', email: '', plan: '', isMerged: false }]]),
    )
    expect(await laws()).toContain(2)
  })
})

/** ChatBotKit takes an external id once: there a second one has another. */
function plantAgain(name: ScenarioName, { emulator }: World): void {
  const number = 119
  if (name === 'both') seed(emulator, 'cognipeer', 'externalId', [number])
  else emulator.chatbotkit.seed([{ fingerprint: `${externalIdOf(number)}-again`, name: 'Again' }])
}
