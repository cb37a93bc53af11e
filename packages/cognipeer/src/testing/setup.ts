import type { Clock } from '@anycontact/core'
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
      if (ms === 30_000 || ms > 60_000) {
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

export interface Setup {
  readonly contacts: CognipeerContacts
  readonly vendor: Emulator['cognipeer']
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
  const clock = createTestClock()
  const vendor = createEmulator({ now: clock.now, seed: 1, cognipeer: serverOptions }).cognipeer
  const contacts = cognipeer({
    token: COGNIPEER_TOKEN,
    hookId: COGNIPEER_HOOK_ID,
    fetch: vendor.fetch,
    clock,
    random: () => 0.5,
    ...options,
  })
  return {
    contacts,
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
): { readonly client: CognipeerClient; readonly vendor: Emulator['cognipeer']; readonly clock: TestClock } {
  const clock = createTestClock()
  const vendor = createEmulator({ now: clock.now, seed: 1, cognipeer: serverOptions }).cognipeer
  const client = new CognipeerClient({
    token: COGNIPEER_TOKEN,
    hookId: COGNIPEER_HOOK_ID,
    fetch: vendor.fetch,
    timeoutMs: 30_000,
    clock,
    random: () => 0.5,
    ...config,
  })
  return { client, vendor, clock }
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
