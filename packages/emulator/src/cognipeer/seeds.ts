import { type StrictSeeds, strictSeeds } from '../strict-names.ts'
import type { CognipeerContact, CognipeerSeed } from './contact.ts'

/**
 * Refuses seeds of contacts with a field that none has, though a create may keep it. A record as the vendor sends it has both
 * of its ids, and may have keys of one's own beside them.
 */
export const contactSeeds: StrictSeeds<CognipeerSeed | CognipeerContact> = strictSeeds<CognipeerSeed>(
  'contact',
  {
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
  },
  isRecord,
)

function isRecord(seed: object): boolean {
  return '_id' in seed && 'workspaceId' in seed
}
