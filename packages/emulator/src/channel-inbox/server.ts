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
import { createAuthentication } from './access.ts'
import { addBelowRoutes } from './below-routes.ts'
import { addCommentRoutes } from './comment-routes.ts'
import type { ChannelInboxContact, ChannelInboxContactSeed } from './contact.ts'
import { addContactRoutes } from './contact-routes.ts'
import { errorBody } from './errors.ts'
import { type ChannelInboxFault, FAULT_NAMES } from './faults.ts'
import { createIds } from './ids.ts'
import { addNotificationRoutes } from './notification-routes.ts'
import { type ChannelInboxOptions, checkOptions, DEFAULT_ORGANIZATION, resolveSwitches } from './options.ts'
import { createGatewayLimit } from './rate-limit.ts'
import {
  activityRecord,
  type ChannelInboxActivity,
  type ChannelInboxComment,
  type ChannelInboxConversation,
  type ChannelInboxConversationSeed,
  type ChannelInboxFile,
  type ChannelInboxNotification,
  type ChannelInboxUpload,
  commentRecord,
  conversationRecord,
  fileRecord,
  notificationRecord,
} from './records.ts'
import { createRouter, isInboxPath } from './routing.ts'
import {
  activitySeeds,
  commentSeeds,
  contactSeeds,
  conversationSeeds,
  fileSeeds,
  notificationSeeds,
} from './seeds.ts'
import { InboxStore } from './store.ts'
import { readWrite } from './writes.ts'

/**
 * A server of the channel inbox's contacts API. What is kept belongs to organizations; the views and seeds are of the default
 * credentials' organization unless another one is named.
 */
export interface ChannelInboxEmulator {
  /**
   * Answers a request, at whatever host it is addressed: for a client's `fetch` option, or as a server's handler. Serves
   * `/channel-service/v1/*` and the paths that older documentation shows; anything else is a 404.
   */
  readonly fetch: Fetch
  /** Serves on a socket; Node, Bun and Deno only. */
  listen(options?: ListenOptions): Promise<EmulatorServer>
  /** Every request received, oldest first. */
  readonly requests: RecordedRequests
  /** What goes wrong with coming requests. */
  readonly faults: FaultQueue<ChannelInboxFault>
  /** Decides from the requests received and what was applied whether any write was doubled. */
  audit(): Audit
  /** The contacts as stored, in the order in which they were put in. */
  readonly contacts: readonly ChannelInboxContact[]
  /** An organization's contacts as stored. */
  contactsOf(organization: string): readonly ChannelInboxContact[]
  /** The comments as stored, on whichever contacts. */
  readonly comments: readonly ChannelInboxComment[]
  /** The notices as stored, newest first. */
  readonly notifications: readonly ChannelInboxNotification[]
  /** The files that were uploaded. */
  readonly uploads: readonly ChannelInboxUpload[]
  /**
   * Puts contacts straight into the store, unchecked, and returns them as stored.
   *
   * @throws Error when an id is taken, or for a field that no contact has
   */
  seed(contacts: readonly ChannelInboxContactSeed[], organization?: string): readonly ChannelInboxContact[]
  /** Puts conversations of a contact into the store. */
  seedConversations(
    contactId: string,
    seeds: readonly ChannelInboxConversationSeed[],
  ): readonly ChannelInboxConversation[]
  /** Puts comments about a contact into the store. */
  seedComments(
    contactId: string,
    seeds: readonly Partial<ChannelInboxComment>[],
  ): readonly ChannelInboxComment[]
  /** Ties items of boards to a contact, by their ids. */
  seedBoardItems(contactId: string, boardItemIds: readonly string[]): void
  /** Puts files of a contact into the store. */
  seedFiles(contactId: string, seeds: readonly Partial<ChannelInboxFile>[]): readonly ChannelInboxFile[]
  /** Puts activities of a conversation into the store. */
  seedActivities(
    conversationId: string,
    seeds: readonly Partial<ChannelInboxActivity>[],
  ): readonly ChannelInboxActivity[]
  /** Puts notices into the store, each before those that are there. */
  seedNotifications(seeds: readonly Partial<ChannelInboxNotification>[]): readonly ChannelInboxNotification[]
  /** Makes exports answer these bytes instead of what is stored. */
  seedCsv(bytes: Uint8Array): void
  /** Forgets everything stored, requests, faults and counted requests. */
  reset(): void
}

/** The channel inbox's server as the emulator holds it. */
export interface ChannelInboxServer {
  readonly emulator: ChannelInboxEmulator
  readonly handle: Handler
  /** Tells whether a path belongs to this vendor's API. */
  serves(path: string): boolean
}

/** Makes a channel-inbox server. */
export function createChannelInbox(
  environment: { readonly now: () => number; readonly sleep: Sleep; readonly random: Random },
  options: ChannelInboxOptions,
): ChannelInboxServer {
  const { now, sleep, random } = environment
  checkOptions(options)
  const switches = resolveSwitches(options)
  const newId = createIds(random)
  const store = new InboxStore({ now, newId })
  const limit = createGatewayLimit(options.rateLimit, now)

  const { app, route, routes } = createRouter(createAuthentication(options), switches)
  const services = { store, switches, newId }
  addContactRoutes(route, services)
  addCommentRoutes(route, services)
  addBelowRoutes(route, services)
  addNotificationRoutes(route, services)

  const exchange = createExchange<ChannelInboxFault>({
    vendor: 'channel-inbox',
    now,
    sleep,
    recordLimit: options.recordLimit,
    errorBody,
    readWrite,
    faultNames: FAULT_NAMES,
    routes,
  })

  const handle: Handler = async (request, signal) => {
    const requestId = newId('req')
    const response = await exchange.answer(
      request,
      signal,
      ({ body, fault = {} }) => limit.count() ?? app.fetch(request, { body, requestId, fault }),
    )
    response.headers.set('x-request-id', requestId)
    return response
  }

  const own = (): ReturnType<InboxStore['organization']> => store.organization(DEFAULT_ORGANIZATION)
  const base = () => ({ newId, organization: DEFAULT_ORGANIZATION, now: store.now })
  const emulator: ChannelInboxEmulator = {
    fetch: createFetch(handle),
    listen: (listenOptions) => startServer(handle, listenOptions),
    requests: exchange.requests,
    faults: exchange.faults,
    audit: exchange.audit,
    get contacts() {
      return [...own().contacts.values()]
    },
    contactsOf: (organization) => [...store.organization(organization).contacts.values()],
    get comments() {
      return [...own().comments.values()].flat()
    },
    get notifications() {
      return own().notifications
    },
    get uploads() {
      return own().uploads
    },
    seed: (contacts, organization = DEFAULT_ORGANIZATION) => store.seed(organization, contactSeeds(contacts)),
    seedConversations: (contactId, seeds) =>
      append(own().conversations, contactId, conversationSeeds(seeds), (seed) =>
        conversationRecord(contactId, seed, base()),
      ),
    seedComments: (contactId, seeds) =>
      append(own().comments, contactId, commentSeeds(seeds), (seed) =>
        commentRecord(contactId, seed, base()),
      ),
    seedBoardItems(contactId, boardItemIds) {
      for (const id of boardItemIds) own().boardItems.set(id, contactId)
    },
    seedFiles: (contactId, seeds) =>
      append(own().files, contactId, fileSeeds(seeds), (seed) => fileRecord(seed, base())),
    seedActivities: (conversationId, seeds) =>
      append(own().activities, conversationId, activitySeeds(seeds), (seed) =>
        activityRecord(conversationId, seed, base()),
      ),
    seedNotifications(seeds) {
      const records = notificationSeeds(seeds).map((seed) => notificationRecord(seed, base()))
      own().notifications = [...records.toReversed(), ...own().notifications]
      return records
    },
    seedCsv(bytes) {
      own().csv = bytes
    },
    reset() {
      store.clear()
      exchange.reset()
      limit.reset()
    },
  }
  return { emulator, handle, serves: isInboxPath }
}

function append<Seed, Row>(
  rows: Map<string, Row[]>,
  owner: string,
  seeds: readonly Seed[],
  make: (seed: Seed) => Row,
): Row[] {
  const records = seeds.map(make)
  rows.set(owner, [...(rows.get(owner) ?? []), ...records])
  return records
}
