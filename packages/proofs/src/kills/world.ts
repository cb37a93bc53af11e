import type { ContactsWith } from '@anycontact/core'
import { createEmulator, type Emulator } from '@anycontact/emulator'
import { type Ledger, runSync } from '@anycontact/sync'
import { atChatBotKit, atCognipeer, type Reach } from './clients.ts'
import { externalIdOf, numbers, type Person, personOf } from './people.ts'
import { type ScenarioName, scenarioOf } from './scenarios.ts'
import { type Provider, seed, storedAt } from './stores.ts'

/** What is true of a contact once everything is in step. */
export interface Wanted extends Person {
  /** Whether both sides have edited it, different fields of it. */
  readonly isMerged: boolean
}

/** Two providers before the run whose processes are killed, and what it has to come to. */
export interface World {
  readonly emulator: Emulator
  /** What each side is to have, by key. */
  readonly wanted: ReadonlyMap<string, Wanted>
  /** The ids at the target of contacts that are gone from the source: only these may be deleted. */
  readonly gone: ReadonlySet<string>
  /** About how many requests the run sends. */
  readonly requests: number
}

/** How the emulator is reached from the process that it is in. */
export function reachHere({ fetch }: Emulator): Reach {
  return { fetch }
}

/**
 * Makes two providers of which a quarter of the contacts have been in step before and then changed on either side, or gone from the
 * source, and of which the rest are new.
 */
export async function makeWorld(name: ScenarioName, contacts: number, ledger: Ledger): Promise<World> {
  const { source, target, key, direction, sync } = scenarioOf(name)
  const emulator = createEmulator()
  const old = numbers(0, contacts / 4)
  const young = numbers(contacts / 4, contacts)
  seed(emulator, source, key, old)
  await runSync(sync(reachHere(emulator)), { ledger })
  const wanted = new Map<string, Wanted>()
  const keyOf = (number: number): string => (key === 'email' ? personOf(number).email : externalIdOf(number))
  for (const number of [...old, ...young]) wanted.set(keyOf(number), { ...personOf(number), isMerged: false })
  const gone = await changeSome({ emulator, source, target, key, direction, wanted, old, keyOf })
  const half = direction === 'both' ? Math.floor(young.length / 2) : young.length
  seed(emulator, source, key, young.slice(0, half))
  seed(emulator, target, key, young.slice(half))
  for (const side of [emulator.chatbotkit, emulator.cognipeer]) side.requests.clear()
  return { emulator, wanted, gone, requests: young.length * 2 }
}

interface Changes {
  readonly emulator: Emulator
  readonly source: Provider
  readonly target: Provider
  readonly key: 'externalId' | 'email'
  readonly direction: 'one-way' | 'both'
  readonly wanted: Map<string, Wanted>
  readonly old: readonly number[]
  readonly keyOf: (number: number) => string
}

/** Edits a third of the old contacts on one side or on both, and takes a few from a source that can lose them. @returns the ids of their counterparts */
async function changeSome(changes: Changes): Promise<ReadonlySet<string>> {
  const { emulator, source, target, key, direction, wanted, old, keyOf } = changes
  const clients: Readonly<Record<Provider, ContactsWith<'update'>>> = {
    chatbotkit: atChatBotKit(reachHere(emulator)),
    cognipeer: atCognipeer(reachHere(emulator)),
  }
  const ids = (side: Provider) =>
    new Map(storedAt(emulator, side, key).map((stored) => [stored.key, stored.id]))
  const at = { source: ids(source), target: ids(target) }
  const gone = new Set<string>()
  for (const number of old) {
    const name = keyOf(number)
    const [here = '', there = ''] = [at.source.get(name), at.target.get(name)]
    const kind = number % 20
    const want = wanted.get(name) ?? { ...personOf(number), isMerged: false }
    if (kind === 0 && source === 'cognipeer') {
      emulator.cognipeer.softDelete(here)
      gone.add(there)
      wanted.delete(name)
      continue
    }
    const isEdited = { source: kind >= 1 && kind <= 4, target: kind >= 3 && kind <= 6 }
    if (isEdited.source) await clients[source].update({ id: here }, { name: `Ana Costa ${number}` })
    if (isEdited.target) await clients[target].update({ id: there }, { customFields: { plan: 'edited' } })
    wanted.set(name, {
      ...want,
      ...(isEdited.source && { name: `Ana Costa ${number}` }),
      // In one direction the source is right.
      ...(isEdited.target && direction === 'both' && { plan: 'edited' }),
      isMerged: isEdited.source && isEdited.target,
    })
  }
  return gone
}
