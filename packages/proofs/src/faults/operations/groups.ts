import type { World } from '../kit.ts'
import { type Call, type Item, type Kind, member, type Operation, single, theOne } from '../operation.ts'
import type { Person } from '../people.ts'
import { METHODS } from './methods.ts'
import { onlyIds } from './reads.ts'

/** The groups' operations. */
export const GROUPS: readonly Operation[] = [
  below('conversations', ({ client }, id) => client.conversations.list(id).toArray()),
  below('comments', ({ client }, id) => client.comments.list(id).toArray()),
  group('comments.create', 'create', (world, slot) => {
    const person = theOne(world, slot)
    const text = `Called ${person.newEmail} back`
    return single(isCommented(text), () => world.client.comments.create(person.id, { text }))
  }),
  group('comments.delete', 'change', (world, slot) => {
    const { id }: Person = theOne(world, slot)
    const [comment = ''] = world.fixtures.below?.('comments', id) ?? []
    return single(areGone([comment]), () => world.client.comments.delete(id, comment))
  }),
  below('files', ({ client }, id) => client.files.list(id).toArray()),
  below('activities', ({ client }, id) => client.activities.list(id).toArray()),
  group('avatar.upload', 'create', (world, slot) => {
    const name = `picture-${slot}.png`
    const data = new Uint8Array([0x89, 0x50, 0x4e, 0x47, slot])
    return single(isUploaded(name), () => world.client.avatar.upload({ data, name, type: 'image/png' }))
  }),
  group('notifications.list', 'listing', (world) => {
    const ids = [...noticesOf(world), ...noticesOf(world)]
    // More are made by the calls beside this one.
    const item: Item = {
      marks: [],
      complaint: (value) => {
        const given = Array.isArray(value) ? value.map((notice) => member(notice, 'id')) : []
        return ids.every((id) => given.includes(id)) ? undefined : 'notices are missing'
      },
    }
    return single(item, () => world.client.notifications.list().toArray())
  }),
  group('notifications.markRead', 'change', (world) => {
    const ids = noticesOf(world)
    const complaint: Item['complaint'] = (_, rows) =>
      ids.every((id) => rows.some((row) => row.includes(id) && row.includes('"is_read":true')))
        ? undefined
        : 'some are not read'
    return single({ marks: ids, complaint }, () => world.client.notifications.markRead(ids))
  }),
  group('notifications.dismiss', 'change', (world) => {
    const [id = ''] = noticesOf(world)
    return single(areGone([id]), () => world.client.notifications.dismiss(id))
  }),
  group('notifications.dismissAll', 'change', (world) => {
    const ids = noticesOf(world)
    // What one call dismisses, the others find dismissed.
    return single({ ...areGone(ids), isShared: true }, () => world.client.notifications.dismissAll())
  }),
  ...METHODS,
]

/** An operation of a group. */
function group(name: string, kind: Kind, prepare: (world: World, slot: number) => Call): Operation {
  return { name, of: name, kind, prepare }
}

/** Things that must not be there any more. */
function areGone(ids: readonly string[]): Item {
  return {
    marks: ids,
    complaint: (_, rows) =>
      ids.some((id) => rows.some((row) => row.includes(id))) ? 'it is still there' : undefined,
  }
}

function below(name: string, list: (world: World, ownerId: string) => PromiseLike<unknown>): Operation {
  return group(`${name}.list`, 'listing', (world, slot) => {
    const { id }: Person = theOne(world, slot)
    const ids = world.fixtures.below?.(name, id) ?? []
    return single(onlyIds(ids), () => list(world, id))
  })
}

function noticesOf({ fixtures }: World): readonly string[] {
  return fixtures.notices?.() ?? []
}

function isCommented(text: string): Item {
  return {
    marks: [text],
    complaint(value, rows) {
      const about = rows.filter((row) => row.includes(text))
      if (about.length !== 1) return `there are ${about.length}`
      return about[0]?.includes(String(member(value, 'id'))) ? undefined : 'the id is another one’s'
    },
  }
}

function isUploaded(name: string): Item {
  return {
    marks: [name],
    complaint(value, rows) {
      const about = rows.filter((row) => row.includes(name))
      if (about.length !== 1) return `there are ${about.length}`
      return about[0]?.includes(String(member(value, 'url'))) ? undefined : 'the address is another one’s'
    },
  }
}
