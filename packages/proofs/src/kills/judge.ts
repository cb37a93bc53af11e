import type { Emulator } from '@anycontact/emulator'
import type { Ledger } from '@anycontact/sync'
import { type ScenarioName, scenarioOf } from './scenarios.ts'
import { deletedAt, isSame, type Provider, storedAt } from './stores.ts'
import type { Wanted, World } from './world.ts'

/** A law that does not hold, with what shows it. */
export interface Breach {
  readonly law: number
  readonly text: string
}

/** So many examples of a breach are told. */
const EXAMPLES = 3

/** Judges what two runs have to have come to, killed or not: laws 1, 2, 3, 5 and 6. */
export async function judge(name: ScenarioName, world: World, ledger: Ledger): Promise<readonly Breach[]> {
  const { source, target } = scenarioOf(name)
  return [
    ...doubles(name, world),
    ...falseDeletions(world),
    ...differences(name, world, source),
    ...differences(name, world, target),
    ...(await leftInLedger(name, world, ledger)),
  ]
}

/** Law 1: a key is one contact's, and no write that makes one was applied twice. */
export function doubles(name: ScenarioName, { emulator, wanted, gone }: World): readonly Breach[] {
  const { source, target, key } = scenarioOf(name)
  const twice = [source, target].flatMap((provider) => {
    const counts = new Map<string, number>()
    for (const stored of storedAt(emulator, provider, key))
      counts.set(stored.key, (counts.get(stored.key) ?? 0) + 1)
    return [...counts].flatMap(([found, count]) =>
      count > 1 ? [`${found} is ${count} times at ${provider}`] : [],
    )
  })
  const { doubled, equal } = emulator.audit()
  const sent = [...doubled, ...equal].map(({ vendor, why }) => `${vendor}: ${why}`)
  const strange = [source, target].flatMap((provider) =>
    storedAt(emulator, provider, key)
      .filter((stored) => !wanted.has(stored.key) && !gone.has(stored.id))
      .map((stored) => `${stored.key} is at ${provider}, and nobody has made it`),
  )
  return breach(1, [...twice, ...sent, ...strange])
}

/** Law 3: only contacts that are gone from the source are deleted. */
export function falseDeletions({ emulator, gone }: Pick<World, 'emulator' | 'gone'>): readonly Breach[] {
  return breach(
    3,
    deletedAt(emulator)
      .filter((id) => !gone.has(id))
      .map((id) => `${id} was deleted, and is not gone from the source`),
  )
}

/** Laws 2, 5 and 6: each side has everybody, as everybody is to be. */
export function differences(
  name: ScenarioName,
  { emulator, wanted }: Pick<World, 'emulator' | 'wanted'>,
  provider: Provider,
  isWanted: (want: Wanted) => boolean = () => true,
): readonly Breach[] {
  const stored = new Map(
    storedAt(emulator, provider, scenarioOf(name).key).map((contact) => [contact.key, contact]),
  )
  const lost: string[] = []
  const different: string[] = []
  const unmerged: string[] = []
  for (const [key, want] of wanted) {
    if (!isWanted(want)) continue
    const found = stored.get(key)
    if (!found) lost.push(`${key} is not at ${provider}`)
    else if (!isSame(found, want))
      (want.isMerged ? unmerged : different).push(`${key} is not right at ${provider}`)
  }
  return [...breach(2, lost), ...breach(5, different), ...breach(6, unmerged)]
}

/** Laws 2 and 5: the ledger knows everybody as linked, and waits for nothing. */
async function leftInLedger(
  name: ScenarioName,
  { wanted }: World,
  ledger: Ledger,
): Promise<readonly Breach[]> {
  const open = await ledger.intents(name)
  const links = await ledger.count(name, { having: 'both' })
  const problems = await ledger.pairs(name, { having: 'problem', limit: EXAMPLES })
  return [
    ...breach(
      2,
      open.map(({ operation, side }) => `the fate of a ${operation} at the ${side} is open`),
    ),
    ...breach(
      2,
      problems.map(({ problem }) => `a contact has a problem: ${problem?.code}`),
    ),
    ...breach(2, links === wanted.size ? [] : [`the ledger has ${links} links, and not ${wanted.size}`]),
  ]
}

/** Law 4: a run sends so many writes, and no more. */
export function echoes({
  writes,
  most,
}: {
  readonly writes: number
  readonly most: number
}): readonly Breach[] {
  return breach(
    4,
    writes <= most ? [] : [`a further run sent ${writes} writes, and had to send ${most} at most`],
  )
}

/** How many requests have written something, at either provider. */
export function writesOf(emulator: Emulator): number {
  return emulator.audit().writes
}

function breach(law: number, found: readonly string[]): readonly Breach[] {
  if (found.length === 0) return []
  const more = found.length > EXAMPLES ? `, and ${found.length - EXAMPLES} more` : ''
  return [{ law, text: found.slice(0, EXAMPLES).join('; ') + more }]
}
