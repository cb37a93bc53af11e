import { type Context, Hono } from 'hono'
import type { Route } from '../fault-check.ts'
import type { Authenticate, Session } from './accounts.ts'
import { ApiError, errorResponse, jsonResponse } from './errors.ts'
import type { ChatBotKitFault } from './faults.ts'

/** What travels with a request besides itself. */
interface Call {
  /** The body, already read. */
  readonly bodyText: string
  readonly fault: ChatBotKitFault
}

/** The router's type. */
export type App = Hono<{ Bindings: Call }>

/** A request that passed the checks before its handler. */
export interface Incoming extends Call {
  readonly session: Session
  readonly query: URLSearchParams
  readonly headers: Headers
  /** A path parameter, decoded. */
  param(name: 'contactId' | 'secretId'): string
}

/** The work of one route. Throws {@link ApiError} to refuse. */
export type RouteHandler = (incoming: Incoming) => Response | Promise<Response>

/** The verb of a route; a listing is a GET whose errors look different. */
type RouteKind = 'get' | 'post' | 'listing'

/** Adds a route under each path that the API is reached at. */
export type AddRoute = (kind: RouteKind, path: string, handler: RouteHandler) => void

const BASE_PATHS = ['/api/v1', '/v1']

/**
 * Makes a router that checks every request in the vendor's order: the HEAD and OPTIONS shortcuts, the method, the
 * content type, the session.
 */
export function createRouter(authenticate: Authenticate): {
  readonly app: App
  readonly route: AddRoute
  readonly routes: readonly Route[]
} {
  const routes: Route[] = []
  const app: App = new Hono()
  app.notFound(() => errorResponse(new ApiError('NOT_FOUND'), 'handler'))
  app.onError((error) => {
    throw error
  })
  const route: AddRoute = (kind, path, handler) => {
    for (const base of BASE_PATHS) {
      routes.push({ method: methodOf(kind), path: base + path })
      app.all(base + path, (c) => answer(c, kind, handler, authenticate))
    }
  }
  return { app, route, routes }
}

async function answer(
  c: Context<{ Bindings: Call }>,
  kind: RouteKind,
  handler: RouteHandler,
  authenticate: Authenticate,
): Promise<Response> {
  const request = c.req.raw
  if (request.method === 'HEAD') return new Response(null, { status: 200, statusText: 'OK' })
  if (request.method === 'OPTIONS') return jsonResponse({})
  try {
    if (request.method !== methodOf(kind)) throw new ApiError('METHOD_NOT_ALLOWED')
    if (kind === 'post' && !isJson(request.headers.get('content-type'))) throw new ApiError('BAD_REQUEST')
    return await handler({
      ...c.env,
      session: authenticate(request),
      query: new URL(request.url).searchParams,
      headers: request.headers,
      param: (name) => c.req.param(name) ?? '',
    })
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(error, kind === 'listing' ? 'listing' : 'handler')
    throw error
  }
}

function methodOf(kind: RouteKind): 'GET' | 'POST' {
  return kind === 'post' ? 'POST' : 'GET'
}

function isJson(contentType: string | null): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}
