import { chatbotkit } from '@anycontact/chatbotkit'
import { CHATBOTKIT_SECRET, createEmulator } from '@anycontact/emulator'
import { anyClient, everybody, type Kit, rowsOf, seededRandom } from '../kit.ts'
import { SEEDED_AT } from '../people.ts'

/** ChatBotKit. */
export const chatbotkitKit: Kit = {
  provider: 'chatbotkit',
  secret: CHATBOTKIT_SECRET,
  idKey: 'id',
  ownerKey: 'id',
  texts: ['name', 'email', 'nick'],
  oddWord: { type: 'a word of next year' },
  forgotten: ['name'],
  filters: [],
  otherRecord: ({ id, externalId, name, email, phone }) => ({
    id,
    fingerprint: externalId,
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
    read: ({ id }) => ({ path: `/v1/contact/${id}/fetch` }),
    create: ({ externalId, name, email, phone }) => ({
      path: '/v1/contact/create',
      json: { fingerprint: externalId, name, email, phone },
    }),
    change: ({ id, newName }) => ({
      method: 'POST',
      path: `/v1/contact/${id}/update`,
      json: { name: newName },
    }),
  },
  copyBy: 'externalId',
  idOf: (digits) => `cseed${'0'.repeat(17)}${digits}`,
  isWrite: (method) => method === 'POST',
  open({ clock, between, onWarning }) {
    const { now, sleep } = clock
    const vendor = createEmulator({ now, sleep, seed: 1 }).chatbotkit
    const fetch = between(vendor.fetch)
    const client = chatbotkit({ secret: CHATBOTKIT_SECRET, fetch, clock, random: seededRandom(), onWarning })
    vendor.seed(
      everybody(this).map(({ id, externalId, name, email, phone }, index) => ({
        id,
        fingerprint: externalId,
        name,
        email,
        phone,
        meta: { plan: 'pro' },
        verifiedAt: SEEDED_AT,
        createdAt: SEEDED_AT - index,
      })),
    )
    return {
      kit: this,
      client: anyClient(client),
      requests: vendor.requests,
      faults: vendor.faults,
      audit: vendor.audit,
      rows: () => rowsOf(vendor.contacts, 'id'),
      fixtures: {
        below: (_, ownerId) => vendor.seedConversations(ownerId, [{}, {}]).map(({ id }) => id),
      },
    }
  },
}
