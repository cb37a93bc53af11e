import { adapter, type Mutant } from './mutant.ts'

/** Upserting. */
export const upsertsMutants: readonly Mutant[] = [
  adapter(
    'upsert always says updated',
    /upsert by externalId/,
    /the outcome of upsert by externalId of a contact that is not there: expected "created"/,
    (honest) => ({
      upsert: async (input, by, context) => ({
        ...(await honest.upsert(input, by, context)),
        outcome: 'updated',
      }),
    }),
  ),
  adapter(
    'upsert never says unchanged',
    /upsert by externalId/,
    /of the same again: expected "unchanged"/,
    (honest) => ({
      upsert: async (input, by, context) => {
        const result = await honest.upsert(input, by, context)
        return result.outcome === 'unchanged' ? { ...result, outcome: 'updated' } : result
      },
    }),
  ),
  adapter(
    'upsert says unchanged and changes nothing',
    /upsert stores note/,
    /cannot store note/,
    (honest) => ({
      upsert: async (input, by, context) => {
        const existing = await honest.get({ key: by, value: input[by] ?? '' }, context).catch(() => undefined)
        return existing ? { contact: existing, outcome: 'unchanged' } : honest.upsert(input, by, context)
      },
    }),
  ),
  adapter('upsert makes a second contact', /upsert by externalId/, /unchanged|id/, (honest, store) => ({
    upsert: async (input, by, context) => {
      const [first] = store.records.filter(({ key }) => key === input.externalId)
      if (first) delete first.key
      return honest.upsert(input, by, context)
    },
  })),
  adapter('upsert clears what it is not given', /upsert by externalId/, /changed/, (honest) => ({
    upsert: (input, by, context) => honest.upsert({ name: null, ...input }, by, context),
  })),
]
