import type { RefKey } from '@anycontact/core'
import type { World } from '../kit.ts'
import { type Item, marksOf, member, newOne, type Operation, single, theOne } from '../operation.ts'
import type { Person } from '../people.ts'
import { refBy } from './refs.ts'

/** `create`. */
export function creating(): Operation {
  return {
    name: 'create',
    of: 'create',
    kind: 'create',
    prepare(world, slot) {
      const person = newOne(world, slot)
      return single(isStored(person, person.email), () => world.client.create(world.kit.input(person)))
    },
  }
}

/** `update` by a key. */
export function updating(key: RefKey, scan: boolean): Operation {
  return {
    name: `update by ${key}${scan ? ', scanning' : ''}`,
    of: 'update',
    kind: 'change',
    prepare(world, slot) {
      const person = theOne(world, slot)
      const { kit, client } = world
      return single(isStored(person, kit.patched(person)), () =>
        client.update(refBy(key, person), kit.patch(person), { scan }),
      )
    },
  }
}

/** `delete` by a key. */
export function deleting(key: RefKey, scan: boolean): Operation {
  return {
    name: `delete by ${key}${scan ? ', scanning' : ''}`,
    of: 'delete',
    kind: 'change',
    prepare(world, slot) {
      const person = theOne(world, slot)
      return single(isGone(person), () => world.client.delete(refBy(key, person), { scan }))
    },
  }
}

/** `upsert` by a key: of somebody new, of somebody who changes, and of somebody who is as he should be. */
export function upserting(key: RefKey, scan: boolean): Operation[] {
  const named = (end: string): string => `upsert by ${key}${scan ? ', scanning' : ''}: ${end}`
  const upsert = (world: World, person: Person, changes: object): PromiseLike<unknown> =>
    world.client.upsert({ ...world.kit.input(person), ...changes }, { by: key, scan })
  return [
    {
      name: named('created'),
      of: 'upsert',
      kind: 'create',
      prepare(world, slot) {
        const person = newOne(world, slot)
        return single(isStored(person, person.email), () => upsert(world, person, {}))
      },
    },
    {
      name: named('updated'),
      of: 'upsert',
      kind: 'change',
      prepare(world, slot) {
        const person = theOne(world, slot)
        const { kit } = world
        return single(isStored(person, kit.patched(person)), () => upsert(world, person, kit.patch(person)))
      },
    },
    {
      name: named('unchanged'),
      of: 'upsert',
      kind: 'change',
      prepare(world, slot) {
        const person = theOne(world, slot)
        return single(isStored(person, person.email), () => upsert(world, person, {}))
      },
    },
  ]
}

/** Somebody who must be stored once, with a text. */
export function isStored(person: Person, text: string): Item {
  return {
    marks: marksOf(person),
    complaint(value, rows, { kit }) {
      const about = rows.filter((row) => marksOf(person).some((mark) => row.includes(mark)))
      if (!about.some((row) => row.includes(text))) return 'what was written is not stored'
      const owners = new Set(about.map((row) => member(JSON.parse(row), kit.ownerKey)))
      if (owners.size !== 1) return `there are ${owners.size}`
      const contact = member(value, 'contact') ?? value
      return owners.has(member(contact, 'id')) ? undefined : 'the result is another contact'
    },
  }
}

/** Somebody who must not be stored. */
export function isGone(person: Person): Item {
  return {
    marks: marksOf(person),
    complaint: (_, rows) => (rows.some((row) => row.includes(person.id)) ? 'it is still there' : undefined),
  }
}
