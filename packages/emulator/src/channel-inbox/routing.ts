import { type Context, Hono } from 'hono'
import type { Route } from '../fault-check.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'
import type { Authenticate } from './access.ts'
import { badRequest, jsonResponse, Refusal } from './errors.ts'
import type { ChannelInboxFault } from './faults.ts'
import { type ChannelInboxRequests, type ChannelInboxSwitches, understands } from './options.ts'

/** What travels with a request besides itself. */
interface Call {
  /** The body, already read. */
  readonly body: Uint8Array<ArrayBuffer>
  readonly requestId: string
  readonly fault: ChannelInboxFault
}

/** The router's type. */
export type App = Hono<{ Bindings: Call }>

/** A request that passed the gateway. */
export interface Incoming extends Call {
  /** The id of the organization that it acts for. */
  readonly organization: string
  readonly query: URLSearchParams
  readonly headers: Headers
  /** A path parameter, decoded. */
  param(name: 'id' | 'commentId'): string
  /** The body as JSON; `undefined` when it is empty. Throws the 400 for what is no JSON. */
  json(): JsonValue | undefined
  /** The body as a JSON object. Throws the 400 for anything else. */
  jsonObject(): JsonObject
}

/** The work of one route. Throws {@link Refusal} to refuse. */
export type RouteHandler = (incoming: Incoming) => Response | Promise<Response>

/** Adds a route under each path that the API is reached at, where the description that has it is understood. */
export type AddRoute = (
  forms: readonly ChannelInboxRequests[],
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  handler: RouteHandler,
) => void

/** The service's own path, a deprecated one, and two that older documentation shows. */
const BASE_PATHS = ['/channel-service/v1', '/v1/channel-service/v1', '/v1/backend', '/backend/v1']

/** Where the vendor's client asks whether the gateway is there. */
const HEALTH_PATH = '/'

/** What the gateway says of itself, to whoever asks. */
const HEALTH = { status: 'ok', name: 'App Gateway Public Server', version: '1.0.0' }

/** Tells whether a path belongs to this API. */
export function isInboxPath(path: string): boolean {
  return path === HEALTH_PATH || BASE_PATHS.some((base) => path === base || path.startsWith(`${base}/`))
}

/** Makes a router that asks the gateway about each request before its handler. */
export function createRouter(
  authenticate: Authenticate,
  switches: ChannelInboxSwitches,
): { readonly app: App; readonly route: AddRoute; readonly routes: readonly Route[] } {
  const routes: Route[] = [{ method: 'GET', path: HEALTH_PATH }]
  const app: App = new Hono()
  app.notFound(() => jsonResponse({ message: 'Not Found' }, 404))
  app.onError((error) => {
    throw error
  })
  app.get(HEALTH_PATH, () => jsonResponse(HEALTH))
  const route: AddRoute = (forms, method, path, handler) => {
    for (const base of BASE_PATHS) {
      // One that is not understood is a path of the vendor's all the same.
      routes.push({ method, path: base + path })
      if (understands(switches, ...forms))
        app.on(method, base + path, (c) => answer(c, handler, authenticate))
    }
  }
  return { app, route, routes }
}

async function answer(
  c: Context<{ Bindings: Call }>,
  handler: RouteHandler,
  authenticate: Authenticate,
): Promise<Response> {
  const { headers, url } = c.req.raw
  const { requestId } = c.env
  const json = (): JsonValue | undefined => parseBody(c.env.body)
  try {
    return await handler({
      ...c.env,
      organization: authenticate(headers, requestId),
      query: new URL(url).searchParams,
      headers,
      param: (name) => c.req.param(name) ?? '',
      json,
      jsonObject() {
        const body = json()
        if (body === undefined || !isJsonObject(body)) throw badRequest('The body must be an object')
        return body
      },
    })
  } catch (error) {
    if (error instanceof Refusal) return jsonResponse(error.body, error.status)
    throw error
  }
}

function parseBody(body: Uint8Array): JsonValue | undefined {
  const text = new TextDecoder().decode(body)
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest('The body is not JSON')
  }
}
