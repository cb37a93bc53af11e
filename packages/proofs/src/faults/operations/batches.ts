import { copyContacts } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { newPerson, seededPerson, type World } from '../kit.ts'
import { batch, type Call, type ItemEnd, type Operation } from '../operation.ts'
import { BATCH_SIZE, type Person } from '../people.ts'
import { isGone, isStored } from './writes.ts'

/** The batches, and a copy of a few contacts into a provider, which is a batch too. */
export const BATCHES: readonly Operation[] = [
  of('createMany', (world, slot) => {
    const people = newPeople(world, slot)
    return batch(
      people.map((person) => isStored(person, person.email)),
      () => world.client.createMany(people.map(world.kit.input)),
    )
  }),
  of('updateMany', (world, slot) => {
    const people = seededPeople(world, slot)
    const { kit, client } = world
    return batch(
      people.map((person) => isStored(person, kit.patched(person))),
      () => client.updateMany(people.map((person) => ({ ref: { id: person.id }, patch: kit.patch(person) }))),
    )
  }),
  of('upsertMany', (world, slot) => {
    const [fresh, changed, same] = [
      newPerson(world.kit, slot),
      seededPerson(world.kit, slot),
      seededPerson(world.kit, slot, 1),
    ]
    const { kit, client } = world
    return batch(
      [isStored(fresh, fresh.email), isStored(changed, kit.patched(changed)), isStored(same, same.email)],
      () =>
        client.upsertMany(
          [kit.input(fresh), { ...kit.input(changed), ...kit.patch(changed) }, kit.input(same)],
          { by: kit.copyBy, scan: true },
        ),
    )
  }),
  of('deleteMany', (world, slot) => {
    const people = seededPeople(world, slot)
    return batch(people.map(isGone), () => world.client.deleteMany(people.map(({ id }) => ({ id }))))
  }),
  { name: 'copyContacts', of: 'upsertMany', kind: 'batch', prepare: copying },
]

function of(name: string, prepare: Operation['prepare']): Operation {
  return { name, of: name, kind: 'batch', prepare }
}

/** Into an empty place, from memory: what is there already is the business of `upsertMany`. */
function copying(world: World, slot: number): Call {
  const { kit, client } = world
  const people = newPeople(world, slot)
  const from = memory()
  return {
    items: people.map((person) => isStored(person, person.email)),
    async run() {
      const ids: string[] = []
      for (const { email, externalId } of people) ids.push((await from.create({ email, externalId })).id)
      const { failed } = await copyContacts(from, client, {
        by: kit.copyBy,
        scan: true,
        map: ({ email }) => people.filter((person) => person.email === email).map(kit.input)[0],
      })
      return people.map(({ email }, index): ItemEnd => {
        const failure = failed.find(({ id }) => id === ids[index])
        return failure ? { error: failure.error } : { value: { id: idStored(world, email) } }
      })
    },
  }
}

/** A copy does not tell ids: whoever is stored under the address is the one. */
function idStored({ kit, rows }: World, email: string): unknown {
  const row = [...rows().values()].find((text) => text.includes(email))
  return row === undefined ? undefined : Reflect.get(JSON.parse(row), kit.ownerKey)
}

function newPeople({ kit }: World, slot: number): Person[] {
  return Array.from({ length: BATCH_SIZE }, (_, item) => newPerson(kit, slot, item))
}

function seededPeople({ kit }: World, slot: number): Person[] {
  return Array.from({ length: BATCH_SIZE }, (_, item) => seededPerson(kit, slot, item))
}
