import { type Audit, joinAudits } from './audit.ts'
import type { ChannelInboxOptions } from './channel-inbox/options.ts'
import { type ChannelInboxEmulator, createChannelInbox } from './channel-inbox/server.ts'
import type { ChatBotKitOptions } from './chatbotkit/options.ts'
import { type ChatBotKitEmulator, createChatBotKit } from './chatbotkit/server.ts'
import type { CognipeerOptions } from './cognipeer/options.ts'
import { type CognipeerEmulator, createCognipeer } from './cognipeer/server.ts'
import { createFetch, type Fetch } from './connection.ts'
import type { ContactMethodsOptions } from './contact-methods/options.ts'
import { type ContactMethodsEmulator, createContactMethods } from './contact-methods/server.ts'
import { createControl, refusal } from './control.ts'
import { faultMetBy } from './exchange.ts'
import { frontPage, frontPageJson, wantsPage } from './front-page.ts'
import type { Handler } from './handler.ts'
import type { EmulatorServer, ListenOptions } from './listen.ts'
import { type Random, seededRandom } from './random.ts'
import { realSleep, type Sleep } from './sleep.ts'
import { startServer } from './start-server.ts'
import { refuseUnknownOptions } from './strict-names.ts'

/** Options of the emulator. */
export interface EmulatorOptions {
  /** The clock, in milliseconds since the epoch. @default the real time */
  readonly now?: () => number
  /** Waits for a fault's latency. @default on the real clock */
  readonly sleep?: Sleep
  /** Where ids come from. @default `Math.random` */
  readonly random?: Random
  /** Makes ids reproducible, given a fixed `now`; not looked at when `random` is given. */
  readonly seed?: number
  /** Options of the ChatBotKit server. */
  readonly chatbotkit?: ChatBotKitOptions
  /** Options of the Cognipeer server. */
  readonly cognipeer?: CognipeerOptions
  /** Options of the channel-inbox server. */
  readonly channelInbox?: ChannelInboxOptions
  /** Options of the contact-methods server. */
  readonly contactMethods?: ContactMethodsOptions
}

/** Local servers of the vendors' APIs. */
export interface Emulator {
  /** The ChatBotKit server. */
  readonly chatbotkit: ChatBotKitEmulator
  /** The Cognipeer server. */
  readonly cognipeer: CognipeerEmulator
  /** The channel-inbox (iMBrace) server. */
  readonly channelInbox: ChannelInboxEmulator
  /** The client contact-methods (Artu) server. */
  readonly contactMethods: ContactMethodsEmulator
  /** Answers a request to any vendor, told apart by its path. */
  readonly fetch: Fetch
  /** Serves every vendor on one socket; Node, Bun and Deno only. */
  listen(options?: ListenOptions): Promise<EmulatorServer>
  /** Decides whether any write was doubled, at any vendor. */
  audit(): Audit
  /** Resets every vendor's server. */
  reset(): void
}

/**
 * Makes local servers of the vendors' APIs, in process and empty.
 *
 * @throws Error for an option that there is not
 *
 * @example
 * const emulator = createEmulator()
 * const response = await emulator.chatbotkit.fetch('https://api.chatbotkit.com/v1/contact/list', {
 *   headers: { authorization: 'Bearer sk-emulator' },
 * })
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return createServers(options).emulator
}

/** The vendors' servers, and what answers a request to any of them. */
export interface Servers {
  readonly emulator: Emulator
  readonly handle: Handler
  /** Which vendor's API a path belongs to; `undefined` for none. */
  vendorOf(path: string): string | undefined
}

/**
 * The same with its handler, for the program.
 *
 * @param afterReset - is called once a client had everything reset, to put data back in
 */
export function createServers(options: EmulatorOptions, afterReset: () => void = () => {}): Servers {
  refuseUnknownOptions('createEmulator', options, {
    now: true,
    sleep: true,
    random: true,
    seed: true,
    chatbotkit: true,
    cognipeer: true,
    channelInbox: true,
    contactMethods: true,
  })
  const environment = {
    now: options.now ?? Date.now,
    sleep: options.sleep ?? realSleep,
    random: options.random ?? (options.seed === undefined ? Math.random : seededRandom(options.seed)),
  }
  const chatbotkit = createChatBotKit(environment, options.chatbotkit ?? {})
  const cognipeer = createCognipeer(environment, options.cognipeer ?? {})
  const channelInbox = createChannelInbox(environment, options.channelInbox ?? {})
  const contactMethods = createContactMethods(environment, options.contactMethods ?? {})
  const servers = { chatbotkit, cognipeer, 'channel-inbox': channelInbox, 'contact-methods': contactMethods }
  const handle: Handler = async (request, signal) => {
    const { pathname, origin } = new URL(request.url)
    const controlled = control(request, pathname)
    if (controlled !== undefined) return controlled
    if (pathname === '/' && wantsPage(request)) return frontPage(origin)
    const server = Object.values(servers).find((candidate) => candidate.serves(pathname))
    if (server === undefined) return refusal(404, 'NOT_FOUND', 'No emulated API has this path')
    const response = await server.handle(request, signal)
    const isFrontPage = pathname === '/' && request.method === 'GET' && faultMetBy(request) === undefined
    return isFrontPage ? frontPageJson(origin, await response.json()) : response
  }
  const vendors = {
    chatbotkit: chatbotkit.emulator,
    cognipeer: cognipeer.emulator,
    channelInbox: channelInbox.emulator,
    contactMethods: contactMethods.emulator,
  }
  const emulator: Emulator = {
    ...vendors,
    fetch: createFetch(handle),
    listen: (listenOptions) => startServer(handle, listenOptions),
    audit: () => joinAudits(Object.values(servers).map((server) => server.emulator.audit())),
    reset: () => {
      for (const server of Object.values(servers)) server.emulator.reset()
    },
  }
  const control = createControl(
    vendors,
    () => {
      emulator.reset()
      afterReset()
    },
    () => {
      const { chatbotkit, cognipeer, channelInbox, contactMethods } = createEmulator(options)
      return { chatbotkit, cognipeer, channelInbox, contactMethods }
    },
  )
  // What is at the root is the emulator's own, and answers the inbox's client besides.
  const vendorOf: Servers['vendorOf'] = (path) =>
    Object.entries(servers).find(([, server]) => path !== '/' && server.serves(path))?.[0]
  return { emulator, handle, vendorOf }
}
