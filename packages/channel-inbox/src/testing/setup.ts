import { createTestClock, type TestClock } from '@anycontact/core/adapter-kit'
import {
  CHANNEL_INBOX_API_KEY,
  createEmulator,
  type Emulator,
  type ChannelInboxOptions as ServerOptions,
} from '@anycontact/emulator'
import { ImbraceClient } from '../api/client.ts'
import type { ImbraceClientOptions } from '../api/options.ts'
import { type ChannelInboxContacts, channelInbox } from '../channel-inbox.ts'
import type { ChannelInboxOptions } from '../options.ts'

export { failure } from '@anycontact/core/adapter-kit'

/** The emulated vendor and a clock. */
interface Surroundings {
  readonly vendor: Emulator['channelInbox']
  readonly clock: TestClock
  /** What was requested since the last time it was asked, as `METHOD path?query`, ids as `{id}`. */
  requests(): string[]
}

function surroundings(server: ServerOptions): Surroundings {
  const clock = createTestClock({ waits: 'pass' })
  const vendor = createEmulator({ now: clock.now, seed: 1, channelInbox: server }).channelInbox
  return {
    vendor,
    clock,
    requests() {
      const made = vendor.requests.map(({ method, url }) => {
        const { pathname, search } = new URL(url)
        return `${method} ${pathname.replace('/channel-service/v1', '')}${decodeURIComponent(search)}`
      })
      vendor.requests.clear()
      return made.map((request) => request.replace(/\b(?:con|conv|not)_[0-9a-f-]{36}/g, '{id}'))
    },
  }
}

export interface Setup extends Surroundings {
  readonly contacts: ChannelInboxContacts
}

/** A client and the emulated vendor behind it. */
export function setup(options: Partial<ChannelInboxOptions> = {}, server: ServerOptions = {}): Setup {
  const around = surroundings(server)
  const { vendor, clock } = around
  const contacts = channelInbox({
    apiKey: CHANNEL_INBOX_API_KEY,
    fetch: vendor.fetch,
    clock,
    random: () => 0.5,
    ...options,
  })
  return { ...around, contacts }
}

export interface ApiSetup extends Surroundings {
  readonly client: ImbraceClient
}

/** A vendor-shaped client and the emulated vendor behind it. */
export function apiSetup(config: ImbraceClientOptions = {}, server: ServerOptions = {}): ApiSetup {
  const around = surroundings(server)
  const { vendor, clock } = around
  const client = new ImbraceClient({
    apiKey: CHANNEL_INBOX_API_KEY,
    fetch: vendor.fetch,
    clock,
    random: () => 0.5,
    ...config,
  })
  return { ...around, client }
}

/** The first of several; fails when there is none. */
export function first<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error('There is none.')
  return item
}
