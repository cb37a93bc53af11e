import { type StrictSeeds, strictSeeds } from '../strict-names.ts'
import type { CognipeerSeed } from './contact.ts'

/** Refuses seeds of contacts with a field that none has, though a create may keep it. */
export const contactSeeds: StrictSeeds<CognipeerSeed> = strictSeeds('contact', {
  _id: true,
  workspaceId: true,
  email: true,
  integrationId: true,
  name: true,
  phone: true,
  metadata: true,
  properties: true,
  tags: true,
  status: true,
  peerId: true,
  createdDate: true,
  modifiedDate: true,
  deleted: true,
  __v: true,
})
