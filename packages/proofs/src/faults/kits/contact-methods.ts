import { contactMethods } from '@anycontact/contact-methods'
import { CONTACT_METHODS_API_KEY, createEmulator } from '@anycontact/emulator'
import { anyClient, everybody, type Kit, rowsOf, seededRandom } from '../kit.ts'
import { type Person, SEEDED_AT } from '../people.ts'

/** The contact methods: each person has a primary email, a primary phone and another email. */
export const contactMethodsKit: Kit = {
  provider: 'contact-methods',
  secret: CONTACT_METHODS_API_KEY,
  idKey: 'id',
  ownerKey: 'clientId',
  texts: ['label', 'externalId', 'value'],
  oddWord: { type: 'a word of next year' },
  forgotten: ['isPrimary', 'label'],
  filters: ['find by email', 'find by phone'],
  otherRecord: ({ id, email, newEmail }) => ({
    id: methodIdOf(id, '2'),
    clientId: id,
    type: 'email',
    value: email,
    externalId: `method-${newEmail}`,
    metadata: { tag: `tag-${newEmail}` },
  }),
  input: ({ id, email, phone }) => ({ id, email, phone }),
  patch: ({ newEmail }) => ({ email: newEmail }),
  patched: ({ newEmail }) => newEmail,
  byHand: {
    read: ({ id }) => ({ path: `/clients/${id}/contact-methods` }),
    create: ({ id, email }) => ({
      path: '/contact-methods',
      json: { clientId: id, type: 'email', value: email },
    }),
    change: ({ id, newEmail }) => ({
      method: 'PATCH',
      path: `/contact-methods/${methodIdOf(id, '2')}`,
      json: { value: newEmail },
    }),
  },
  copyBy: 'id',
  idOf: (digits) => `00000000-0000-4000-8000-0000001${digits}00`,
  isWrite: (method, path) => method !== 'GET' && !path.endsWith('/contact-methods/list'),
  open({ clock, between, onWarning }) {
    const { now, sleep } = clock
    const vendor = createEmulator({ now, sleep, seed: 1 }).contactMethods
    const client = contactMethods({
      apiKey: CONTACT_METHODS_API_KEY,
      environment: 'test',
      fetch: between(vendor.fetch),
      clock,
      random: seededRandom(),
      onWarning,
    })
    vendor.seed(everybody(this).flatMap(methodsOf))
    return {
      kit: this,
      client: anyClient(client),
      requests: vendor.requests,
      faults: vendor.faults,
      audit: vendor.audit,
      rows: () => rowsOf(vendor.contactMethods, 'id'),
      fixtures: {
        below: (kind, ownerId) => {
          if (kind === 'primary') return [methodIdOf(ownerId, '2')]
          return ['2', '3', '4'].map((place) => methodIdOf(ownerId, place))
        },
      },
    }
  },
}

function methodsOf({ id, email, phone, newEmail }: Person, index: number) {
  const time = new Date(SEEDED_AT + index).toISOString()
  const times = { createdAt: time, updatedAt: time }
  const other = `other-${newEmail}`
  return [
    { id: methodIdOf(id, '2'), clientId: id, type: 'email', value: email, isPrimary: true, ...times },
    { id: methodIdOf(id, '3'), clientId: id, type: 'phone', value: phone, isPrimary: true, ...times },
    {
      id: methodIdOf(id, '4'),
      clientId: id,
      type: 'email',
      value: other,
      externalId: `method-${other}`,
      metadata: { tag: `tag-${other}` },
      ...times,
    },
  ] as const
}

/** The id of one of a client's methods. */
function methodIdOf(clientId: string, place: string): string {
  return `${clientId.slice(0, -6)}${place}${clientId.slice(-5)}`
}
