import type { Audit } from '../audit.ts'
import { createFetch, type Fetch } from '../connection.ts'
import { createExchange } from '../exchange.ts'
import type { FaultQueue } from '../faults.ts'
import type { Handler } from '../handler.ts'
import type { EmulatorServer, ListenOptions } from '../listen.ts'
import type { RecordedRequests } from '../recorder.ts'
import { startServer } from '../start-server.ts'
import type { CognipeerContact, CognipeerSeed } from './contact.ts'
import { errorBody } from './errors.ts'
import { type CognipeerFault, FAULT_NAMES } from './faults.ts'
import { createIds } from './ids.ts'
import { createListing } from './listing.ts'
import {
  type CognipeerEnvironment,
  type CognipeerOptions,
  checkOptions,
  DEFAULT_WORKSPACE,
  resolveSwitches,
} from './options.ts'
import { createRateLimit } from './rate-limit.ts'
import { createRouter } from './routes.ts'
import { contactSeeds } from './seeds.ts'
import { createAuthentication } from './sessions.ts'
import { ContactStore } from './store.ts'
import { readWrite } from './writes.ts'

/** A server of the Cognipeer contacts API. */
export interface CognipeerEmulator {
  /**
   * Answers a request, at whatever host it is addressed: for a client's `fetch` option, or as a server's handler.
   * Serves `/v1/sdk/contact` and `/v1/sdk/contact/list`; anything else is a 404.
   */
  readonly fetch: Fetch
  /** Serves on a socket; Node, Bun and Deno only. */
  listen(options?: ListenOptions): Promise<EmulatorServer>
  /** Every request received, oldest first. */
  readonly requests: RecordedRequests
  /** What goes wrong with coming requests. */
  readonly faults: FaultQueue<CognipeerFault>
  /** Decides from the requests received and what was applied whether any write was doubled. */
  audit(): Audit
  /** The default workspace's contacts as stored, oldest first. */
  readonly contacts: readonly CognipeerContact[]
  /** A workspace's contacts as stored, oldest first. */
  contactsOf(workspace: string): readonly CognipeerContact[]
  /**
   * Puts contacts straight into the store, unchecked, and returns them as stored.
   *
   * @param workspace - the workspace that has them; default is the default token's
   * @throws Error when an id is taken, or for a field that no contact has
   */
  seed(contacts: readonly CognipeerSeed[], workspace?: string): readonly CognipeerContact[]
  /** The same for records as the vendor sends them, with both of their ids: they may have keys of one's own. */
  seed(contacts: readonly CognipeerContact[], workspace?: string): readonly CognipeerContact[]
  /** Marks a contact of the default workspace as deleted, as something outside the SDK's API does. @throws Error when there is none */
  softDelete(id: string): CognipeerContact
  /** Forgets contacts, requests, faults and counted requests. */
  reset(): void
}

/** A vendor's server as the emulator holds it. */
export interface CognipeerServer {
  readonly emulator: CognipeerEmulator
  readonly handle: Handler
  /** Tells whether a path belongs to this vendor's API. */
  serves(path: string): boolean
}

/** Makes a Cognipeer server. */
export function createCognipeer(
  environment: CognipeerEnvironment,
  options: CognipeerOptions,
): CognipeerServer {
  const { now, sleep, random } = environment
  checkOptions(options)
  const switches = resolveSwitches(options)
  const prefix = options.prefix ?? '/v1'
  const store = new ContactStore({ now, newId: createIds(now, random), switches })
  const rateLimit = createRateLimit(options.rateLimit, now)
  const { app, routes } = createRouter({
    prefix,
    store,
    list: createListing(store, switches, random),
    rateLimit,
    switches,
    authenticate: createAuthentication(options, switches),
  })

  const exchange = createExchange<CognipeerFault>({
    vendor: 'cognipeer',
    now,
    sleep,
    recordLimit: options.recordLimit,
    errorBody: (status) => errorBody(status, switches),
    readWrite,
    faultNames: FAULT_NAMES,
    routes,
    appliesNothing: ({ failure, nullData }) => failure !== undefined || nullData === true,
  })

  const handle: Handler = (request, signal) =>
    exchange.answer(request, signal, ({ bodyText, fault = {} }) => app.fetch(request, { bodyText, fault }))

  const contactsOf = (workspace: string): readonly CognipeerContact[] => [...store.all(workspace)]

  const emulator: CognipeerEmulator = {
    fetch: createFetch(handle),
    listen: (listenOptions) => startServer(handle, listenOptions),
    requests: exchange.requests,
    faults: exchange.faults,
    audit: exchange.audit,
    get contacts() {
      return contactsOf(DEFAULT_WORKSPACE)
    },
    contactsOf,
    seed: (contacts: readonly (CognipeerSeed | CognipeerContact)[], workspace = DEFAULT_WORKSPACE) =>
      store.seed(workspace, contactSeeds(contacts)),
    softDelete(id) {
      const contact = store.get(DEFAULT_WORKSPACE, id)
      if (contact === undefined) throw new Error(`There is no contact ${id}`)
      return store.remove(contact)
    },
    reset() {
      store.clear()
      exchange.reset()
      rateLimit.reset()
    },
  }
  return { emulator, handle, serves: (path) => path === `${prefix}/sdk` || path.startsWith(`${prefix}/sdk/`) }
}
