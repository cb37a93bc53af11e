import type { Clock, FetchFunction } from '@anycontact/core'
import { CHATBOTKIT_SECRET, createEmulator, type Emulator, type EmulatorOptions } from '@anycontact/emulator'
import { ContactClient } from '../api/contact-client.ts'
import type { ChatBotKitClientOptions } from '../api/options.ts'
import { createTestClock, type TestClock } from './setup.ts'

/** A vendor-shaped client and the emulated vendor behind it. */
export interface ApiSetup {
  readonly client: ContactClient
  readonly vendor: Emulator['chatbotkit']
  readonly clock: TestClock
}

export function apiSetup(
  options: Partial<ChatBotKitClientOptions> = {},
  emulatorOptions: EmulatorOptions = {},
): ApiSetup {
  const clock = createTestClock()
  const vendor = createEmulator({ now: clock.now, seed: 1, ...emulatorOptions }).chatbotkit
  const client = new ContactClient({
    secret: CHATBOTKIT_SECRET,
    fetch: vendor.fetch,
    clock,
    random: () => 0.5,
    ...options,
  })
  return { client, vendor, clock }
}

/** Everything that a stream yields. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

/** A clock that notes every time it is asked to wait for, time-outs too. */
export function observedClock(): { readonly clock: Clock; readonly asked: number[] } {
  const { now, sleep } = createTestClock()
  const asked: number[] = []
  return {
    asked,
    clock: {
      now,
      sleep(ms, signal) {
        asked.push(ms)
        return sleep(ms, signal)
      },
    },
  }
}

/**
 * A server that never answers, once it has given the answers it has, and a clock on which an attempt's time is up as soon as it
 * has been sent to it.
 */
export function stuckServer(
  timeoutMs: number,
  answers: Response[] = [],
): { readonly clock: Clock; readonly fetch: FetchFunction; attempts: number } {
  let timeUp = (): void => {}
  const server = {
    attempts: 0,
    clock: {
      now: () => 0,
      sleep: (ms: number, signal?: AbortSignal): Promise<void> =>
        new Promise((resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
          if (signal?.aborted) reject(signal.reason)
          else if (ms === timeoutMs) timeUp = resolve
          else resolve()
        }),
    },
    fetch: async (): Promise<Response> => {
      server.attempts++
      const answer = answers.shift()
      if (answer !== undefined) return answer
      timeUp()
      return new Promise(() => {})
    },
  }
  return server
}
