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
          'integration/promises/dotted-keys.test.ts',
        ],
        without: { line: 'asked.length > 0 ? compileConditions(asked) : undefined,', becomes: 'undefined,' },
      },
    ],
  },
  {
    title: 'Listings that end where they should',
    promises: [
      {
        says: 'A cut stream resumes after the last contact seen, and an end is not believed until one more page proves it.',
        keptBy: ['core/adapter-kit/stream-walk.ts'],
        provenBy: [
          'integration/promises/streams-that-end-early.test.ts',
          'proofs/cuts/cut-streams.test.ts',
          'proofs/cuts/cut-meanwhile.test.ts',
          'proofs/cuts/cut-gzip-on-sockets.test.ts',
        ],
        without: { line: 'if (await place.isEnd()) return', becomes: 'return' },
      },
      {
        says: 'A listing says whether it reached everyone: one that ends short of its own total warns, and its `complete` is false.',
        keptBy: ['core/paging/reading.ts', 'core/client/listing.ts'],
        provenBy: ['integration/promises/listing-ends.test.ts'],
        without: {
          line: 'this.#isFromStart && !this.#lacks && !mayCancel && this.missedTotal === undefined',
          becomes: 'this.#isFromStart',
        },
      },
      {
        says: 'A cursor that repeats, or pages that bring nothing new, are `bad_response`.',
        keptBy: ['core/paging/reading.ts', 'core/paging/pages.ts'],
        provenBy: ['core/paging/cursor-guard.test.ts', 'integration/promises/listing-repeats.test.ts'],
        without: {
          line: "if (remembered.has(cursor) || cursor === marked) throw endless('the same cursor twice')",
        },
      },
      {
        says: 'Contacts that were there throughout come exactly once while others come, go and change, but for the cases that the guide lists.',
        keptBy: ['core/paging/pages.ts', 'core/adapter-kit/numbered-listing.ts'],
        provenBy: [
          'integration/promises/listing-while-writing.test.ts',
          'integration/promises/listing-borders.test.ts',
          'proofs/churn/churn.test.ts',
        ],
        without: {
          file: 'core/client/listing.ts',
          line: 'prefersPages: () => plan().adapterQuery.where.length > 0,',
          becomes: '',
        },
      },
      {
        says: 'A record that cannot be mapped harms itself alone, under `onInvalid`.',
        keptBy: ['core/client/runtime.ts', 'core/http/body.ts'],
        provenBy: ['core/client/on-invalid.test.ts', 'integration/promises/bad-records.test.ts'],
        without: { line: "if (choice !== 'skip') throw error", becomes: 'throw error' },
      },
    ],
  },
]
