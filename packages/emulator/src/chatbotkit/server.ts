import type { Audit } from '../audit.ts'
import { asStreamed, createFetch, type Fetch, isStreamed, withBody } from '../connection.ts'
import { createExchange } from '../exchange.ts'
import type { FaultQueue } from '../faults.ts'
import type { Handler } from '../handler.ts'
import type { EmulatorServer, ListenOptions } from '../listen.ts'
import { createOpenStreams } from '../open-streams.ts'
import type { RecordedRequests } from '../recorder.ts'
import { startServer } from '../start-server.ts'
import { createAuthentication } from './accounts.ts'
import type { ChatBotKitContact, ContactSeed } from './contact.ts'
import { addContactRoutes } from './contact-routes.ts'
import { errorBody } from './errors.ts'
import { type ChatBotKitFault, FAULT_NAMES } from './faults.ts'
import { createIds } from './ids.ts'
import { LISTING_TYPES } from './listing-format.ts'
import {
  type ChatBotKitOptions,
  checkOptions,
  DEFAULT_ACCOUNT,
  type Environment,
  resolveSwitches,
} from './options.ts'
import { createPollLimit } from './rate-limit.ts'
import { addResourceRoutes } from './resource-routes.ts'
import { ResourceStore } from './resource-store.ts'
import type {
  AccountSecretSeed,
  ChatBotKitConversation,
  ChatBotKitSecret,
  ChatBotKitSpace,
  ChatBotKitTask,
  SecretSeed,
} from './resources.ts'
import { createRouter } from './routing.ts'
import { addSecretRoutes } from './secret-routes.ts'
import {
  accountSecretSeeds,
  contactSeeds,
  conversationSeeds,
  secretSeeds,
  spaceSeeds,
  taskSeeds,
} from './seeds.ts'
import { ContactStore } from './store.ts'
import { readWrite } from './writes.ts'

/** A server of the ChatBotKit contacts API. */
export interface ChatBotKitEmulator {
  /**
   * Answers a request, at whatever host it is addressed: for a client's `fetch` option, or as a server's handler.
   * Serves `/api/v1/contact/*` and `/v1/contact/*`; anything else is a 404.
   */
  readonly fetch: Fetch
  /** Serves on a socket; Node, Bun and Deno only. */
  listen(options?: ListenOptions): Promise<EmulatorServer>
  /** Every request received, oldest first. */
  readonly requests: RecordedRequests
  /** What goes wrong with coming requests. */
  readonly faults: FaultQueue<ChatBotKitFault>
  /** Decides from the requests received and what was applied whether any write was doubled. */
  audit(): Audit
  /** How many response bodies are neither read to their end nor given up. */
  readonly openStreams: number
  /** The default account's contacts as stored, oldest first. */
  readonly contacts: readonly ChatBotKitContact[]
  /** An account's contacts as stored, oldest first. */
  contactsOf(account: string): readonly ChatBotKitContact[]
  /**
   * Puts contacts straight into the store, unchecked, and returns them as stored. Without `verifiedAt` they are
   * unverified.
   *
   * @param account - the account that has them; default is the default secret's
   * @throws Error when an id or fingerprint is taken, or for a field that no contact has
   */
  seed(contacts: readonly ContactSeed[], account?: string): readonly ChatBotKitContact[]
  /** Puts conversations of a contact into the store, unchecked, and returns them as stored. */
  seedConversations(
    contactId: string,
    seeds: readonly Partial<ChatBotKitConversation>[],
  ): readonly ChatBotKitConversation[]
  /** Puts tasks of a contact into the store, unchecked, and returns them as stored. */
  seedTasks(contactId: string, seeds: readonly Partial<ChatBotKitTask>[]): readonly ChatBotKitTask[]
  /** Puts spaces of a contact into the store, unchecked, and returns them as stored. */
  seedSpaces(contactId: string, seeds: readonly Partial<ChatBotKitSpace>[]): readonly ChatBotKitSpace[]
  /**
   * Puts values that a contact has for secrets into the store, unchecked, and returns them as they are listed. A secret
   * that the contact's account does not have yet comes into being, and is found by each contact of the account.
   */
  seedSecrets(contactId: string, seeds: readonly SecretSeed[]): readonly ChatBotKitSecret[]
  /**
   * Puts secrets that no contact has a value for into the store, unchecked, and returns them as stored.
   *
   * @param account - the account that has them; default is the default secret's
   */
  seedAccountSecrets(seeds: readonly AccountSecretSeed[], account?: string): readonly ChatBotKitSecret[]
  /** The conversations that lost their contact to a delete. */
  readonly orphanedConversations: readonly ChatBotKitConversation[]
  /** Forgets contacts, requests, faults and counted polls. */
  reset(): void
}

/** A vendor's server as the emulator holds it. */
export interface ChatBotKitServer {
  readonly emulator: ChatBotKitEmulator
  readonly handle: Handler
  /** Tells whether a path belongs to this vendor's API. */
  serves(path: string): boolean
}

const STREAMED_TYPES: ReadonlySet<string> = new Set(Object.values(LISTING_TYPES))

/** Makes a ChatBotKit server. */
export function createChatBotKit(environment: Environment, options: ChatBotKitOptions): ChatBotKitServer {
  const { now, sleep, random } = environment
  checkOptions(options)
  const switches = resolveSwitches(options)
  const newId = createIds(now, random)
  const store = new ContactStore({ now, newId, switches })
  const resources = new ResourceStore({ now, newId })
  const pollLimit = createPollLimit(options.pollLimit, now)
  const openStreams = createOpenStreams()

  const { app, route, routes } = createRouter(createAuthentication(options))
  const services = { store, resources, pollLimit, switches, now }
  addContactRoutes(route, services)
  addResourceRoutes(route, services)
  addSecretRoutes(route, services)

  const exchange = createExchange<ChatBotKitFault>({
    vendor: 'chatbotkit',
    now,
    sleep,
    recordLimit: options.recordLimit,
    errorBody,
    readWrite,
    faultNames: FAULT_NAMES,
    routes,
  })

  const handle: Handler = async (request, signal) => {
    const response = await exchange.answer(request, signal, ({ bodyText, fault = {} }) =>
      app.fetch(request, { bodyText, fault }),
    )
    const type = response.headers.get('content-type') ?? ''
    if (!(isStreamed(response) || STREAMED_TYPES.has(type)) || response.body === null) return response
    return asStreamed(withBody(response, openStreams.track(response.body)))
  }

  const contactsOf = (account: string): readonly ChatBotKitContact[] =>
    Array.from(store.all(account), (row) => row.record)

  const emulator: ChatBotKitEmulator = {
    fetch: createFetch(handle),
    listen: (listenOptions) => startServer(handle, listenOptions),
    requests: exchange.requests,
    faults: exchange.faults,
    audit: exchange.audit,
    get openStreams() {
      return openStreams.count
    },
    get contacts() {
      return contactsOf(DEFAULT_ACCOUNT)
    },
    contactsOf,
    seed: (contacts, account = DEFAULT_ACCOUNT) =>
      store.seed(account, contactSeeds(contacts)).map((row) => row.record),
    seedConversations: (contactId, seeds) =>
      resources.seed('conversation', contactId, conversationSeeds(seeds)),
    seedTasks: (contactId, seeds) => resources.seed('task', contactId, taskSeeds(seeds)),
    seedSpaces: (contactId, seeds) => resources.seed('space', contactId, spaceSeeds(seeds)),
    seedSecrets: (contactId, seeds) =>
      resources.seedSecrets(store.get(contactId)?.account ?? DEFAULT_ACCOUNT, contactId, secretSeeds(seeds)),
    seedAccountSecrets: (seeds, account = DEFAULT_ACCOUNT) =>
      resources.seedAccountSecrets(account, accountSecretSeeds(seeds)),
    get orphanedConversations() {
      return resources.orphans
    },
    reset() {
      store.clear()
      resources.clear()
      exchange.reset()
      pollLimit.reset()
    },
  }
  return { emulator, handle, serves: (path) => /^\/(?:api\/)?v1\/contact(?:\/|$)/.test(path) }
}
