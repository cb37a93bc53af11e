import { createTestClock, type TestClock } from '@anycontact/core/adapter-kit'
import {
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  type CognipeerOptions as CognipeerServerOptions,
  createEmulator,
  type Emulator,
} from '@anycontact/emulator'
import { CognipeerClient } from '../api/client.ts'
import type { CognipeerClientConfig } from '../api/options.ts'
import { type CognipeerContacts, cognipeer } from '../cognipeer.ts'
import type { CognipeerOptions } from '../options.ts'

type Vendor = Emulator['cognipeer']

/** A client's credentials, its server, and the clock of both. */
interface Connection {
  readonly vendor: Vendor
  readonly clock: TestClock
  readonly options: {
    readonly token: string
    readonly hookId: string
    readonly fetch: Vendor['fetch']
    readonly clock: TestClock
  }
}

/**
 * The emulated vendor, and what a client needs to be connected to it.
 *
 * @param clock - by default waits up to a minute, as a server's limit asks for, pass at once, and time-outs never come
 */
export function connect(
  serverOptions: CognipeerServerOptions = {},
  clock: TestClock = createTestClock({ waits: (ms) => ms !== 30_000 && ms <= 60_000, tickMs: 1 }),
): Connection {
  const { now, sleep } = clock
  const vendor = createEmulator({ now, sleep, seed: 1, cognipeer: serverOptions }).cognipeer
  const options = { token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID, fetch: vendor.fetch, clock }
  return { vendor, clock, options }
}

export interface Setup {
  readonly contacts: CognipeerContacts
  readonly vendor: Vendor
  readonly clock: TestClock
  /** What was requested since the last time it was asked, as `METHOD path`, less what all paths have in common. */
  requests(): string[]
  /** The bodies of the requests since `requests()` was asked for. */
  bodies(): unknown[]
}

/** A client and the emulated vendor behind it. */
export function setup(
  options: Partial<CognipeerOptions> = {},
  serverOptions: CognipeerServerOptions = {},
): Setup {
  const { vendor, clock, options: connection } = connect(serverOptions)
  return {
    contacts: cognipeer({ ...connection, random: () => 0.5, ...options }),
    vendor,
    clock,
    bodies: () => vendor.requests.map(({ json }) => json),
    requests() {
      const made = vendor.requests.map(
        ({ method, path }) => `${method} ${path.replace('/v1/sdk/contact', '') || '/'}`,
      )
      vendor.requests.clear()
      return made
    },
  }
}

/** A vendor-shaped client and the emulated vendor behind it. */
export function apiSetup(
  config: Partial<CognipeerClientConfig> = {},
  serverOptions: CognipeerServerOptions = {},
): { readonly client: CognipeerClient; readonly vendor: Vendor; readonly clock: TestClock } {
  const { vendor, clock, options } = connect(serverOptions)
  const client = new CognipeerClient({ ...options, timeoutMs: 30_000, random: () => 0.5, ...config })
  return { client, vendor, clock }
}

/** A vendor-shaped client of a server that answers this, whatever it is asked. */
export function answering(
  body: BodyInit | null,
  init: ResponseInit = {},
  config: Partial<CognipeerClientConfig> = {},
): CognipeerClient['contacts'] {
  const headers = { 'content-type': 'application/json', ...init.headers }
  const fetch = async (): Promise<Response> => new Response(body, { ...init, headers })
  return apiSetup({ fetch, retry: false, ...config }).client.contacts
}
