import { type Contact, exportCsv, type Pager, type RefKey } from '@anycontact/core'
import { everybody, type World } from '../kit.ts'
import { type Item, member, type Operation, single, theOne } from '../operation.ts'
import type { Person } from '../people.ts'
import { refBy } from './refs.ts'

/** How many contacts a page of a paged listing has: everybody comes on three. */
const PAGE_SIZE = 10

/** What lists contacts, in each way that a user can. */
export function listings(): Operation[] {
  const listing = (name: string, run: (world: World) => PromiseLike<unknown>, isWhole = true): Operation => ({
    name,
    of: 'list',
    kind: 'listing',
    prepare: (world) => single(isWhole ? all : somePage, () => run(world)),
  })
  return [
    listing('list, awaited', ({ client }) => client.list({ pageSize: PAGE_SIZE }), false),
    listing('list, iterated over', ({ client }) => client.list({ pageSize: PAGE_SIZE }).toArray()),
    listing('list, by pages', ({ client }) => pagesOf(client.list({ pageSize: PAGE_SIZE }))),
    {
      name: 'exportCsv',
      of: 'list',
      kind: 'listing',
      prepare: ({ client }) => single(allRows, () => textOf(exportCsv(client, { columns: ['id'] }))),
    },
  ]
}

/** `get` or `find` by a key. */
export function reading(of: 'get' | 'find', key: RefKey, scan: boolean): Operation {
  return {
    name: `${of} by ${key}${scan ? ', scanning' : ''}`,
    of,
    kind: scan ? 'listing' : 'read',
    prepare(world, slot) {
      const person = theOne(world, slot)
      return single(isPerson(person), () => world.client[of](refBy(key, person), { scan }))
    },
  }
}

/** `search` and `count`. */
export function searchAndCount(): Operation[] {
  return [
    {
      name: 'search',
      of: 'search',
      kind: 'listing',
      prepare(world, slot) {
        const person = theOne(world, slot)
        return single(onlyIds([person.id]), () => world.client.search(person.email).toArray())
      },
    },
    {
      name: 'count',
      of: 'count',
      kind: 'listing',
      prepare: (world) =>
        single(
          read((value) => value === everybody(world.kit).length || `${value} are counted`),
          () => world.client.count(),
        ),
    },
  ]
}

/** A result that holds exactly these ids, in any order. */
export function onlyIds(ids: readonly string[]): Item {
  return read((value) => {
    const given = idsOf(value)
    const isRight = given.length === ids.length && new Set([...given, ...ids]).size === ids.length
    return isRight || `${given.length} are given instead of ${ids.length}, or others`
  })
}

/** What only reads: the check gives true or a complaint. */
export function read(check: (value: unknown, world: World) => true | string): Item {
  return {
    marks: [],
    complaint: (value, _, world) => {
      const verdict = check(value, world)
      return verdict === true ? undefined : verdict
    },
  }
}

const all: Item = {
  marks: [],
  complaint: (value, rows, world) =>
    onlyIds(everybody(world.kit).map(({ id }) => id)).complaint(value, rows, world),
}

const somePage = read((value, world) => {
  const given = idsOf(member(value, 'items'))
  const known = new Set(everybody(world.kit).map(({ id }) => id))
  const isFull = given.length > 0 && given.length <= PAGE_SIZE && new Set(given).size === given.length
  return (isFull && given.every((id) => known.has(id))) || `a page of ${given.length}, or with others`
})

const allRows = read((value, world) => {
  const ids = String(value).trim().split('\r\n').slice(1)
  const missing = everybody(world.kit).filter(({ id }) => !ids.includes(id)).length
  return (
    (missing === 0 && ids.length === everybody(world.kit).length) || `${ids.length} rows, ${missing} missing`
  )
})

function isPerson(person: Person): Item {
  return read((value) => {
    if (value === undefined) return 'it is there, and was not found'
    return member(value, 'id') === person.id || 'it is another contact'
  })
}

function idsOf(values: unknown): string[] {
  return Array.isArray(values) ? values.map((value) => String(member(value, 'id'))) : []
}

async function pagesOf(pager: Pager<Contact>): Promise<Contact[]> {
  const contacts: Contact[] = []
  for await (const page of pager.pages()) contacts.push(...page.items)
  return contacts
}

async function textOf(stream: ReadableStream<string>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}
