import type { Clock } from '@anycontact/core'
import {
  CONTACT_METHODS_API_KEY,
  createEmulator,
  type Emulator,
  type EmulatorOptions,
} from '@anycontact/emulator'
import { type ContactMethodsContacts, contactMethods } from '../contact-methods.ts'
import type { ContactMethodsOptions } from '../options.ts'

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

export interface Setup {
  readonly contacts: ContactMethodsContacts
  readonly vendor: Emulator['contactMethods']
  readonly clock: TestClock
  /** What was requested since the last time it was asked, as `METHOD path`, ids left out. */
  requests(): string[]
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** A client and the emulated vendor behind it. */
export function setup(
  options: Partial<ContactMethodsOptions> = {},
  emulatorOptions: EmulatorOptions['contactMethods'] = {},
): Setup {
  const clock = createTestClock()
  const vendor = createEmulator({ now: clock.now, seed: 1, contactMethods: emulatorOptions }).contactMethods
  const contacts = contactMethods({
    apiKey: CONTACT_METHODS_API_KEY,
    environment: 'test',
    fetch: vendor.fetch,
    clock,
    random: () => 0.5,
    ...options,
  })
  return {
    contacts,
    vendor,
    clock,
    requests() {
      const made = vendor.requests.map(({ method, path }) => `${method} ${path.replace(ID, '{id}')}`)
      vendor.requests.clear()
      return made
    },
  }
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
