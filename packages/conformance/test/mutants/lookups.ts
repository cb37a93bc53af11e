import { ContactsError } from '@anycontact/core'
import { toContact } from '../tiny-store.ts'

import { adapter, type Mutant } from './mutant.ts'

/** Looking up. */
export const lookupsMutants: readonly Mutant[] = [
  adapter(
    'get gives the first contact',
    /get by externalId/,
    /the id of what get by externalId gave|found|gave/,
    (honest, store) => ({
      get: (ref, context) =>
        ref.key === 'externalId'
          ? Promise.resolve(toContact(store.records[0] ?? store.find(ref.key, ref.value)))
          : honest.get(ref, context),
    }),
  ),
  adapter('get matches any key', /get by id$/, /a value that no contact has there/, (_honest, store) => ({
    get: async ({ value }) => {
      const record = store.records.find((candidate) =>
        [String(candidate.number), candidate.key, candidate.mail].includes(value),
      )
      if (!record) throw new ContactsError({ code: 'not_found', message: 'There is none.' })
      return toContact(record)
    },
  })),
  adapter(
    'what is not there is an unforeseen error',
    /get by id$/,
    /should fail with not_found, but threw/,
    (honest) => ({
      get: (ref, context) =>
        honest.get(ref, context).catch(() => Promise.reject(new TypeError('no contact'))),
    }),
  ),
  adapter(
    'what is not there is another code',
    /find by externalId/,
    /but failed with bad_response/,
    (honest) => ({
      get: (ref, context) =>
        honest
          .get(ref, context)
          .catch(() => Promise.reject(new ContactsError({ code: 'bad_response', message: 'empty' }))),
    }),
  ),
  adapter('ids are put into URLs as they are', /mean something in a URL/, /get by the id/, (honest) => ({
    get: (ref, context) => honest.get({ ...ref, value: ref.value.replace(/^\.\.\/|[?#].*$/g, '') }, context),
  })),
  adapter('delete does nothing', /delete by id/, /left the contact there/, (honest) => ({
    delete: async (ref, context) => void (await honest.get(ref, context)),
  })),
  adapter('delete of what is gone succeeds', /delete by id/, /should fail with not_found/, (honest) => ({
    delete: (ref, context) => honest.delete(ref, context).catch(() => undefined),
  })),
  adapter('delete takes another contact along', /delete by id/, /is gone/, (honest, store) => ({
    delete: async (ref, context) => {
      await honest.delete(ref, context)
      store.records.pop()
    },
  })),
  adapter(
    'a scan takes the first of several',
    /get by email/,
    /should fail with ambiguous/,
    ({ capabilities, ...honest }, store) => ({
      capabilities: {
        ...capabilities,
        get: { mode: 'native', by: ['id', 'externalId', 'email'] },
        find: { mode: 'native', by: ['id', 'externalId', 'email'] },
      },
      get: async (ref, context) =>
        ref.key === 'email' ? toContact(store.find('email', ref.value)) : honest.get(ref, context),
    }),
  ),
]
