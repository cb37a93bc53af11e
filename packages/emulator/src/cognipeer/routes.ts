import { type Context, Hono } from 'hono'
import type { Route } from '../fault-check.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'
import type { CognipeerContact } from './contact.ts'
import { ApiError, errorBody, errorResponse, jsonResponse } from './errors.ts'
import type { CognipeerFault } from './faults.ts'
import { type List, sees } from './listing.ts'
import type { CognipeerSwitches } from './options.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Session } from './sessions.ts'
import type { ContactStore, Identifiers } from './store.ts'

/** What travels with a request besides itself. */
interface Call {
  /** The body, already read. */
  readonly bodyText: string
  readonly fault: CognipeerFault
}

/** The router's type. */
export type App = Hono<{ Bindings: Call }>

/** What the routes work with. */
export interface Services {
  readonly prefix: string
  readonly store: ContactStore
  readonly list: List
  readonly rateLimit: RateLimit
  readonly switches: CognipeerSwitches
  readonly authenticate: (headers: Headers) => Session
}

interface Incoming extends Call {
  readonly session: Session
  readonly query: URLSearchParams
}

type RouteHandler = (incoming: Incoming) => Response

/** Makes the router of one server. */
export function createRouter(services: Services): { readonly app: App; readonly routes: readonly Route[] } {
  const routes: Route[] = []
  const { prefix, store, list, switches } = services
  const app: App = new Hono()
  app.notFound(() => jsonResponse(errorBody(404, switches, 'Route not found'), 404))
  app.onError((error) => {
    throw error
  })
  const route = (method: string, path: string, handler: RouteHandler): void => {
    routes.push({ method, path: prefix + path })
    app.on(method, prefix + path, (c) => answer(c, handler, services))
  }
  const find = (session: Session, identifiers: Identifiers): CognipeerContact =>
    store.find(session.workspace, identifiers, (contact) => sees(session, contact, switches))

  route('POST', '/sdk/contact', ({ session, bodyText, fault }) => {
    const body = readBody(bodyText)
    const contact = store.create(session.workspace, body, session.peer)
    return writeReply(contact, body, switches, fault, switches.createStatus)
  })

  route('GET', '/sdk/contact', ({ session, query, fault }) => {
    const contact = find(session, readIdentifiers(Object.fromEntries(query)))
    return jsonResponse({ success: true, data: sent([contact], fault)[0] })
  })

  route('PATCH', '/sdk/contact', ({ session, bodyText, fault }) => {
    const body = readBody(bodyText)
    const { data } = body
    const identifiers = readIdentifiers(body)
    if (!isJsonObject(data) || Object.keys(data).length === 0) {
      throw new ApiError(400, 'data must be an object with at least one key')
    }
    const contact = store.update(find(session, identifiers), data)
    return writeReply(contact, data, switches, fault, 200)
  })

  route('POST', '/sdk/contact/list', ({ session, bodyText, fault }) => {
    const reply = list(session, readBody(bodyText))
    return jsonResponse({ ...reply, data: sent(reply.data, fault) })
  })
  return { app, routes }
}

function answer(c: Context<{ Bindings: Call }>, handler: RouteHandler, services: Services): Response {
  const { switches, authenticate, rateLimit } = services
  const { raw } = c.req
  const { fault } = c.env
  try {
    const session = authenticate(raw.headers)
    const { headers, exceeded, resetMs } = rateLimit.count(session.token)
    if (exceeded) {
      const after = switches.retryAfter ? { 'retry-after': String(Math.ceil(resetMs / 1000)) } : {}
      return jsonResponse(errorBody(429, switches), 429, { ...headers, ...after })
    }
    const response = respond(
      () => handler({ ...c.env, session, query: new URL(raw.url).searchParams }),
      fault,
      switches,
    )
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
    return response
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(error, switches)
    throw error
  }
}

function respond(
  handle: () => Response,
  { failure, nullData }: CognipeerFault,
  switches: CognipeerSwitches,
): Response {
  if (failure !== undefined)
    return jsonResponse({ success: false, ...(failure !== true && { error: failure }) })
  if (nullData) return jsonResponse({ success: true, data: null })
  try {
    return handle()
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(error, switches)
    throw error
  }
}

function writeReply(
  contact: CognipeerContact,
  written: JsonObject,
  { writeReply: kind }: CognipeerSwitches,
  fault: CognipeerFault,
  status: number,
): Response {
  const { _id, workspaceId } = contact
  const stored = Object.entries(contact).filter(([key]) => Object.hasOwn(written, key))
  const part = { _id, workspaceId, ...(kind === 'sent' && Object.fromEntries(stored)) }
  return jsonResponse({ success: true, data: sent([kind === 'whole' ? contact : part], fault)[0] }, status)
}

/** The records as they are sent, one of them replaced where the fault says so. */
function sent(records: readonly CognipeerContact[], { malformed }: CognipeerFault): unknown[] {
  return records.map((record, index) =>
    malformed && index === (malformed.index ?? 0) ? malformed.record(record) : record,
  )
}

function readBody(text: string): JsonObject {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new ApiError(400, 'Request body is not valid JSON')
  }
  if (!isJsonObject(body)) throw new ApiError(400, 'Request body must be an object')
  return body
}

function readIdentifiers(from: Readonly<Record<string, JsonValue>>): Identifiers {
  const { email, integrationId } = from
  const identifiers = {
    ...(typeof email === 'string' && email !== '' && { email }),
    ...(typeof integrationId === 'string' && integrationId !== '' && { integrationId }),
  }
  if (Object.keys(identifiers).length === 0) throw new ApiError(400, 'email or integrationId is required')
  return identifiers
}
