import { adapter, type Mutant } from './mutant.ts'

/** Batches. */
export const batchesMutants: readonly Mutant[] = [
  {
    name: 'changes of one contact are made in another order',
    foundBy: /updateMany of one contact several times/,
    saying: /a contact that was updated twice/,
    mutation: {
      client: (client) => ({
        ...client,
        updateMany: (items: readonly object[], options: object) =>
          Reflect.get(client, 'updateMany')([...items].reverse(), options),
      }),
    },
  },
  adapter('an atomic batch is not undone', /createMany is all or nothing/, /was not to make/, (honest) => ({
    createMany: async (inputs, { atomic }, context) => {
      const results = await honest.createMany(inputs, { atomic: false }, context)
      const failed = results.find((result) => 'error' in result)
      if (atomic && failed) throw failed.error
      return results
    },
  })),
  adapter('a bad item sinks the rest', /createMany goes on/, /the indexes of what failed/, (honest) => ({
    createMany: (inputs, _options, context) => honest.createMany(inputs, { atomic: true }, context),
  })),
  adapter('results come in another order', /createMany does every item/, /what failed/, (honest) => ({
    createMany: async (inputs, options, context) =>
      [...(await honest.createMany(inputs, options, context))].reverse(),
  })),
  adapter(
    'an upsert that comes again makes another contact',
    /upsertMany of the same key twice/,
    /the outcomes/,
    (honest, store) => ({
      upsert: async (input, by, context) => {
        for (const record of store.records) delete record.key
        return honest.upsert(input, by, context)
      },
    }),
  ),
  adapter('a batch forgets its last items', /createMany does more items/, /what failed/, (honest) => ({
    createMany: async (inputs, options, context) =>
      (await honest.createMany(inputs, options, context)).slice(0, 3),
  })),
  adapter(
    'a batch says that it wrote and did not',
    /createMany does every item/,
    /is gone|read after/,
    (honest, store) => ({
      createMany: async (inputs, options, context) => {
        const results = await honest.createMany(inputs, options, context)
        store.records = []
        return results
      },
    }),
  ),
]
