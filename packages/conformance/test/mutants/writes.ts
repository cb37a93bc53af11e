import type { Contact } from '@anycontact/core'
import { toContact } from '../tiny-store.ts'

import { adapter, type Mutant, without, writing } from './mutant.ts'

/** Writing. */
export const writesMutants: readonly Mutant[] = [
  writing('create and update drop a field', /create stores note/, /note/, (write) => without(write, 'note')),
  writing('text is trimmed and cut', /create stores note/, /note/, (write) => ({
    ...write,
    ...(typeof write.note === 'string' && { note: write.note.slice(0, 20) }),
  })),
  writing('null does not clear', /update writes, leaves and clears note/, /cannot store note/, (write) =>
    write.note === null ? without(write, 'note') : write,
  ),
  writing(
    'null in customFields is passed over',
    /merges customFields/,
    /cannot store customFields/,
    (write) =>
      write.customFields
        ? {
            ...write,
            customFields: Object.fromEntries(
              Object.entries(write.customFields).filter(([, value]) => value !== null),
            ),
          }
        : write,
  ),
  writing(
    'numbers in customFields become text',
    /create stores customFields/,
    /customFields\.number/,
    (write) =>
      write.customFields
        ? {
            ...write,
            customFields: Object.fromEntries(
              Object.entries(write.customFields).map(([key, value]) => [
                key,
                typeof value === 'number' ? String(value) : value,
              ]),
            ),
          }
        : write,
  ),
  adapter(
    'update replaces customFields',
    /merges customFields/,
    /after one key was written/,
    (honest, store) => ({
      update: (ref, patch, context) => {
        if (patch.customFields) store.find(ref.key, ref.value).data = {}
        return honest.update(ref, patch, context)
      },
    }),
  ),
  adapter(
    'update clears what is absent',
    /update writes, leaves and clears name/,
    /changed note/,
    (honest) => ({
      update: (ref, patch, context) => honest.update(ref, { note: null, ...patch }, context),
    }),
  ),
  adapter(
    'update gives the contact as it was',
    /update writes, leaves and clears name/,
    /kept the old value/,
    (honest) => ({
      update: async (ref, patch, context) => {
        const before = await honest.get(ref, context)
        await honest.update(ref, patch, context)
        return before
      },
    }),
  ),
  adapter(
    'create gives what was written, not what is stored',
    /create gives the record as stored/,
    /not what is stored/,
    (honest) => ({
      create: async (input, context) => {
        const contact = await honest.create(input, context)
        return { ...contact, updatedAt: '2020-01-01T00:00:00.000Z' }
      },
    }),
  ),
  adapter(
    'create overwrites a contact with the same externalId',
    /create with a taken externalId/,
    /should fail with conflict/,
    (honest, store) => ({
      create: (input, context) => {
        const taken = store.records.find(({ key }) => key !== undefined && key === input.externalId)
        return taken ? Promise.resolve(toContact(store.change(taken, input))) : honest.create(input, context)
      },
    }),
  ),
  adapter(
    'what is given out is the stored object',
    /share nothing/,
    /changed with an object outside/,
    (honest) => {
      const given = new Map<string, Contact<never>>()
      return {
        create: async (input, context) => {
          const contact = (await honest.create(input, context)) as Contact<never>
          given.set(contact.id, contact)
          return contact
        },
        get: async (ref, context) => given.get(ref.value) ?? honest.get(ref, context),
      }
    },
  ),
]
