import type { ContactMethodInput } from '@anycontact/core'
import type { World } from '../kit.ts'
import {
  batch,
  type Call,
  type Item,
  type Kind,
  member,
  type Operation,
  single,
  theOne,
} from '../operation.ts'
import type { Person } from '../people.ts'
import { onlyIds, read } from './reads.ts'

/** The operations of the group `contactMethods`, each about one client of its own. */
export const METHODS: readonly Operation[] = [
  method('list', 'listing', ({ world, person, ids }) =>
    single(onlyIds(ids), () => world.client.contactMethods.list(person.id).toArray()),
  ),
  method('get', 'read', ({ world, other }) =>
    single(isMethod(other), () => world.client.contactMethods.get(other)),
  ),
  method('getByExternalId', 'read', ({ world, other, text }) =>
    single(isMethod(other), () => world.client.contactMethods.getByExternalId(`method-${text}`)),
  ),
  method('getByMetadata', 'read', ({ world, other, text }) =>
    single(isMethod(other), () => world.client.contactMethods.getByMetadata('tag', `tag-${text}`)),
  ),
  method('getPrimary', 'read', ({ world, person, first }) =>
    single(isMethod(first), () => world.client.contactMethods.getPrimary(person.id, 'email')),
  ),
  method('create', 'create', ({ world, person }) =>
    single(isThere(person.newEmail, 'Work'), () =>
      world.client.contactMethods.create(person.id, inputOf(person.newEmail)),
    ),
  ),
  method('createMany', 'batch', ({ world, person }) => {
    const values = [person.newEmail, `more-${person.newEmail}`]
    return batch(
      values.map((value) => isThere(`"${value}"`, 'Work')),
      () => world.client.contactMethods.createMany(person.id, values.map(inputOf)),
    )
  }),
  method('update', 'change', ({ world, other }) =>
    single(isThere(other, 'Home'), () => world.client.contactMethods.update(other, { label: 'Home' })),
  ),
  method('delete', 'change', ({ world, other }) =>
    single(isGone(other), () => world.client.contactMethods.delete(other)),
  ),
  method('setPrimary', 'change', ({ world, other }) =>
    single(isThere(other, '"isPrimary":true'), () => world.client.contactMethods.setPrimary(other)),
  ),
  method('sync', 'create', ({ world, person }) =>
    single(isThere(person.newEmail, 'Work'), () =>
      world.client.contactMethods.sync(person.id, [inputOf(person.newEmail)]),
    ),
  ),
]

/** One client and its methods. */
interface Client {
  readonly world: World
  readonly person: Person
  /** The ids of its methods: the primary email, the phone, the other email. */
  readonly ids: readonly string[]
  readonly first: string
  readonly other: string
  /** What the other email's value ends with; its external id and metadata hold it. */
  readonly text: string
}

function method(name: string, kind: Kind, prepare: (client: Client) => Call): Operation {
  const whole = `contactMethods.${name}`
  return {
    name: whole,
    of: whole,
    kind,
    prepare(world, slot) {
      const person = theOne(world, slot)
      const ids = world.fixtures.below?.('methods', person.id) ?? []
      const [first = '', , other = ''] = ids
      return prepare({ world, person, ids, first, other, text: `other-${person.newEmail}` })
    },
  }
}

function inputOf(value: string): ContactMethodInput {
  return { type: 'email', value, label: 'Work' }
}

function isMethod(id: string): Item {
  return read((value) => member(value, 'id') === id || 'it is another method, or none')
}

/** One row with a mark, which holds a text. */
function isThere(mark: string, text: string): Item {
  return {
    marks: [mark],
    complaint(_, rows) {
      const about = rows.filter((row) => row.includes(mark) && row.includes(text))
      return about.length === 1 ? undefined : `there are ${about.length} as they should be`
    },
  }
}

function isGone(id: string): Item {
  return {
    marks: [id],
    complaint: (_, rows) => (rows.some((row) => row.includes(id)) ? 'it is still there' : undefined),
  }
}
