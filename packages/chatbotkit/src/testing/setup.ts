import type { Clock } from '@anycontact/core'
import { CHATBOTKIT_SECRET, createEmulator, type Emulator, type EmulatorOptions } from '@anycontact/emulator'
import { type ChatBotKitContacts, chatbotkit } from '../chatbotkit.ts'
import type { ChatBotKitOptions } from '../options.ts'

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
  readonly contacts: ChatBotKitContacts
  readonly vendor: Emulator['chatbotkit']
  readonly clock: TestClock
  /** What was requested since the last time it was asked, as `METHOD route`. */
  requests(): string[]
}

/** A client and the emulated vendor behind it. */
export function setup(
  options: Partial<ChatBotKitOptions> = {},
  emulatorOptions: EmulatorOptions = {},
): Setup {
  const clock = createTestClock()
  const vendor = createEmulator({ now: clock.now, seed: 1, ...emulatorOptions }).chatbotkit
  const contacts = chatbotkit({
    secret: CHATBOTKIT_SECRET,
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
      const made = vendor.requests.map(
        ({ method, path }) => `${method} ${path.replace(/^.*\/contact\//, '')}`,
      )
      vendor.requests.clear()
      return made.map((request) => request.replace(/\bc[a-z0-9]{24}\b/, '{id}'))
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
