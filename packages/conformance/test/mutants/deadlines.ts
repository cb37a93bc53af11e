import type {
  BatchOptions,
  Contact,
  ContactInput,
  LookupOptions,
  RefKey,
  UpsertResult,
} from '@anycontact/core'
import type { AnyClient } from '../../src/calls.ts'
import type { Mutant } from './mutant.ts'

type UpsertOptions = LookupOptions & { readonly by: RefKey }

/** Deadlines. */
export const deadlinesMutants: readonly Mutant[] = [
  {
    name: 'a deadline is passed over',
    foundBy: /^get ends by its deadline/,
    saying: /went through, after 1000 ms/,
    mutation: {
      client: (client) => ({
        ...client,
        get: (ref: string, { deadlineMs: _none, ...options }: LookupOptions = {}) =>
          asAny(client).get(ref, options),
      }),
    },
  },
  {
    name: 'each request of an upsert has all the time that the upsert has',
    foundBy: /^upsert ends by its deadline/,
    saying: /upsert by externalId of a contact that is not there with a deadline of 1500 ms.*went through/,
    mutation: {
      client: (client) => ({
        ...client,
        async upsert(input: ContactInput, options: UpsertOptions): Promise<UpsertResult> {
          const { by, deadlineMs } = options
          await asAny(client).find({ externalId: String(input[by]) }, { deadlineMs })
          return asAny(client).upsert(input, options)
        },
      }),
    },
  },
  {
    name: 'a call goes on after its deadline',
    foundBy: /^count ends by its deadline/,
    saying: /how many requests were sent after it had ended: expected 0/,
    mutation: {
      client: (client) => ({
        ...client,
        count(query: object): Promise<number> {
          asAny(client)
            .list({ pageSize: 1 })
            .toArray()
            .catch(() => undefined)
          return asAny(client).count(query)
        },
      }),
    },
  },
  {
    name: 'the items of a batch share a deadline',
    foundBy: /^each item of updateMany/,
    saying: /of three items, each in time, with slow answers: what failed/,
    mutation: {
      client: (client) => ({
        ...client,
        updateMany: (items: readonly { ref: Contact; patch: ContactInput }[], options: BatchOptions = {}) => {
          const { deadlineMs = 0 } = options
          return asAny(client).updateMany(items, { ...options, deadlineMs: deadlineMs / items.length })
        },
      }),
    },
  },
]

/** A mutant knows that the tiny client has what it breaks. */
function asAny(client: unknown): AnyClient {
  return client as AnyClient
}
