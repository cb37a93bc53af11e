import type { Clock } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  createEmulator,
  type Emulator,
  type ChannelInboxOptions as ServerOptions,
} from '@anycontact/emulator'
import { ImbraceClient } from '../api/client.ts'
import type { ImbraceClientConfig } from '../api/options.ts'
import { type ChannelInboxContacts, channelInbox } from '../channel-inbox.ts'
import type { ChannelInboxOptions } from '../options.ts'

/** A clock on which short waits pass at once and are noted, and time-outs never come. */
export interface TestClock extends Clock {
  readonly waits: number[]
}

export function createTestClock(): TestClock {
  let now = Date.UTC(2026, 0, 1)
  const waits: number[] = []
  return {
    waits,
    // Each look at it is a millisecond later, so that records are ordered as they were made.
    now: () => ++now,
    sleep(ms, signal) {
      if (ms >= 30_000) {
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
        })
      }
      waits.push(ms)
      now += ms
      return signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve()
    },
  }
}

/** The emulated vendor and a clock. */
interface Surroundings {
  readonly vendor: Emulator['channelInbox']
  readonly clock: TestClock
  /** What was requested since the last time it was asked, as `METHOD path?query`, ids as `{id}`. */
  requests(): string[]
}

function surroundings(server: ServerOptions): Surroundings {
  const clock = createTestClock()
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
export function apiSetup(config: ImbraceClientConfig = {}, server: ServerOptions = {}): ApiSetup {
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

/** What a promise is rejected with; fails when it is not. */
export async function failure(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It should have failed.')
}

/** The first of several; fails when there is none. */
export function first<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error('There is none.')
  return item
}
