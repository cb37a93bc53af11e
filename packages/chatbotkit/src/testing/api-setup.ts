import type { Clock, FetchFunction } from '@anycontact/core'
import { createTestClock } from '@anycontact/core/adapter-kit'
import type { EmulatorOptions } from '@anycontact/emulator'
import { ContactClient } from '../api/contact-client.ts'
import type { ClientOptions } from '../api/options.ts'
import { type Emulated, emulated } from './setup.ts'

/** A vendor-shaped client and the emulated vendor behind it. */
export interface ApiSetup extends Emulated {
  readonly client: ContactClient
}

export function apiSetup(given: Partial<ClientOptions> = {}, emulatorOptions?: EmulatorOptions): ApiSetup {
  const made = emulated(emulatorOptions)
  return { ...made, client: new ContactClient({ ...made.options, ...given }) }
}

/** Everything that a stream yields. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

/** A clock that notes every time it is asked to wait for, time-outs too. */
export function observedClock(): { readonly clock: Clock; readonly asked: number[] } {
  const { now, sleep } = createTestClock({ waits: 'pass' })
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

/** A server that answers `{ items: [] }` and notes what it was asked. */
export function recorder(): {
  readonly calls: { readonly url: string; readonly headers: Record<string, string> }[]
  readonly fetch: FetchFunction
} {
  const calls: { url: string; headers: Record<string, string> }[] = []
  return {
    calls,
    fetch: async (input, init) => {
      calls.push({ url: String(input), headers: Object.fromEntries(new Headers(init?.headers)) })
      return Response.json({ items: [] })
    },
  }
}
