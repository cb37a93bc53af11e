import { type Context, Hono } from 'hono'
import type { Route } from '../fault-check.ts'
import type { JsonObject } from '../json.ts'
import type { Authorize, Operation } from './access.ts'
import { ApiError, bodyOf, jsonResponse } from './errors.ts'
import type { ContactMethodsFault } from './faults.ts'
import type { ContactMethodsSwitches } from './options.ts'
import type { Space, Spaces } from './spaces.ts'
import { readObject } from './validate.ts'

/** What travels with a request besides itself. */
interface Call {
  /** The body, already read. */
  readonly bodyText: string
  readonly fault: ContactMethodsFault
}

/** The router's type. */
export type App = Hono<{ Bindings: Call }>

/** A request that passed the checks before its handler. */
export interface Incoming extends Space {
  readonly fault: ContactMethodsFault
  readonly query: URLSearchParams
  /** The body; throws the 400 when it is no JSON object. */
  body(): JsonObject
  /** A path parameter, decoded. */
  param(name: 'id' | 'clientId' | 'externalId' | 'key' | 'value' | 'type'): string
}

/** The work of one route. Throws {@link ApiError} to refuse. */
type RouteHandler = (incoming: Incoming) => Response

/** Adds a route; the operation is the permission that it takes. */
export type AddRoute = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  operation: Operation,
  handler: RouteHandler,
) => void

/** Makes a router that checks the key and the environment of every request. */
export function createRouter(
  authorize: Authorize,
  spaces: Spaces,
  { errorBody }: ContactMethodsSwitches,
): { readonly app: App; readonly route: AddRoute; readonly routes: readonly Route[] } {
  const routes: Route[] = []
  const app: App = new Hono()
  const refuse = (error: ApiError): Response => jsonResponse(bodyOf(error, errorBody), error.status)
  app.notFound(() => refuse(new ApiError('NOT_FOUND')))
  app.onError((error) => {
    throw error
  })
  const answer = (c: Context<{ Bindings: Call }>, operation: Operation, handler: RouteHandler): Response => {
    try {
      const { headers, url } = c.req.raw
      return handler({
        ...spaces.of(authorize(headers, operation)),
        fault: c.env.fault,
        query: new URL(url).searchParams,
        body: () => readObject(c.env.bodyText),
        param: (name) => c.req.param(name) ?? '',
      })
    } catch (error) {
      if (error instanceof ApiError) return refuse(error)
      throw error
    }
  }
  const route: AddRoute = (method, path, operation, handler) => {
    routes.push({ method, path })
    app.on(method, path, (c) => answer(c, operation, handler))
  }
  return { app, route, routes }
}

/** Replaces a record of an answer, where the fault says so. */
export function malform(records: readonly object[], { malformed }: ContactMethodsFault): unknown[] {
  return records.map((record, index) =>
    malformed?.index === index ? malformed.record({ ...record }) : record,
  )
}
