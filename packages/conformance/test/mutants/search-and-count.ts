import { page } from '../tiny-adapter.ts'

import { adapter, type Mutant } from './mutant.ts'

/** Searching and counting. */
export const searchAndCountMutants: readonly Mutant[] = [
  adapter('search gives everything', /search finds/, /has not the word/, (_honest, store) => ({
    search: async (_text, query) => page(store, { ...query, where: [] }, () => true),
  })),
  adapter('search ends after its first page', /search reaches/, /four contacts share/, (honest) => ({
    search: async (text, query, context) => ({ items: (await honest.search(text, query, context)).items }),
  })),
  adapter('count is off by one', /count is/, /count/, (honest) => ({
    count: async (where, context) => (await honest.count(where, context)) + 1,
  })),
  adapter('count does not filter', /count is/, /count where/, (honest) => ({
    count: (_where, context) => honest.count([], context),
  })),
]
