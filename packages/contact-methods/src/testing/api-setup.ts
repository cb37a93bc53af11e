import {
  CONTACT_METHODS_API_KEY,
  createEmulator,
  type Emulator,
  type EmulatorOptions,
} from '@anycontact/emulator'
import { ComplianceSDK } from '../api/client.ts'
import type { ComplianceSDKOptions } from '../api/options.ts'
import { createTestClock, type TestClock } from './setup.ts'

/** A vendor-shaped SDK and the emulated vendor behind it. */
export interface ApiSetup {
  readonly sdk: ComplianceSDK
  readonly vendor: Emulator['contactMethods']
  readonly clock: TestClock
}

export function apiSetup(
  options: Partial<ComplianceSDKOptions> = {},
  emulatorOptions: EmulatorOptions['contactMethods'] = {},
): ApiSetup {
  const clock = createTestClock()
  const vendor = createEmulator({ now: clock.now, seed: 1, contactMethods: emulatorOptions }).contactMethods
  const sdk = new ComplianceSDK({
    apiKey: CONTACT_METHODS_API_KEY,
    environment: 'test',
    fetch: vendor.fetch,
    clock,
    random: () => 0.5,
    ...options,
  })
  return { sdk, vendor, clock }
}
