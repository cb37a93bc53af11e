import { cognipeer } from '@anycontact/cognipeer'
import { COGNIPEER_HOOK_ID, COGNIPEER_TOKEN, createEmulator } from '@anycontact/emulator'
import { anyClient, everybody, type Kit, rowsOf, seededRandom } from '../kit.ts'
import { SEEDED_AT } from '../people.ts'

/** Cognipeer. */
export const cognipeerKit: Kit = {
  provider: 'cognipeer',
  secret: COGNIPEER_TOKEN,
  idKey: '_id',
  ownerKey: '_id',
  texts: ['name', 'phone', 'status'],
  oddWord: { status: 'a word of next year' },
  forgotten: ['name'],
  filters: [],
  otherRecord: ({ id, externalId, name, email, phone }) => ({
    _id: id,
    integrationId: externalId,
    name,
    email,
    phone,
  }),
  input: ({ externalId, name, email, phone }) => ({
    externalId,
    name,
    email,
    phone,
    customFields: { plan: 'pro' },
  }),
  patch: ({ newName }) => ({ name: newName }),
  patched: ({ newName }) => newName,
  byHand: {
    read: ({ email }) => ({ path: '/sdk/contact', query: { email } }),
    create: ({ externalId, name, email, phone }) => ({
      path: '/sdk/contact',
      json: { integrationId: externalId, name, email, phone },
    }),
    change: ({ email, newName }) => ({
      method: 'PATCH',
      path: '/sdk/contact',
      json: { email, data: { name: newName } },
    }),
  },
  copyBy: 'externalId',
  idOf: (digits) => `65f0${'0'.repeat(17)}${digits}`,
  isWrite: (method, path) => method === 'PATCH' || (method === 'POST' && !path.endsWith('/list')),
  open({ clock, between, onWarning }) {
    const { now, sleep } = clock
    const vendor = createEmulator({ now, sleep, seed: 1 }).cognipeer
    const client = cognipeer({
      token: COGNIPEER_TOKEN,
      hookId: COGNIPEER_HOOK_ID,
      fetch: between(vendor.fetch),
      clock,
      random: seededRandom(),
      onWarning,
    })
    vendor.seed(
      everybody(this).map(({ id, externalId, name, email, phone }, index) => ({
        _id: id,
        integrationId: externalId,
        name,
        email,
        phone,
        properties: { plan: 'pro' },
        createdDate: new Date(SEEDED_AT + index).toISOString(),
        modifiedDate: new Date(SEEDED_AT + index).toISOString(),
      })),
    )
    return {
      kit: this,
      client: anyClient(client),
      requests: vendor.requests,
      faults: vendor.faults,
      audit: vendor.audit,
      rows: () => rowsOf(vendor.contacts, '_id'),
      fixtures: {},
    }
  },
}
