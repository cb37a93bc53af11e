import type { Claim } from '../promise.ts'

/** Promises of listings. */
export const listingClaims: readonly Claim[] = [
  {
    title: 'The same answer everywhere',
    promises: [
      {
        says: 'Every condition of `where` is decided here as the contacts pass, whatever the provider filters.',
        keptBy: ['core/client/listing.ts', 'core/where/evaluate.ts'],
        provenBy: [
          'core/client/filter-plan.test.ts',
          'cognipeer/where.property.test.ts',
          'chatbotkit/conformance.test.ts',
        ],
        without: { line: 'asked.length > 0 ? compileConditions(asked) : undefined,', becomes: 'undefined,' },
      },
    ],
  },
  {
    title: 'Listings that end where they should',
    promises: [
      {
        says: 'A cut stream resumes after the last contact seen.',
        keptBy: ['chatbotkit/api/contacts/walk.ts'],
        provenBy: ['chatbotkit/streaming.test.ts'],
        without: { line: 'XX' },
      },
      {
        says: 'A cursor that repeats, or pages that bring nothing new, are `bad_response`.',
        keptBy: ['core/paging/moved-items.ts', 'core/paging/pages.ts'],
        provenBy: ['core/paging/cursor-guard.test.ts', 'core/paging/repeats.test.ts'],
        without: { line: 'XX' },
      },
      {
        says: 'A record that cannot be mapped harms itself alone, under `onInvalid`.',
        keptBy: ['core/client/runtime.ts'],
        provenBy: ['core/client/on-invalid.test.ts'],
        without: { line: "if (choice !== 'skip') throw error", becomes: 'throw error' },
      },
    ],
  },
]
