import type { ComplianceSDK } from '../api/client.ts'
import { type Setup, setup } from './setup.ts'

/** A vendor-shaped SDK and the emulated vendor behind it. */
export interface ApiSetup extends Pick<Setup, 'vendor' | 'clock'> {
  readonly sdk: ComplianceSDK
}

export function apiSetup(...given: Parameters<typeof setup>): ApiSetup {
  const { contacts, vendor, clock } = setup(...given)
  return { sdk: contacts.api, vendor, clock }
}
