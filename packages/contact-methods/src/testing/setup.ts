import { createTestClock, type TestClock } from '@anycontact/core/adapter-kit'
import {
  CONTACT_METHODS_API_KEY,
  createEmulator,
  type Emulator,
  type EmulatorOptions,
} from '@anycontact/emulator'
import { type ContactMethodsContacts, contactMethods } from '../contact-methods.ts'
import type { ContactMethodsOptions } from '../options.ts'

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
  const clock = createTestClock({ waits: 'pass' })
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
