import type { Claim } from '../promise.ts'

/** Promises of errors. */
export const errorClaims: readonly Claim[] = [
  {
    title: 'Errors to branch on',
    promises: [
      {
        says: 'No message, JSON, hook or cause holds a credential, a header, a query or anything that the call sent.',
        keptBy: ['core/http/redact.ts', 'core/call/scope.ts'],
        provenBy: ['core/http/client-secrets.test.ts', 'core/http/redact.test.ts'],
        without: { file: 'core/call/scope.ts', line: 'return this.#log.texts()', becomes: 'return []' },
      },
      {
        says: 'A wait longer than `maxDelayMs`, or than the deadline leaves, is not waited: `rate_limited` with `retryAfterMs`, at once.',
        keptBy: ['core/http/client.ts', 'core/http/headers.ts'],
        provenBy: ['core/http/client-retry.test.ts', 'core/http/refusals-waits.test.ts'],
        without: {
          line: 'if (isTooLong || !mayRepeat(error, prepared, number)) throw failed',
          becomes: 'if (!mayRepeat(error, prepared, number)) throw failed',
        },
      },
    ],
  },
]
