import { testAdapter } from '@anycontact/conformance'
import { createTestClock } from '@anycontact/core/adapter-kit'
import { CONTACT_METHODS_API_KEY, createEmulator } from '@anycontact/emulator'
import { test } from 'vitest'
import { contactMethods, contactMethodsAdapter } from './contact-methods.ts'

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

// The vendor's open questions, answered one way and the other.
for (const [name, answers, more] of [
  ['', {}, {}],
  [', sorted by client', {}, { sortedByClient: [{ field: 'clientId', direction: 'asc' }] }],
  [
    ', with the other answers',
    {
      sort: 'refused',
      inFilter: 'refused',
      defaultOrder: 'oldest',
      lastCursor: 'given',
      ids: 'uuid',
      unknownClient: 'not-found',
      metadataUpdate: 'merge',
      syncUpdate: 'replace',
      syncDelete: 'whole',
      verification: 'kept',
      createStatus: 201,
      deleteAnswer: 'json',
      partialStatus: 207,
      itemError: 'coded',
      errorBody: 'orpc-2',
    },
    {},
  ],
] as const) {
  testAdapter({
    test,
    prefix: `conformance${name}: `,
    create(policy, slow) {
      const clock = createTestClock({ waits: 'pass' })
      const vendor = createEmulator({ now: clock.now, seed: 1, contactMethods: answers }).contactMethods
      const options = {
        apiKey: CONTACT_METHODS_API_KEY,
        environment: 'test' as const,
        fetch: slow(vendor.fetch),
        clock,
        ...more,
        ...policy,
      }
      // Others are there too: with several methods of a type, without a primary, of a type that is rare.
      vendor.seed([
        { clientId: uuid(900_001), type: 'email', value: 'else@example.org', isPrimary: true },
        { clientId: uuid(900_002), type: 'fax', value: '+52 55 1234 5678', label: 'Oficina' },
        { clientId: uuid(900_001), type: 'mobile', value: '+52 55 8765 4321', isPrimary: true },
        { clientId: uuid(900_002), type: 'email', value: 'unverified@example.org' },
      ])
      return {
        contacts: contactMethods(options),
        adapter: contactMethodsAdapter(options),
        endpoint: {
          path: `/clients/${uuid(900_001)}/contact-methods`,
          answers: (answer) => JSON.stringify(answer).includes('else@example.org'),
        },
      }
    },
    // A create wants the client's id, and something to reach it by; the last method cannot be taken away by an update.
    required: ['id', 'email'],
    clearable: ['email'],
    permanent: ['contactMethods'],
    sample: { id: uuid },
  })
}
