import { type StrictSeeds, strictSeeds } from '../strict-names.ts'
import type { ContactMethodsSeed } from './record.ts'

/** Refuses seeds of contact methods with a field that none has. */
export const methodSeeds: StrictSeeds<ContactMethodsSeed> = strictSeeds('contact method', {
  id: true,
  clientId: true,
  type: true,
  value: true,
  isPrimary: true,
  isVerified: true,
  verifiedAt: true,
  label: true,
  externalId: true,
  metadata: true,
  createdAt: true,
  updatedAt: true,
})
