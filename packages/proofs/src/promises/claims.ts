import type { Claim } from './promise.ts'

/** What README says that AnyContact does, claim by claim. */
export const CLAIMS: readonly Claim[] = [
  {
    title: 'Writes are not doubled',
    promises: [
      {
        says: 'A create whose answer was lost is not sent again, unless the provider refuses a second one with its key.',
        keptBy: ['core/adapter-kit/create-once.ts'],
        provenBy: ['cognipeer/writes/lost-create.test.ts', 'core/adapter-kit/create-once.test.ts'],
        without: { line: 'import type { Effect }' },
      },
    ],
  },
]
