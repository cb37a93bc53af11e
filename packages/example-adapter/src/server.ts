import { type FetchFunction, isPlainObject, type JsonObject } from '@anycontact/core'
import * as v from 'valibot'
import { type Person, PersonSchema } from './mapping.ts'

/** The CRM's server in memory: bearer token `example`, people oldest first, each email address once. */
export function createServer(now: () => number = Date.now): { readonly fetch: FetchFunction } {
  const people = new Map<number, Person>()
  let lastId = 0

  async function answer(request: Request): Promise<Response> {
    const { method, headers } = request
    const { pathname, searchParams } = new URL(request.url)
    if (headers.get('authorization') !== 'Bearer example') return refuse(401, 'token', 'Unknown token')
    if (pathname === '/v1/people' && method === 'GET') return Response.json(page(searchParams))
    if (pathname === '/v1/people' && method === 'POST') return write(await request.json(), ++lastId)
    const id = Number(/^\/v1\/people\/(\d+)$/.exec(pathname)?.[1])
    if (!people.has(id)) return refuse(404, 'person', 'No such person')
    if (method === 'PATCH') return write(await request.json(), id)
    if (method !== 'DELETE') return Response.json(people.get(id))
    people.delete(id)
    return new Response(null, { status: 204 })
  }

  function write(body: unknown, id: number): Response {
    const before = people.get(id) ?? { id: String(id), created_at: new Date(now()).toISOString() }
    if (!isPlainObject(body)) return refuse(400, 'body', 'Send an object')
    const { full_name = before.full_name, email = before.email } = body
    const attributes = merge(before.attributes, body.attributes)
    const { success, output: person } = v.safeParse(PersonSchema, { ...before, full_name, email, attributes })
    if (!success) return refuse(400, 'body', 'Send a person')
    const others = [...people.values()].filter((other) => other.id !== before.id)
    const taken = person.email != null && others.some(({ email }) => email === person.email)
    if (taken) return refuse(400, 'email_taken', 'Somebody has this address')
    people.set(id, person)
    return Response.json(person)
  }

  function page(query: URLSearchParams): unknown {
    const later = [...people.values()].filter(({ id }) => Number(id) > Number(query.get('after')))
    const found = query.has('email') ? later.filter(({ email }) => email === query.get('email')) : later
    const shown = found.slice(0, Number(query.get('limit') ?? 50))
    return { people: shown, next: found.length > shown.length ? shown.at(-1)?.id : null }
  }

  return { fetch: async (input, init) => answer(new Request(input, init)) }
}

/** Attributes merge by key; null removes a key, null for the whole removes all. */
function merge(before: JsonObject | null | undefined, change: unknown): unknown {
  if (change === null) return {}
  const entries = Object.entries({ ...before, ...(isPlainObject(change) ? change : {}) })
  return Object.fromEntries(entries.filter(([, value]) => value !== null))
}

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status })
}
