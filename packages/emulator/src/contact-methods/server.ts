import type { Audit } from '../audit.ts'
import { createFetch, type Fetch } from '../connection.ts'
import { createExchange } from '../exchange.ts'
import type { FaultQueue } from '../faults.ts'
import type { Handler } from '../handler.ts'
import type { EmulatorServer, ListenOptions } from '../listen.ts'
import type { Random } from '../random.ts'
import type { RecordedRequests } from '../recorder.ts'
import type { Sleep } from '../sleep.ts'
import { startServer } from '../start-server.ts'
import { createAuthorization } from './access.ts'
import { addBatchRoutes } from './batch-routes.ts'
import { errorBody } from './errors.ts'
import { type ContactMethodsFault, FAULT_NAMES } from './faults.ts'
import { createUuids } from './ids.ts'
import { addMethodRoutes } from './method-routes.ts'
import {
  type ContactMethodsEnvironment,
  type ContactMethodsOptions,
  checkOptions,
  DEFAULT_ACCOUNT,
  resolveSwitches,
} from './options.ts'
import type { ContactMethodsRecord, ContactMethodsSeed } from './record.ts'
import { createRouter } from './routing.ts'
import { methodSeeds } from './seeds.ts'
import { Spaces } from './spaces.ts'
import { readWrite } from './writes.ts'

/** A server of the client contact-methods API (Artu). */
export interface ContactMethodsEmulator {
  /**
   * Answers a request, at whatever host it is addressed: for a client's `fetch` option, or as a server's handler.
   * Serves `/contact-methods…` and `/clients/{clientId}/contact-methods…`; anything else is a 404.
   */
  readonly fetch: Fetch
  /** Serves on a socket; Node, Bun and Deno only. */
  listen(options?: ListenOptions): Promise<EmulatorServer>
  /** Every request received, oldest first. */
  readonly requests: RecordedRequests
  /** What goes wrong with coming requests. */
  readonly faults: FaultQueue<ContactMethodsFault>
  /** Decides from the requests received and what was applied whether any write was doubled. */
  audit(): Audit
  /** The default account's contact methods in the environment `test`, in the order in which they were added. */
  readonly contactMethods: readonly ContactMethodsRecord[]
  /** The contact methods of an environment, in the order in which they were added. @param account - default is the default key's */
  contactMethodsOf(environment: ContactMethodsEnvironment, account?: string): readonly ContactMethodsRecord[]
  /**
   * Puts contact methods straight into the store and returns them as stored. Fields are not checked; making one primary
   * clears the flag on the others of its client and type, as it always does.
   *
   * @param environment - default is `test`
   * @param account - default is the default key's
   * @throws Error when an id or external id is taken, or for a field that no contact method has
   */
  seed(
    methods: readonly ContactMethodsSeed[],
    environment?: ContactMethodsEnvironment,
    account?: string,
  ): readonly ContactMethodsRecord[]
  /** Forgets everything: contact methods, requests, faults. */
  reset(): void
}

/** A vendor's server as the emulator holds it. */
export interface ContactMethodsServer {
  readonly emulator: ContactMethodsEmulator
  readonly handle: Handler
  /** Tells whether a path belongs to this vendor's API. */
  serves(path: string): boolean
}

/** Makes a contact-methods server. */
export function createContactMethods(
  environment: { readonly now: () => number; readonly sleep: Sleep; readonly random: Random },
  options: ContactMethodsOptions,
): ContactMethodsServer {
  const { now, sleep, random } = environment
  checkOptions(options)
  const switches = resolveSwitches(options)
  const clients = options.clients && new Set(options.clients)
  const isClient = clients && ((id: string): boolean => clients.has(id))
  const spaces = new Spaces({ now, newId: createUuids(random), switches, isClient }, switches)
  const { app, route, routes } = createRouter(createAuthorization(options), spaces, switches)
  // Before the routes of single methods: `batch` is no id.
  addBatchRoutes(route, switches)
  addMethodRoutes(route, switches)

  const exchange = createExchange<ContactMethodsFault>({
    vendor: 'contact-methods',
    now,
    sleep,
    recordLimit: options.recordLimit,
    errorBody: (status) => errorBody(status, switches.errorBody),
    readWrite,
    faultNames: FAULT_NAMES,
    routes,
  })

  const handle: Handler = (request, signal) =>
    exchange.answer(request, signal, ({ bodyText, fault = {} }) => app.fetch(request, { bodyText, fault }))

  const methodsOf: ContactMethodsEmulator['contactMethodsOf'] = (name, account = DEFAULT_ACCOUNT) => [
    ...spaces.of({ account, environment: name }).store.all(),
  ]

  const emulator: ContactMethodsEmulator = {
    fetch: createFetch(handle),
    listen: (listenOptions) => startServer(handle, listenOptions),
    requests: exchange.requests,
    faults: exchange.faults,
    audit: exchange.audit,
    get contactMethods() {
      return methodsOf('test')
    },
    contactMethodsOf: methodsOf,
    seed: (methods, name = 'test', account = DEFAULT_ACCOUNT) =>
      spaces.of({ account, environment: name }).store.seed(methodSeeds(methods)),
    reset() {
      spaces.clear()
      exchange.reset()
    },
  }
  const paths = /^\/(?:contact-methods|clients\/[^/]+\/contact-methods)(?:\/|$)/
  return { emulator, handle, serves: (path) => paths.test(path) }
}
