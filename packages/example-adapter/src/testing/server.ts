import type { FetchFunction } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'
import {
  type AccountSetup,
  createPeople,
  type Members,
  type People,
  Refusal,
  readProperty,
} from './people.ts'

/** The token that the server takes. */
export const TOKEN = 'example'

/** A server in memory. */
export interface ExampleCrmServer {
  /** To be passed to a client as its `fetch`. */
  readonly fetch: FetchFunction
  /** The requests that came, as `GET /people?limit=25`, oldest first. */
  readonly requests: string[]
}

/** The most that one request takes or gives. */
const MOST = { listed: 25, found: 50, filters: 2, batch: 20 } as const

/** A search ends after so many people, however many it found. */
export const SEARCH_REACH = 100

/** Makes the CRM's server: bearer token, people in the order in which they were made, archived ones apart. */
export function createServer(setup: AccountSetup = {}): ExampleCrmServer {
  const people = createPeople(setup)
  const requests: string[] = []
  return {
    requests,
    async fetch(input, init) {
      const request = new Request(input, init)
      const url = new URL(request.url)
      requests.push(`${request.method} ${url.pathname.replace('/v1', '')}${url.search}`)
      const body: unknown = request.body === null ? undefined : await request.json()
      try {
        if (request.headers.get('authorization') !== `Bearer ${TOKEN}`)
          throw new Refusal(401, 'token', 'Unknown token')
        const answer = respond(people, `${request.method} ${url.pathname}`, url.searchParams, body)
        return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer)
      } catch (error) {
        if (error instanceof Refusal) return Response.json({ error: error.body }, { status: error.status })
        throw error
      }
    },
  }
}

/** Answers one request; nothing stands for 204. */
function respond(people: People, request: string, query: URLSearchParams, body: unknown): unknown {
  const members = isPlainObject(body) ? body : {}
  switch (request) {
    case 'GET /v1/people':
      return page(people.list(query.get('archived')), query.get('after'), query.get('limit'), MOST.listed)
    case 'POST /v1/people/search':
      return search(people, members)
    case 'POST /v1/people':
      return people.create(members)
    case 'POST /v1/people/batch':
      return batch(members, (person) => ({ person: people.create(person) }))
    case 'PATCH /v1/people/batch':
      return batch(members, (person) => ({ person: people.change(String(person.id), person) }), 'id')
    case 'PUT /v1/people/batch':
      return batch(members, (person) => people.upsert(String(members.by), person), String(members.by))
  }
  const [, method, path = ''] = /^(\w+) \/v1\/people\/(.*)$/.exec(request) ?? []
  const [first = '', property = '', value] = path.split('/').map(decodeURIComponent)
  if (method === 'GET' && first === 'by' && value !== undefined) return people.find(property, value)
  if (method === 'PUT' && first === 'by') return people.upsert(property, members)
  if (method === 'PATCH') return people.change(first, members)
  if (method === 'DELETE') return people.archive(first)
  throw new Refusal(404, 'no_route', 'No such route')
}

function search(people: People, { filters, text, limit, after }: Members): unknown {
  const wanted = Array.isArray(filters) ? filters.filter(isPlainObject) : []
  if (wanted.length > MOST.filters) throw new Refusal(400, 'filters', 'Too many filters')
  const found = people.search(wanted, typeof text === 'string' ? text : '')
  const reached = page(found.slice(0, SEARCH_REACH), after, limit, MOST.found)
  return { ...reached, total: found.length }
}

/** A part of some people; it goes on after the id of the last one. */
function page(found: readonly { readonly id: string }[], after: unknown, limit: unknown, most: number) {
  const size = Number(limit ?? most)
  if (!(size >= 1 && size <= most)) throw new Refusal(400, 'limit', `The limit must be from 1 to ${most}`)
  const later = found.filter(({ id }) => after == null || Number(id) > Number(after))
  const shown = later.slice(0, size)
  return { people: shown, next: later.length > size ? shown.at(-1)?.id : null, total: found.length }
}

/** Does something with each person of a batch; one that is refused is told so, and the others are done. */
function batch({ people }: Members, one: (person: Members) => object, key?: string): unknown {
  const items = Array.isArray(people) ? people.filter(isPlainObject) : []
  if (items.length < 1 || items.length > MOST.batch)
    throw new Refusal(400, 'batch', 'Too many people, or none')
  const keys = key === undefined ? [] : items.map((person) => JSON.stringify(readProperty(person, key)))
  if (new Set(keys).size < keys.length) throw new Refusal(400, 'twice', 'A person is in the batch twice')
  const results = items.map((person) => {
    try {
      return one(person)
    } catch (error) {
      if (error instanceof Refusal) return { error: error.body }
      throw error
    }
  })
  return { results }
}
