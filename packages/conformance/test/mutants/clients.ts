import { type CallOptions, type Contact, ContactsError, type ListQuery } from '@anycontact/core'
import type { ContactWrite } from '@anycontact/core/adapter-kit'

import type { Mutant } from './mutant.ts'

/** The client around the adapter. */
export const clientsMutants: readonly Mutant[] = [
  {
    name: 'the client does not check its input',
    foundBy: /create refuses/,
    saying: /should fail with invalid_input/,
    mutation: {
      client: (client, honest) => ({
        ...client,
        create: (input: ContactWrite) => honest.create?.(input, Object({})),
      }),
    },
  },
  {
    name: 'the client says that all is pushed down',
    foundBy: /where phone/,
    saying: /against what the capabilities declare/,
    mutation: {
      client: (client) => ({
        ...client,
        explain: (query) => {
          const plan = client.explain(query)
          return { ...plan, pushedDown: [...plan.pushedDown, ...plan.evaluatedHere], evaluatedHere: [] }
        },
      }),
    },
  },
  {
    name: 'the client scans without being asked to',
    foundBy: /get by email/,
    saying: /without scan: true should fail with unsupported/,
    mutation: {
      client: (client) => ({
        ...client,
        get: (ref: string) => Reflect.get(client, 'get')(ref, { scan: true }),
      }),
    },
  },
  {
    name: 'the client has an operation that is not declared',
    foundBy: /not declared is refused/,
    saying: /avatar\.upload/,
    mutation: { client: (client) => ({ ...client, avatar: { upload: () => Promise.resolve({ url: '' }) } }) },
  },
  {
    name: 'the client drops fields without a word',
    foundBy: /create stores nickname/,
    saying: /should fail with unsupported_field/,
    mutation: {
      client: (client) => ({
        ...client,
        create: ({ nickname: _nickname, ...input }: ContactWrite) => Reflect.get(client, 'create')(input),
      }),
    },
  },
  {
    name: 'an input is kept, not copied',
    foundBy: /share nothing/,
    saying: /outside/,
    mutation: {
      client(client) {
        const inputs = new Map<string, ContactWrite>()
        return {
          ...client,
          create: async (input: ContactWrite) => {
            const contact: Contact = await Reflect.get(client, 'create')(input)
            inputs.set(contact.id, input)
            return contact
          },
          get: async (ref: Contact) => {
            const contact: Contact = await Reflect.get(client, 'get')(ref)
            return { ...contact, customFields: inputs.get(contact.id)?.customFields ?? contact.customFields }
          },
        }
      },
    },
  },
  {
    name: 'an aborted signal is not looked at',
    foundBy: /aborted signal ends every call/,
    saying: /delete with an aborted signal/,
    mutation: { client: (client) => ({ ...client, delete: () => Promise.resolve() }) },
  },
  {
    name: 'an abort becomes an error of ours',
    foundBy: /aborted signal ends every call/,
    saying: /count with an aborted signal threw/,
    mutation: {
      client: (client) => ({
        ...client,
        count: () => Promise.reject(new ContactsError({ code: 'timeout', message: 'late' })),
      }),
    },
  },
  {
    name: 'an aborted write is done all the same',
    foundBy: /aborted write writes nothing/,
    saying: /wrote a contact all the same/,
    mutation: {
      client: (client) => ({
        ...client,
        create: async (input: ContactWrite, options: CallOptions = {}) => {
          const contact: Contact = await Reflect.get(client, 'create')(input)
          options.signal?.throwIfAborted()
          return contact
        },
      }),
    },
  },
  {
    name: 'a listing goes on after an abort',
    foundBy: /while a listing is read/,
    saying: /went on/,
    mutation: {
      client: (client) => ({
        ...client,
        list: (query: ListQuery) => Reflect.get(client, 'list')({ ...query, signal: undefined }),
      }),
    },
  },
]
