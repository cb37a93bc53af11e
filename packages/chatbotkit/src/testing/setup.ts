import { createTestClock, type TestClock } from '@anycontact/core/adapter-kit'
import { CHATBOTKIT_SECRET, createEmulator, type Emulator, type EmulatorOptions } from '@anycontact/emulator'
import { type ChatBotKitContacts, chatbotkit } from '../chatbotkit.ts'
import type { ChatBotKitOptions } from '../options.ts'

/** The emulated vendor, what a client of it is made with, and the clock of both: short waits pass at once, time-outs never come. */
export interface Emulated {
  readonly vendor: Emulator['chatbotkit']
  readonly clock: TestClock
  readonly options: Required<Pick<ChatBotKitOptions, 'secret' | 'fetch' | 'clock' | 'random'>>
}

export function emulated(emulatorOptions: EmulatorOptions = {}): Emulated {
  const clock = createTestClock({ waits: 'pass' })
  const vendor = createEmulator({ now: clock.now, seed: 1, ...emulatorOptions }).chatbotkit
  const options = { secret: CHATBOTKIT_SECRET, fetch: vendor.fetch, clock, random: () => 0.5 }
  return { vendor, clock, options }
}

/** A client and the emulated vendor behind it. */
export interface Setup extends Emulated {
  readonly contacts: ChatBotKitContacts
  /** What was requested since the last time it was asked, as `METHOD route`. */
  requests(): string[]
}

export function setup(given: Partial<ChatBotKitOptions> = {}, emulatorOptions?: EmulatorOptions): Setup {
  const made = emulated(emulatorOptions)
  const { requests } = made.vendor
  return {
    ...made,
    contacts: chatbotkit({ ...made.options, ...given }),
    requests() {
      const routes = requests.map(({ method, path }) => `${method} ${path.replace(/^.*\/contact\//, '')}`)
      requests.clear()
      return routes.map((route) => route.replace(/\bc[a-z0-9]{24}\b/, '{id}'))
    },
  }
}
